package io.trunkline.gateway.daemon;

import io.netty.channel.ChannelFuture;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.trunkline.gateway.calls.TenantCalls;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.ServerTls;
import io.trunkline.gateway.engine.MessageDesk;
import io.trunkline.gateway.events.EventStreams;
import io.trunkline.gateway.events.ReplayDesk;
import io.trunkline.gateway.shard.Shard;
import io.trunkline.gateway.upstream.Doorkeeper;
import io.trunkline.gateway.upstream.ListenerTls;
import io.trunkline.gateway.upstream.Lockout;
import io.trunkline.gateway.upstream.LockoutPolicy;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.gateway.upstream.binary.BinaryServer;
import io.trunkline.gateway.upstream.binary.BinaryServerContext;
import io.trunkline.gateway.upstream.binary.BinarySettings;
import io.trunkline.gateway.upstream.smpp.SmppServer;
import io.trunkline.gateway.upstream.smpp.SmppServerContext;
import io.trunkline.gateway.upstream.smpp.SmppSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.agrona.concurrent.SystemEpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where tenants connect: the binary protocol and SMPP, on the shard's event loop. */
final class UpstreamServers {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamServers.class);

    private final Shard shard;
    private final MessageDesk desk;
    private final TenantCalls calls;
    private final EventStreams events;
    private final ReplayDesk replays;
    private final UpstreamCounters counters;
    private final ToIntFunction<String> tenantNumber;
    private final Consumer<String> onFailure;
    private BinaryServer binary;
    private SmppServer smpp;

    UpstreamServers(
            final Shard shard,
            final MessageDesk desk,
            final TenantCalls calls,
            final EventStreams events,
            final ReplayDesk replays,
            final UpstreamCounters counters,
            final ToIntFunction<String> tenantNumber,
            final Consumer<String> onFailure) {
        this.shard = shard;
        this.desk = desk;
        this.calls = calls;
        this.events = events;
        this.replays = replays;
        this.counters = counters;
        this.tenantNumber = tenantNumber;
        this.onFailure = onFailure;
    }

    void listen(final GatewayConfig config) {
        final TenantAccounts accounts = TenantAccounts.of(config, tenantNumber);
        final Gateway gateway = config.gateway();
        final Lockout lockout = new Lockout(LockoutPolicy.of(gateway.limits().lockout()));
        final Doorkeeper binaryDoor = new Doorkeeper(accounts.binary(), lockout, counters);
        binary = new BinaryServer(new BinaryServerContext(
                shard.loop(),
                EpollServerSocketChannel.class,
                BinarySettings.of(gateway),
                binaryDoor,
                desk,
                calls,
                events,
                replays,
                shard.gate()::open,
                counters,
                shard,
                SystemEpochClock.INSTANCE));
        final Doorkeeper smppDoor = new Doorkeeper(Map.of(), lockout, counters);
        smpp = new SmppServer(
                new SmppServerContext(
                        shard.loop(),
                        EpollServerSocketChannel::new,
                        EpollSocketChannel::new,
                        SmppSettings.of(gateway),
                        smppDoor,
                        desk,
                        events,
                        shard.gate(),
                        counters,
                        shard,
                        SystemEpochClock.INSTANCE),
                accounts.smpp());
        for (final Gateway.BinaryListener listener : gateway.upstream().binary()) {
            report(
                    "binary protocol",
                    listener.address().toString(),
                    binary.listen(listener.address().socketAddress(), tls(listener.tls())));
        }
        for (final Gateway.SmppListener listener : gateway.upstream().smpp()) {
            report(
                    "SMPP",
                    listener.address().toString(),
                    smpp.listen(listener.address().socketAddress(), listener.systemId(), tls(listener.tls())));
        }
    }

    /** A gateway that its tenants cannot reach is of no use: it ends, and says which address could not be had. */
    private void report(final String protocol, final String address, final ChannelFuture listening) {
        listening.addListener(done -> {
            if (done.isSuccess()) {
                LOG.info("{} listens on {}", protocol, address);
            } else {
                onFailure.accept("cannot listen on " + address + " for " + protocol + ": "
                        + done.cause().getMessage());
            }
        });
    }

    /** Takes over the tenants of a new config. */
    void accounts(final TenantAccounts accounts) {
        binary.accounts(accounts.binary());
        smpp.accounts(accounts.smpp());
    }

    private static SslContext tls(final Optional<ServerTls> tls) {
        try {
            return tls.isEmpty() ? null : ListenerTls.context(tls.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int sessionsOf(final String tenant) {
        return binary.sessionsOf(tenant);
    }

    /** Takes no new connections and no new submits; answers what was read. */
    void drain() {
        binary.drain();
        smpp.drain();
    }

    void close() {
        binary.close();
        smpp.close();
    }
}
