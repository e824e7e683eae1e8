package io.trunkline.gateway.calls;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.trunkline.gateway.carrier.CarrierTls;
import io.trunkline.gateway.config.ClientTls;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Sip;
import io.trunkline.gateway.config.SipAccess;
import io.trunkline.gateway.upstream.ListenerTls;
import io.trunkline.sip.mirror.Hep3;
import io.trunkline.sip.mirror.HepMirror;
import io.trunkline.sip.transport.Listener;
import io.trunkline.sip.transport.MessageSink;
import io.trunkline.sip.transport.PeerSocket;
import io.trunkline.sip.transport.SipTls;
import io.trunkline.sip.transport.SipTransport;
import io.trunkline.sip.transport.SocketTypes;
import io.trunkline.sip.transport.TransportContext;
import io.trunkline.sip.transport.TransportLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SIP listeners of a configuration, and TLS towards the peers that want it. */
final class CallSockets {
    private static final Logger LOG = LoggerFactory.getLogger(CallSockets.class);
    /** Octets of copies that wait to leave. */
    private static final int MIRROR_OCTETS = 4 << 20;

    private static final ClientTls USUAL =
            new ClientTls(Optional.empty(), Optional.empty(), Optional.empty(), true, Optional.empty());

    private final SipTransport transport;
    private final Consumer<String> onFailure;
    private final EventLoop loop;
    private final EpochNanoClock wallNs;
    private PeerSocket collector;
    private HepMirror mirror;
    /** By host, in lower case. */
    private Map<String, ClientTls> peers = Map.of();

    CallSockets(
            final EventLoop loop,
            final SocketTypes sockets,
            final Sip.Bounds limits,
            final EpochClock clock,
            final EpochNanoClock wallNs,
            final MessageSink sink,
            final Consumer<String> onFailure) {
        this.onFailure = onFailure;
        this.loop = loop;
        this.wallNs = wallNs;
        final TransportLimits usual = TransportLimits.DEFAULT;
        transport = new SipTransport(new TransportContext(
                loop,
                sockets,
                new TransportLimits(
                        usual.message(),
                        usual.maxDatagram(),
                        limits.output().intBytes(),
                        limits.connections(),
                        limits.connectionsPerAddress(),
                        usual.idleMs(),
                        usual.partialMs(),
                        usual.connectMs(),
                        usual.keepAliveMs(),
                        usual.pongMs()),
                clock,
                new SipTls(this::context, host -> of(host).verifyHost()),
                sink));
    }

    SipTransport transport() {
        return transport;
    }

    private ClientTls of(final String host) {
        return peers.getOrDefault(host, USUAL);
    }

    /** Anew for every connection, so that renewed certificates are taken up. */
    private SslContext context(final String host) {
        return CarrierTls.context(of(host));
    }

    /** Takes over how peers want to be spoken to over TLS. */
    void configure(final GatewayConfig config) {
        final Map<String, ClientTls> next = new HashMap<>();
        config.carriers()
                .forEach(carrier -> carrier.trunks()
                        .forEach(trunk -> trunk.tls()
                                .ifPresent(tls -> next.put(trunk.host().toLowerCase(Locale.ROOT), tls))));
        config.tenants()
                .forEach(tenant -> tenant.sip()
                        .flatMap(SipAccess::to)
                        .ifPresent(to ->
                                to.tls().ifPresent(tls -> next.put(to.host().toLowerCase(Locale.ROOT), tls))));
        peers = next;
    }

    /** Copies go to the collector, if there is one; what there is no room for is dropped. */
    private void mirror(final Sip.Mirror to) {
        collector = new PeerSocket(
                loop,
                SocketTypes.epoll(),
                to.collector().socketAddress(),
                MIRROR_OCTETS,
                (datagram, offset, length) -> LOG.debug("the collector of traces says something"));
        final String key = to.key()
                .map(secret -> new String(secret.reveal(), StandardCharsets.UTF_8))
                .orElse("");
        mirror = new HepMirror(new Hep3(to.agent(), key), wallNs, collector::send);
    }

    /** Lets go what was copied in this duty cycle. */
    void flushMirror() {
        if (collector != null) {
            collector.flush();
        }
    }

    /** Copies that went to the collector. */
    long mirrored() {
        return mirror == null ? 0 : mirror.sent();
    }

    /** Copies that did not. */
    long notMirrored() {
        return mirror == null ? 0 : mirror.dropped();
    }

    /** Opens all listeners. A gateway that its peers cannot reach is of no use: it ends, and says which address could not be had. */
    void listen(final Sip sip, final CapturedCalls captured) {
        sip.mirror().ifPresent(this::mirror);
        if (mirror != null || captured != null) {
            transport.tap(captured == null ? mirror : mirror == null ? captured.ring() : mirror.and(captured.ring()));
        }
        for (final Sip.Listener listener : sip.listeners()) {
            final String name = "SIP over " + listener.transport() + " on " + listener.address();
            final ChannelFuture listening = transport.listen(new Listener(
                    PeerSettings.protocol(listener.transport()),
                    listener.address().socketAddress(),
                    listener.advertise().orElse(null),
                    tls(listener)));
            listening.addListener(done -> {
                if (done.isSuccess()) {
                    LOG.info("{}: listening at {}", name, listening.channel().localAddress());
                } else {
                    onFailure.accept(
                            "cannot listen: " + name + ": " + done.cause().getMessage());
                }
            });
        }
    }

    private static SipTls tls(final Sip.Listener listener) {
        if (listener.tls().isEmpty()) {
            return null;
        }
        try {
            return SipTls.of(ListenerTls.context(listener.tls().get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
