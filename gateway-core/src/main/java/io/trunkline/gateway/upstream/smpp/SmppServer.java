package io.trunkline.gateway.upstream.smpp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.ScheduledFuture;
import io.trunkline.smpp.session.McContext;
import io.trunkline.smpp.session.McServer;
import io.trunkline.smpp.session.McSettings;
import io.trunkline.smpp.session.PduOutput;
import io.trunkline.smpp.session.SmppTls;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The SMPP listeners of the gateway. To be used on the event loop only. */
public final class SmppServer {
    private static final int TICK_MS = 50;

    private final SmppServerContext context;
    private final SmppUpstream upstream;
    private final List<McServer> servers = new ArrayList<>();
    private final ScheduledFuture<?> ticker;

    /** A server that does not listen yet; accounts by system_id. */
    public SmppServer(final SmppServerContext context, final Map<String, SmppAccount> accounts) {
        this.context = context;
        this.upstream = new SmppUpstream(context, accounts);
        this.ticker =
                context.eventLoop().scheduleWithFixedDelay(upstream::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * Opens a listener.
     *
     * @param systemId ours, in bind responses
     * @param tls null: without TLS
     * @return done when the listener stands; fails where the address cannot be had
     */
    public ChannelFuture listen(final SocketAddress local, final String systemId, final SslContext tls) {
        final McSettings settings = context.settings().sessionsOf(systemId);
        final McServer server = new McServer(
                tls == null
                        ? settings
                        : settings.withTls(new SmppTls(
                                () -> tls,
                                null,
                                false,
                                TimeUnit.NANOSECONDS.toMillis(settings.timing().preBindNs()))),
                new McContext(
                        context.eventLoop(),
                        context.listeners(),
                        context.channels(),
                        context.nanoClock(),
                        this::output,
                        TICK_MS),
                upstream);
        servers.add(server);
        return server.listen(local);
    }

    private PduOutput output(final Channel channel) {
        final CountedOutput output = new CountedOutput(context.outputs().open(channel));
        channel.attr(SmppUpstream.OUTPUT).set(output);
        return output;
    }

    /** Takes over the accounts of a new config. */
    public void accounts(final Map<String, SmppAccount> renewed) {
        upstream.accountsChanged(renewed);
    }

    /** First step of a clean stop: listeners close, submits are answered ESME_RMSGQFUL; receipts flow on. */
    public void drain() {
        upstream.drain();
        servers.forEach(McServer::stopListening);
    }

    /** Last step: all sessions are unbound and closed. */
    public void close() {
        drain();
        servers.forEach(McServer::close);
        ticker.cancel(false);
    }

    /** Sessions that are bound. */
    public int bound() {
        return upstream.bound();
    }

    /** Connections, bound or not. */
    public int sessions() {
        return servers.stream().mapToInt(McServer::sessions).sum();
    }
}
