package io.trunkline.perf.chaos;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP proxy on the loopback that misbehaves as its plan says. One loop; methods may be called from any thread. */
public final class ChaosProxy implements AutoCloseable {
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("chaos", true), NioIoHandler.newFactory());
    private final SplittableRandom random;
    private final int targetPort;
    private final Channel listener;
    private final List<Channel> connections = new ArrayList<>();
    private final AtomicLong drops = new AtomicLong();
    private volatile ChaosPlan plan;
    private volatile boolean blackHole;

    /** @param targetPort on the loopback, where connections are passed on to */
    public ChaosProxy(final int targetPort, final ChaosPlan plan) {
        this.targetPort = targetPort;
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed());
        listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // Nothing is read before the other side is there.
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(final Channel near) {
                        passOn(near);
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    private void passOn(final Channel near) {
        final ChaosPipe fromNear = new ChaosPipe(this);
        final ChaosPipe fromFar = new ChaosPipe(this);
        near.pipeline().addLast(fromNear);
        connections.add(near);
        final ChannelFuture connecting = new Bootstrap()
                .group(near.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(fromFar)
                .connect("127.0.0.1", targetPort);
        final ChannelFuture unused = connecting.addListener(done -> {
            if (done.isSuccess()) {
                fromNear.to(connecting.channel());
                fromFar.to(near);
                near.config().setAutoRead(true);
            } else {
                ChaosPipe.close(near);
            }
        });
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Misbehaves so from now on. */
    public void behave(final ChaosPlan other) {
        plan = other;
    }

    /** Swallows all bytes in both directions, connections staying up: what a dead route looks like. */
    public void blackHole(final boolean on) {
        blackHole = on;
    }

    /** Connections broken by the plan. */
    public long drops() {
        return drops.get();
    }

    /** Breaks all connections. */
    public void dropAll() {
        group.next()
                .submit(() -> {
                    connections.forEach(ChaosPipe::close);
                    connections.clear();
                })
                .syncUninterruptibly();
    }

    ChaosPlan plan() {
        return plan;
    }

    boolean isBlackHole() {
        return blackHole;
    }

    SplittableRandom random() {
        return random;
    }

    void dropped() {
        drops.incrementAndGet();
    }

    void gone(final Channel channel) {
        connections.remove(channel);
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        final Future<?> ended = group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        ended.syncUninterruptibly();
    }
}
