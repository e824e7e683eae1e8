package io.trunkline.smpp.session;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.OutbindDecoder;
import io.trunkline.smpp.codec.PduHeader;
import io.trunkline.smpp.codec.WireBytes;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Listens for MCs that connect and ask us to bind (outbind, SMPP 3.4 §2.2.1) and gives their connections to the binds that
 * wait for them: {@link EsmeSettings#awaitsOutbind()}. On the event loop of those binds.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How a close ended, the channel's own events tell.
public final class OutbindListener {
    private static final int MAX_OUTBIND_LENGTH = 256;
    private static final long PATIENCE_MS = 5_000;

    private final EsmeContext context;
    private final ChannelFactory<? extends ServerChannel> listeners;
    private final SmppTls tls;
    private final Chooser chooser;
    private final int maxWaiting;
    private int waiting;

    /** Finds the bind that an outbind is for. */
    @FunctionalInterface
    public interface Chooser {
        /** The bind, or null where the id is unknown or the password is wrong: the connection is then closed. */
        EsmeBind bindFor(SocketAddress mc, String systemId, String password);
    }

    /**
     * Does not listen yet.
     *
     * @param tls null: plain TCP
     * @param maxWaiting most connections that have not sent their outbind yet; more are closed
     */
    public OutbindListener(
            final EsmeContext context,
            final ChannelFactory<? extends ServerChannel> listeners,
            final SmppTls tls,
            final int maxWaiting,
            final Chooser chooser) {
        this.context = context;
        this.listeners = listeners;
        this.tls = tls;
        this.maxWaiting = maxWaiting;
        this.chooser = chooser;
    }

    /** Listens; the future's channel is closed to stop. */
    public ChannelFuture listen(final SocketAddress address) {
        return new ServerBootstrap()
                .group(context.eventLoop())
                .channelFactory(listeners)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        accept(channel);
                    }
                })
                .bind(address);
    }

    private void accept(final Channel channel) {
        if (waiting >= maxWaiting) {
            channel.close();
            return;
        }
        waiting++;
        if (tls != null) {
            channel.pipeline().addLast(tls.fromClient(channel));
        }
        channel.pipeline().addLast(new AwaitOutbind());
    }

    /** Waits for the one PDU, then leaves the pipeline to the bind. */
    private final class AwaitOutbind extends ByteToMessageDecoder {
        private final OutbindDecoder outbind = new OutbindDecoder();
        private boolean counted = true;

        @Override
        public void handlerAdded(final ChannelHandlerContext ctx) {
            ctx.executor()
                    .schedule(
                            () -> {
                                if (counted) {
                                    ctx.close();
                                }
                            },
                            PATIENCE_MS,
                            TimeUnit.MILLISECONDS);
        }

        @Override
        protected void decode(final ChannelHandlerContext ctx, final ByteBuf in, final List<Object> out) {
            if (in.readableBytes() < Integer.BYTES) {
                return;
            }
            final int offset = in.readerIndex();
            final int length = in.getInt(offset);
            if (length < PduHeader.LENGTH || length > MAX_OUTBIND_LENGTH) {
                refuse(ctx, in);
                return;
            }
            if (in.readableBytes() < length) {
                return;
            }
            if (PduHeader.commandId(in, offset) != CommandId.OUTBIND
                    || outbind.wrap(in, offset, length) != CommandStatus.ESME_ROK) {
                refuse(ctx, in);
                return;
            }
            final EsmeBind bind = chooser.bindFor(
                    ctx.channel().remoteAddress(),
                    WireBytes.latin1(in, outbind.systemIdOffset(), outbind.systemIdLength()),
                    WireBytes.latin1(in, outbind.passwordOffset(), outbind.passwordLength()));
            in.skipBytes(length);
            if (bind == null || !bind.onOutbind(ctx.channel())) {
                refuse(ctx, in);
                return;
            }
            leave();
            ctx.pipeline().remove(this);
        }

        private void refuse(final ChannelHandlerContext ctx, final ByteBuf in) {
            in.skipBytes(in.readableBytes());
            ctx.close();
        }

        @Override
        public void channelInactive(final ChannelHandlerContext ctx) throws Exception {
            leave();
            super.channelInactive(ctx);
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
            ctx.close();
        }

        private void leave() {
            if (counted) {
                counted = false;
                waiting--;
            }
        }
    }
}
