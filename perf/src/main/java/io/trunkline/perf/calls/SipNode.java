package io.trunkline.perf.calls;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.trunkline.perf.LoopThread;
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
public final class SipNode implements EpochClock, LoopThread.Work, AutoCloseable {
    private static final TransactionLimits LIMITS = new TransactionLimits(300_000, 300_000, 512L << 20, 5, 64 * 1024);
    private static final long SECOND_MS = 1_000;
    private static final int ATTEMPTS = 50;
    /** So that times are never 0, which means "not yet" to those who keep them. */
    private static final long FIRST_MS = 1_000;

    private final InetSocketAddress wanted;
    private final CallAgent agent;
    private final LoopThread thread;
    private final CountDownLatch listening = new CountDownLatch(1);
    private final long startedNs = System.nanoTime();
    private ManualIoEventLoop loop;
    private SipTransport transport;
    private TransactionLayer layer;
    private long nowMs = FIRST_MS;
    private long lookMs = FIRST_MS;
    private volatile InetSocketAddress address;
    private volatile Throwable failure;

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
        thread = new LoopThread(threadName, this);
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
        thread.execute(work);
    }

    /** Milliseconds of its own; they do not change within a turn. */
    @Override
    public long time() {
        return nowMs;
    }

    @Override
    public void open(final ManualIoEventLoop itsLoop) {
        loop = itsLoop;
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
            thread.stop();
        }
        listening.countDown();
    }

    @Override
    public long turn() {
        nowMs = FIRST_MS + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
        final long waitNs = agent.turn();
        layer.poll(Integer.MAX_VALUE);
        if (nowMs - lookMs >= SECOND_MS) {
            lookMs = nowMs;
            transport.poll(nowMs);
        }
        transport.flush();
        return waitNs;
    }

    @Override
    public void ended() {
        transport.close();
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
            loop.run(LoopThread.TASK_BUDGET_NS);
        }
        if (!bound.isSuccess()) {
            throw new IllegalStateException(bound.cause());
        }
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
        thread.close();
    }
}
