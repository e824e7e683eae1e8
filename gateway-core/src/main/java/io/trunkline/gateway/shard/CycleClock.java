package io.trunkline.gateway.shard;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * First in every pipeline: the shard may have slept in the selector, and what is read now must not be dated by the time
 * at which it fell asleep. One clock read per read from a socket.
 */
@ChannelHandler.Sharable
final class CycleClock extends ChannelInboundHandlerAdapter {
    private final Runnable onRead;

    CycleClock(final Runnable onRead) {
        this.onRead = onRead;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        onRead.run();
        context.fireChannelRead(message);
    }
}
