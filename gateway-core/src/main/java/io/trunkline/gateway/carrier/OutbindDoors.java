package io.trunkline.gateway.carrier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ServerChannel;
import io.netty.handler.ssl.SslContext;
import io.trunkline.gateway.config.Bind;
import io.trunkline.gateway.config.Endpoint;
import io.trunkline.gateway.config.ServerTls;
import io.trunkline.gateway.upstream.ListenerTls;
import io.trunkline.smpp.session.EsmeBind;
import io.trunkline.smpp.session.EsmeContext;
import io.trunkline.smpp.session.OutbindListener;
import io.trunkline.smpp.session.SmppTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where carriers call and ask us to bind: a listener for each address that binds with {@code outbind} wait on. Whoever is
 * not on a bind's list, or says the wrong system_id or password, is closed without a word. On the binds' event loop.
 */
final class OutbindDoors {
    private static final Logger LOG = LoggerFactory.getLogger(OutbindDoors.class);
    /** Callers on one address that have not said who they are. */
    private static final int MAX_WAITING = 16;

    private static final long TLS_HANDSHAKE_MS = 5_000;

    private final EsmeContext context;
    private final ChannelFactory<? extends ServerChannel> listeners;
    private final Map<Endpoint, Door> doors = new HashMap<>();

    OutbindDoors(final EsmeContext context, final ChannelFactory<? extends ServerChannel> listeners) {
        this.context = context;
        this.listeners = listeners;
    }

    /** The bind waits to be called from now on. */
    void add(final SmppCarrierLink link, final Bind.Outbind config) {
        final Door door = doors.computeIfAbsent(config.address(), address -> new Door());
        door.waiting.add(link);
        if (door.listening == null) {
            door.listen(config);
        }
    }

    /** The bind is not to be called any more; with the last one of an address its listener goes. */
    void remove(final SmppCarrierLink link, final Bind.Outbind config) {
        final Door door = doors.get(config.address());
        if (door != null && door.waiting.remove(link) && door.waiting.isEmpty()) {
            doors.remove(config.address());
            door.close();
        }
    }

    void close() {
        doors.values().forEach(Door::close);
        doors.clear();
    }

    /** One address and the binds that wait behind it. */
    private final class Door {
        private final List<SmppCarrierLink> waiting = new ArrayList<>();
        private Channel listening;

        void listen(final Bind.Outbind config) {
            final OutbindListener listener = new OutbindListener(
                    context, listeners, config.tls().map(OutbindDoors::tls).orElse(null), MAX_WAITING, this::bindFor);
            final ChannelFuture future = listener.listen(config.address().socketAddress());
            listening = future.channel();
            future.addListener(done -> {
                if (done.isSuccess()) {
                    LOG.info("waits for outbind on {}", config.address());
                } else {
                    final String error = "cannot listen for outbind on " + config.address() + ": "
                            + done.cause().getMessage();
                    LOG.error(error);
                    waiting.forEach(link -> link.failed(error));
                }
            });
        }

        private EsmeBind bindFor(final SocketAddress caller, final String systemId, final String password) {
            final InetAddress address =
                    caller instanceof InetSocketAddress inet ? inet.getAddress() : InetAddress.getLoopbackAddress();
            final byte[] given = password.getBytes(StandardCharsets.ISO_8859_1);
            for (final SmppCarrierLink link : waiting) {
                final Bind.Outbind wanted = link.config().outbind().orElseThrow();
                if (wanted.allow().stream().anyMatch(block -> block.contains(address))
                        && wanted.systemId().equals(systemId)
                        && wanted.password().matches(given)) {
                    return link.bind();
                }
            }
            LOG.warn("an outbind from {} fits no bind", address.getHostAddress());
            return null;
        }

        void close() {
            if (listening != null) {
                final ChannelFuture unused = listening.close();
            }
        }
    }

    private static SmppTls tls(final ServerTls config) {
        return new SmppTls(() -> context(config), null, false, TLS_HANDSHAKE_MS);
    }

    /** Built anew for every connection, so that renewed certificates are taken up. */
    private static SslContext context(final ServerTls config) {
        try {
            return ListenerTls.context(config);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
