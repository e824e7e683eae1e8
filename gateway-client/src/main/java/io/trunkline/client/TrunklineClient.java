package io.trunkline.client;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.trunkline.upstream.codec.CancelOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a Trunkline gateway that outlives both sides' failures. It authenticates, submits within the credit
 * that the gateway gives, sends every unanswered submit again after a reconnect under the same reference (which the
 * gateway takes once), and goes on with the events after the last one that is safe.
 *
 * <p>Two ways to submit: {@link #submit} from any thread, with a future; {@link #trySubmit} from the event loop, without
 * allocation, with the answer to the listener. Neither hides back-pressure: the first fails or waits for a stated time,
 * the second returns false.
 */
public final class TrunklineClient implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_MS = 5_000;

    private final ClientConfig config;
    private final EventLoopGroup ownGroup;
    private final EventLoop eventLoop;
    private final ClientSession session;
    private final CompletableFuture<Welcome> connected = new CompletableFuture<>();

    private TrunklineClient(final ClientConfig config, final ClientListener listener) {
        this.config = config;
        if (config.eventLoop == null) {
            ownGroup =
                    new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("trunkline-client", true), ioHandler());
            eventLoop = ownGroup.next();
        } else {
            ownGroup = null;
            eventLoop = config.eventLoop;
        }
        session = new ClientSession(config, listener, eventLoop, connected);
    }

    private static IoHandlerFactory ioHandler() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    /** Starts to connect and goes on until {@link #close}, or until the gateway refuses for good. Does not block. */
    public static TrunklineClient connect(final ClientConfig config, final ClientListener listener) {
        final TrunklineClient client = new TrunklineClient(config, listener);
        client.eventLoop.execute(client.session::start);
        return client;
    }

    /** Done when the gateway has welcomed the client for the first time; failed if it never will. */
    public CompletableFuture<Welcome> connected() {
        return connected;
    }

    public ClientState state() {
        return session.state();
    }

    /** The thread that owns this client; {@link #trySubmit} belongs there. */
    public EventLoop eventLoop() {
        return eventLoop;
    }

    /** As {@link #submit(Submit, Duration)} without waiting for credit. */
    public CompletableFuture<SubmitResult> submit(final Submit submit) {
        return submit(submit, Duration.ZERO);
    }

    /**
     * Submits from any thread. The future is completed on the event loop: with the gateway's answer, or with a {@link
     * ClientException} where there is none.
     *
     * @param maxWait how long to wait for credit, and for a connection, before giving up unsent
     */
    public CompletableFuture<SubmitResult> submit(final Submit submit, final Duration maxWait) {
        final CompletableFuture<SubmitResult> future = new CompletableFuture<>();
        if (takeWaitingPlace(future)) {
            final long deadlineNs = System.nanoTime() + maxWait.toNanos();
            eventLoop.execute(() -> session.submit(new WaitingSubmits.Entry(submit::fill, future, deadlineNs)));
        }
        return future;
    }

    /**
     * Submits without allocation. Only on the event loop. The answer goes to {@link ClientListener#onAccepted} or
     * {@link ClientListener#onRefused} under the message's reference, after any number of reconnects. The message is
     * copied and may be reused at once; what was submitted is sent at the end of the loop's turn.
     *
     * @return false: no credit, not connected, or the socket is full; nothing was taken, and {@link
     *     ClientListener#onCredit} says when to try again
     * @throws IllegalArgumentException no reference, a reference that is in flight, or a message over the frame limit
     */
    public boolean trySubmit(final SubmitBuilder message) {
        if (!eventLoop.inEventLoop()) {
            throw new IllegalStateException("trySubmit outside the client's event loop");
        }
        return session.submits().trySubmit(message, null);
    }

    /** Submits that {@link #trySubmit} would take now. Only on the event loop. */
    public int available() {
        return Math.max(0, session.submits().available());
    }

    /** Submits without an answer. Only on the event loop. */
    public int inFlight() {
        return session.submits().inFlight();
    }

    /** Cancels a unit that no carrier may have yet. Asked again after a reconnect until there is an answer. */
    public CompletableFuture<CancelOutcome> cancel(final long unitId) {
        final CompletableFuture<CancelOutcome> future = new CompletableFuture<>();
        if (takeWaitingPlace(future)) {
            eventLoop.execute(() -> session.cancel(false, unitId, future));
        }
        return future;
    }

    /** As {@link #placeCall(PlaceCall, Duration)} without waiting for credit. */
    public CompletableFuture<CallResult> placeCall(final PlaceCall call) {
        return placeCall(call, Duration.ZERO);
    }

    /**
     * Places a call, from any thread; within the credit, and again after a reconnect, as {@link #submit}. What becomes of it is
     * told to {@link ClientListener#onCall}, perhaps before the future is done.
     *
     * @param maxWait how long to wait for credit, and for a connection, before giving up unsent
     */
    public CompletableFuture<CallResult> placeCall(final PlaceCall call, final Duration maxWait) {
        final CallFuture future = new CallFuture();
        if (takeWaitingPlace(future)) {
            final long deadlineNs = System.nanoTime() + maxWait.toNanos();
            eventLoop.execute(() -> session.submit(new WaitingSubmits.Entry(scratch -> call, future, deadlineNs)));
        }
        return future;
    }

    /**
     * Ends a call, whatever its state. Asked again after a reconnect until there is an answer.
     *
     * @return {@code CANCELLED} where it ends, which an event tells too; {@code NOT_FOUND} where no such call is open
     */
    public CompletableFuture<CancelOutcome> endCall(final long unitId) {
        final CompletableFuture<CancelOutcome> future = new CompletableFuture<>();
        if (takeWaitingPlace(future)) {
            eventLoop.execute(() -> session.cancel(true, unitId, future));
        }
        return future;
    }

    /**
     * Has events once more that happened before, beside those of the subscription; one replay at a time. It survives lost
     * connections. A listener that takes long holds up the client and, by its socket, the gateway's reading.
     *
     * @return done when all have come, when the gateway does not go on, or after {@link #stopReplay}
     */
    public CompletableFuture<ReplayResult> replay(final ReplayRequest request, final ReplayListener listener) {
        final CompletableFuture<ReplayResult> future = new CompletableFuture<>();
        eventLoop.execute(() -> session.replay(request, listener, future));
        return future;
    }

    /** Ends the replay under way, whose future is then done; events that are on their way still come. */
    public void stopReplay() {
        eventLoop.execute(session::stopReplay);
    }

    private boolean takeWaitingPlace(final CompletableFuture<?> future) {
        if (session.waitingCount.incrementAndGet() <= config.maxWaiting) {
            return true;
        }
        session.waitingCount.decrementAndGet();
        future.completeExceptionally(
                new ClientException(ClientException.Kind.QUEUE_FULL, config.maxWaiting + " requests wait already"));
        return false;
    }

    /**
     * Tells the gateway that the one-time password in this unit was used. The protocol has no answer to it.
     *
     * @return done with true when it was handed to a connection, with false when there was none
     */
    public CompletableFuture<Boolean> converted(final long unitId, final long convertedAtMs) {
        final CompletableFuture<Boolean> future = new CompletableFuture<>();
        eventLoop.execute(() -> future.complete(session.converted(unitId, convertedAtMs)));
        return future;
    }

    /** With explicit acknowledgement: all events up to this sequence are safe. From any thread. */
    public void acknowledge(final long sequence) {
        if (eventLoop.inEventLoop()) {
            session.acknowledge(sequence);
        } else {
            eventLoop.execute(() -> session.acknowledge(sequence));
        }
    }

    /** Events whose sequence did not follow the one before, which the protocol rules out. Only on the event loop. */
    public long eventGaps() {
        return session.eventGaps();
    }

    /** Answers that belong to no submit, which the protocol rules out. Only on the event loop. */
    public long unexpectedAnswers() {
        return session.submits().unexpectedAnswers();
    }

    /** Acknowledges what is safe, says goodbye and closes. Submits without an answer are in doubt. */
    @Override
    public void close() {
        if (eventLoop.inEventLoop()) {
            session.close();
        } else if (!eventLoop.isShuttingDown()) {
            final CompletableFuture<Void> closed = new CompletableFuture<>();
            eventLoop.execute(() -> {
                session.close();
                closed.complete(null);
            });
            if (ownGroup != null) {
                closed.completeOnTimeout(null, CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                        .join();
            }
        }
        if (ownGroup != null) {
            final Future<?> unused = ownGroup.shutdownGracefully(0, CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        }
    }
}
