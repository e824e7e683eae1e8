package io.trunkline.sip.transport;

import static org.assertj.core.api.Assertions.fail;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.trunkline.sip.message.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.EpochClock;

/** A loop that the test's thread turns itself, as a shard does, with the transports on it and a clock that the test sets forward. */
public final class Loop implements EpochClock, AutoCloseable {
    private static final long TURN_NS = 1_000_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory());
    private final List<SipTransport> transports = new ArrayList<>();
    private final List<Runnable> everyTurn = new ArrayList<>();
    private final long startedNs = System.nanoTime();
    private long skippedMs = 1_000_000;
    /** Whether turns let go what was sent. */
    public boolean flushes = true;

    @Override
    public long time() {
        return skippedMs + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
    }

    /** Sets the clock forward. */
    public void skip(final long ms) {
        skippedMs += ms;
    }

    public ManualIoEventLoop eventLoop() {
        return loop;
    }

    /** Does something in every turn. */
    public void everyTurn(final Runnable work) {
        everyTurn.add(work);
    }

    /** A transport on this loop. */
    public SipTransport transport(final TransportLimits limits, final SipTls tls, final MessageSink sink) {
        final SipTransport transport =
                new SipTransport(new TransportContext(loop, SocketTypes.epoll(), limits, this, tls, sink));
        transports.add(transport);
        return transport;
    }

    /** Listens on a free port of the loopback address and returns it. */
    public InetSocketAddress listen(final SipTransport transport, final TransportProtocol protocol) {
        return listen(transport, Listener.of(protocol, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    public InetSocketAddress listen(final SipTransport transport, final Listener listener) {
        final ChannelFuture bound = transport.listen(listener);
        turnUntil(bound::isDone);
        if (!bound.isSuccess()) {
            throw new IllegalStateException(bound.cause());
        }
        return (InetSocketAddress) bound.channel().localAddress();
    }

    public void turn() {
        loop.run(TURN_NS);
        for (final SipTransport transport : transports) {
            transport.poll(time());
            if (flushes) {
                transport.flush();
            }
        }
        everyTurn.forEach(Runnable::run);
    }

    /** Turns until something is so. */
    public void turnUntil(final BooleanSupplier condition) {
        final long until = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                fail("not so within 60 s");
            }
            turn();
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The loop says when it has ended.
    public void close() {
        transports.forEach(SipTransport::close);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            loop.run(TURN_NS);
        }
    }
}
