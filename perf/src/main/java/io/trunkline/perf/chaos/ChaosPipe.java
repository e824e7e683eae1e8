package io.trunkline.perf.chaos;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** One direction of a proxied connection: chunks leave in the order in which they came, at the time drawn for each. */
final class ChaosPipe extends ChannelInboundHandlerAdapter {
    private static final int SMALLEST_PIECE = 1;
    private static final int LARGEST_PIECE = 40;

    private final ChaosProxy proxy;
    private Channel target;
    private long freeAtNs;
    private final ArrayDeque<Chunk> waiting = new ArrayDeque<>();
    private boolean timed;
    private boolean ended;

    /** Bytes and when they may leave. */
    private record Chunk(ByteBuf bytes, long atNs) {}

    ChaosPipe(final ChaosProxy proxy) {
        this.proxy = proxy;
    }

    void to(final Channel other) {
        target = other;
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        final ByteBuf chunk = (ByteBuf) message;
        final ChaosPlan plan = proxy.plan();
        final SplittableRandom random = proxy.random();
        if (proxy.isBlackHole() || target == null) {
            chunk.release();
            return;
        }
        if (plan.dropPerMille() > 0 && random.nextInt(1000) < plan.dropPerMille()) {
            proxy.dropped();
            send(ctx, chunk.readRetainedSlice(random.nextInt(chunk.readableBytes() + 1)), 0);
            chunk.release();
            final Future<?> unused =
                    ctx.executor().schedule(() -> close(ctx.channel()), lateness(), TimeUnit.NANOSECONDS);
            return;
        }
        if (random.nextInt(100) < plan.splitPercent()) {
            while (chunk.isReadable()) {
                final int piece = Math.min(chunk.readableBytes(), random.nextInt(SMALLEST_PIECE, LARGEST_PIECE + 1));
                send(ctx, chunk.readRetainedSlice(piece), plan.delayMs());
            }
            chunk.release();
        } else {
            send(ctx, chunk, plan.delayMs());
        }
        if (random.nextInt(100) < plan.stallPercent()) {
            freeAtNs = System.nanoTime() + lateness() + TimeUnit.MILLISECONDS.toNanos(plan.stallMs());
        }
    }

    private long lateness() {
        return Math.max(0, freeAtNs - System.nanoTime());
    }

    private void send(final ChannelHandlerContext ctx, final ByteBuf bytes, final int delayMs) {
        final long now = System.nanoTime();
        final long drawn =
                delayMs == 0 ? 0 : TimeUnit.MILLISECONDS.toNanos(proxy.random().nextInt(delayMs + 1));
        freeAtNs = Math.max(freeAtNs, now + drawn);
        waiting.add(new Chunk(bytes, freeAtNs));
        pump(ctx);
    }

    /** Lets go what is due; timers of their own for each chunk could overtake one another. */
    private void pump(final ChannelHandlerContext ctx) {
        final long now = System.nanoTime();
        while (!waiting.isEmpty() && waiting.peek().atNs() <= now) {
            final ChannelFuture unused = target.writeAndFlush(waiting.poll().bytes());
        }
        if (waiting.isEmpty()) {
            if (ended) {
                close(target);
            }
        } else if (!timed) {
            timed = true;
            final Future<?> unused =
                    ctx.executor().schedule(() -> onTimer(ctx), waiting.peek().atNs() - now, TimeUnit.NANOSECONDS);
        }
    }

    private void onTimer(final ChannelHandlerContext ctx) {
        timed = false;
        pump(ctx);
    }

    static void close(final Channel channel) {
        final ChannelFuture unused = channel.close();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        proxy.gone(ctx.channel());
        if (target != null) {
            // What was read before still leaves, in its time.
            ended = true;
            pump(ctx);
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
        close(ctx.channel());
    }
}
