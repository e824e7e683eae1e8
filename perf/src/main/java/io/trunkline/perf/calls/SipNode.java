package io.trunkline.perf.calls;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transaction.TimerValues;
import io.trunkline.sip.transaction.TransactionContext;
import io.trunkline.sip.transaction.TransactionLayer;
import io.trunkline.sip.transaction.TransactionLimits;
import io.trunkline.sip.transport.Flow;
import io.trunkline.sip.transport.Listener;
import io.trunkline.sip.transport.MessageSink;
import io.trunkline.sip.transport.SipTransport;
import io.trunkline.sip.transport.SocketTypes;
import io.trunkline.sip.transport.TransportContext;
import io.trunkline.sip.transport.TransportLimits;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;

/** A thread with one SIP address over UDP and TCP, its transactions, and an agent that lives on it. */
public final class SipNode implements EpochClock, AutoCloseable {
    private static final TransactionLimits LIMITS = new TransactionLimits(300_000, 300_000, 512L << 20, 5, 64 * 1024);
    private static final long TASK_BUDGET_NS = 1_000_000;
    private static final long SECOND_MS = 1_000;
    private static final long END_WITHIN_S = 10;
    private static final int ATTEMPTS = 50;
    /** So that times are never 0, which means "not yet" to those who keep them. */
    private static final long FIRST_MS = 1_000;

    private final InetSocketAddress wanted;
    private final CallAgent agent;
    private final Thread thread;
    private final CountDownLatch listening = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final long startedNs = System.nanoTime();
    private ManualIoEventLoop loop;
    private SipTransport transport;
    private TransactionLayer layer;
    private long nowMs = FIRST_MS;
    private volatile InetSocketAddress address;
    private volatile Throwable failure;
    private volatile boolean closing;

    /**
     * A node that does not run yet.
     *
     * @param threadName of its only thread
     * @param address to listen on; port 0: any that is free
     * @param agent what it is for
     */
    public SipNode(final String threadName, final InetSocketAddress address, final CallAgent agent) {
        wanted = address;
        this.agent = agent;
        thread = new FastThreadLocalThread(this::run, threadName);
        thread.setDaemon(true);
    }

    /**
     * Starts it; once this returns it listens.
     *
     * @throws IllegalStateException where it cannot
     */
    public SipNode start() {
        thread.start();
        try {
            listening.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IllegalStateException("cannot listen on " + wanted + ": " + failure.getMessage(), failure);
        }
        return this;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    TransactionLayer layer() {
        return layer;
    }

    SipTransport transport() {
        return transport;
    }

    /** Does something on its thread. */
    public void execute(final Runnable work) {
        loop.execute(work);
    }

    /** Milliseconds of its own; they do not change within a turn. */
    @Override
    public long time() {
        return nowMs;
    }

    private void run() {
        loop = new ManualIoEventLoop(
                thread, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        final SecureRandom random = new SecureRandom();
        transport = new SipTransport(new TransportContext(
                loop,
                Epoll.isAvailable() ? SocketTypes.epoll() : SocketTypes.nio(),
                TransportLimits.DEFAULT,
                this,
                null,
                new Sink()));
        layer = new TransactionLayer(
                new TransactionContext(LIMITS, TimerValues.DEFAULT, this, random::nextLong, transport, agent));
        try {
            address = wanted.getPort() == 0 ? freeInBoth(wanted.getAddress()) : wanted;
            listen(TransportProtocol.UDP);
            listen(TransportProtocol.TCP);
            agent.begin(this);
        } catch (final IOException | RuntimeException e) {
            failure = e;
            closing = true;
        }
        listening.countDown();
        long lookMs = nowMs;
        while (!closing) {
            nowMs = FIRST_MS + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
            final long waitNs = agent.turn();
            layer.poll(Integer.MAX_VALUE);
            if (nowMs - lookMs >= SECOND_MS) {
                lookMs = nowMs;
                transport.poll(nowMs);
            }
            transport.flush();
            if (waitNs <= 0) {
                loop.runNow(TASK_BUDGET_NS);
            } else {
                loop.run(waitNs, TASK_BUDGET_NS);
            }
        }
        end();
    }

    /** A port that neither UDP nor TCP has at the moment. */
    private static InetSocketAddress freeInBoth(final InetAddress on) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ServerSocket stream = new ServerSocket(0, 1, on);
                    DatagramSocket datagrams = new DatagramSocket(stream.getLocalPort(), on)) {
                return new InetSocketAddress(on, datagrams.getLocalPort());
            } catch (final BindException e) {
                // Taken by somebody's datagrams: the next one.
            }
        }
        throw new BindException("no port of " + on + " is free in UDP and TCP");
    }

    private void listen(final TransportProtocol protocol) {
        final ChannelFuture bound = transport.listen(Listener.of(protocol, address));
        while (!bound.isDone()) {
            loop.run(TASK_BUDGET_NS);
        }
        if (!bound.isSuccess()) {
            throw new IllegalStateException(bound.cause());
        }
    }

    private void end() {
        transport.close();
        final Future<?> unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            loop.runNow();
        }
        ended.countDown();
    }

    /** Everything goes to the transactions. */
    private final class Sink implements MessageSink {
        @Override
        public void onMessage(final SipMessage message, final Flow source) {
            layer.onMessage(message, source);
        }

        @Override
        public void onFailed(final Flow flow) {
            layer.onTransportFailed(flow);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            if (thread.isAlive() && !ended.await(END_WITHIN_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException(thread.getName() + " did not end within " + END_WITHIN_S + " s");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
