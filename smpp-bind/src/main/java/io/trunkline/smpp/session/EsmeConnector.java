package io.trunkline.smpp.session;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;

/**
 * Resolves and connects, one attempt at a time. The name is looked up anew for every attempt; where that fails the address
 * that worked last is tried.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How a close or a write ended, the channel's own events tell.
class EsmeConnector {
    private final EsmeContext context;
    private final EsmeSettings settings;
    private InetSocketAddress lastGood;
    private Channel connecting;
    private int attempt;

    EsmeConnector(final EsmeContext context, final EsmeSettings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** Begins an attempt that ends in {@link EsmeBind#onConnected} or {@link EsmeBind#onConnectFailed}, or in neither after {@link #cancel}. */
    void connect(final EsmeBind bind) {
        final int mine = ++attempt;
        final InetSocketAddress wanted = InetSocketAddress.createUnresolved(settings.host(), settings.port());
        context.resolver()
                .getResolver(context.eventLoop())
                .resolve(wanted)
                .addListener((final Future<InetSocketAddress> resolved) -> {
                    if (mine != attempt) {
                        return;
                    }
                    final InetSocketAddress address = resolved.isSuccess() ? resolved.getNow() : lastGood;
                    if (address == null) {
                        bind.onConnectFailed();
                    } else {
                        connect(bind, address, mine);
                    }
                });
    }

    private void connect(final EsmeBind bind, final InetSocketAddress address, final int mine) {
        final ChannelFuture future = new Bootstrap()
                .group(context.eventLoop())
                .channelFactory(context.channels())
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                // The bind has its own deadline, by its own clock.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(address);
        connecting = future.channel();
        future.addListener(connected -> {
            if (mine != attempt) {
                future.channel().close();
                return;
            }
            connecting = null;
            if (connected.isSuccess()) {
                lastGood = address;
                bind.onConnected(future.channel());
            } else {
                bind.onConnectFailed();
            }
        });
    }

    /** Gives up the attempt under way. */
    void cancel() {
        attempt++;
        if (connecting != null) {
            connecting.close();
            connecting = null;
        }
    }
}
