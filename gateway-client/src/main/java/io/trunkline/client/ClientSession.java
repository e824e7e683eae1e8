package io.trunkline.client;

import io.netty.channel.EventLoop;
import io.trunkline.upstream.codec.CancelOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;

/**
 * The client over all its connections: when it connects and when it gives up, how far the events are safe, what was asked for besides
 * submits. Lives on the event loop; nothing here is shared but what says so.
 */
final class ClientSession {
    private static final long TICK_MS = 50;
    /** Of the schema; an older gateway passes over a request that it does not know. */
    private static final int REPLAY_VERSION = 3;

    private final ClientConfig config;
    private final ClientListener listener;
    private final EventLoop eventLoop;
    private final Connector connector;
    private final CompletableFuture<Welcome> connected;
    private final ReconnectBackoff backoff;
    private final PendingCancels cancels = new PendingCancels();
    private final EventProgress progress;
    private final FrameDispatch dispatch;
    private final Liveness liveness;
    private final ReplayUnderWay replay = new ReplayUnderWay();
    private final Runnable flushTask = this::flush;
    /** Requests of other threads that are not on their way yet; shared. */
    final AtomicInteger waitingCount = new AtomicInteger();

    private final SubmitFlow submits;

    private volatile ClientState state = ClientState.CONNECTING;
    private Connection connection;
    private Welcome welcome;
    private Refusal farewell;
    private ScheduledFuture<?> tick;
    private ScheduledFuture<?> nextAttempt;
    private boolean flushScheduled;
    private boolean inBatch;
    private int gatewayVersion;

    ClientSession(
            final ClientConfig config,
            final ClientListener listener,
            final EventLoop eventLoop,
            final CompletableFuture<Welcome> connected) {
        this.config = config;
        this.listener = listener;
        this.eventLoop = eventLoop;
        this.connected = connected;
        this.dispatch = new FrameDispatch(this, listener, replay);
        this.connector = new Connector(config, eventLoop, this);
        this.backoff = new ReconnectBackoff(config.backoffMinMs, config.backoffMaxMs, ThreadLocalRandom.current());
        this.progress = new EventProgress(config.ackEvery, config.ackWithinMs);
        this.liveness = new Liveness(config.answerTimeoutMs);
        this.submits = new SubmitFlow(config, listener, liveness, waitingCount);
    }

    ClientState state() {
        return state;
    }

    void start() {
        if (isOver()) {
            return; // Closed by its owner before the loop came to this.
        }
        tick = eventLoop.scheduleAtFixedRate(this::onTick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        connect();
    }

    private void connect() {
        if (isOver()) {
            return;
        }
        state = ClientState.CONNECTING;
        farewell = null;
        liveness.received(System.nanoTime());
        connector.connect();
    }

    boolean isOver() {
        return state == ClientState.CLOSED || state == ClientState.REFUSED;
    }

    // Called by the connector and the connection.

    void onConnectFailed(final String reason) {
        retry(reason);
    }

    void onOpen(final Connection opened) {
        if (isOver()) {
            opened.drop("closed");
            return;
        }
        connection = opened;
        liveness.received(System.nanoTime());
        opened.hello(config, progress.known() ? progress.safe() : config.resumeAfter);
    }

    void onClosed(final Connection closed, final String reason) {
        if (connection == closed || connection == null) {
            connection = null;
            retry(reason);
        }
    }

    private void retry(final String reason) {
        if (isOver()) {
            return;
        }
        final Refusal refusal = farewell;
        final long nowNs = System.nanoTime();
        if (state == ClientState.READY && liveness.stable(nowNs)) {
            backoff.succeeded();
        }
        welcome = null;
        submits.rewind();
        if (refusal != null && !refusal.retryable() && refusal.code() != 0) {
            end(ClientState.REFUSED, refusal);
            listener.onDisconnected(refusal, reason, false);
            return;
        }
        state = ClientState.BACKING_OFF;
        listener.onDisconnected(refusal, reason, true);
        if (!isOver()) {
            final long delayMs = backoff.nextMs(refusal == null ? 0 : refusal.retryAfterMs());
            nextAttempt = eventLoop.schedule(this::connect, delayMs, TimeUnit.MILLISECONDS);
        }
    }

    void onFrame(
            final Connection from,
            final int templateId,
            final DirectBuffer buffer,
            final int blockOffset,
            final int blockLength,
            final int version) {
        if (from == connection) {
            if (!inBatch) {
                inBatch = true;
                liveness.received(System.nanoTime());
            }
            dispatch.onFrame(from, welcome != null, templateId, buffer, blockOffset, blockLength, version);
        }
    }

    void onBatchEnd(final Connection from) {
        inBatch = false;
        if (from != connection || welcome == null) {
            return;
        }
        acknowledgeIfDue(liveness.receivedNs());
        submits.pump();
    }

    // Called by the dispatch of frames.

    void onWelcome(final Welcome granted) {
        final long nowNs = System.nanoTime();
        welcome = granted;
        submits.open(connection, granted);
        connection.maxLength(granted.maxFrameLength());
        progress.onWelcome(granted.resumedAfter(), granted.eventWindow());
        state = ClientState.READY;
        liveness.welcomed(granted.idleTimeoutMs(), nowNs);
        cancels.resend(connection::cancel, connection::endCall);
        askForReplay();
        connected.complete(granted);
        listener.onConnected(granted);
    }

    /** Notes why the gateway is about to close. */
    void onFarewell(final Refusal refusal) {
        farewell = refusal;
    }

    void onCancelled(final long unitId, final CancelOutcome outcome) {
        cancels.complete(unitId, outcome, waitingCount);
    }

    void onEventReceived(final long sequence) {
        progress.onReceived(sequence);
    }

    void onEventTaken(final long sequence) {
        if (config.automaticAck) {
            progress.onSafe(sequence, liveness.receivedNs());
        }
    }

    // Called by the client, on the event loop.

    void submit(final WaitingSubmits.Entry entry) {
        if (isOver()) {
            waitingCount.decrementAndGet();
            entry.future().completeExceptionally(overError());
            return;
        }
        submits.add(entry);
        if (!inBatch) {
            submits.pump();
        }
        if (entry.deadlineNs() - System.nanoTime() <= 0) {
            submits.expire(System.nanoTime());
        }
    }

    void cancel(final boolean call, final long unitId, final CompletableFuture<CancelOutcome> future) {
        if (isOver()) {
            waitingCount.decrementAndGet();
            future.completeExceptionally(overError());
            return;
        }
        if (cancels.add(call, unitId, future) && welcome != null) {
            PendingCancels.ask(call, unitId, connection::cancel, connection::endCall);
        }
    }

    void replay(final ReplayRequest request, final ReplayListener taker, final CompletableFuture<ReplayResult> future) {
        if (isOver()) {
            future.completeExceptionally(overError());
        } else if (replay.any()) {
            future.completeExceptionally(
                    new ClientException(ClientException.Kind.QUEUE_FULL, "another replay is under way"));
        } else {
            replay.begin(request, taker, future);
            askForReplay();
        }
    }

    private void askForReplay() {
        if (!replay.any() || welcome == null) {
            return;
        }
        if (gatewayVersion < REPLAY_VERSION) {
            replay.fail(new ClientException(
                    ClientException.Kind.NOT_SUPPORTED, "the gateway is older than replays of events"));
        } else {
            replay.ask(connection);
        }
    }

    void stopReplay() {
        if (replay.any()) {
            replay.stop(welcome == null ? null : connection);
        }
    }

    /** Version of the schema that the gateway writes. */
    void gatewayVersion(final int version) {
        gatewayVersion = version;
    }

    boolean converted(final long unitId, final long convertedAtMs) {
        if (welcome == null || !connection.isWritable()) {
            return false;
        }
        connection.conversion(unitId, convertedAtMs);
        return true;
    }

    void acknowledge(final long sequence) {
        final long nowNs = System.nanoTime();
        progress.onSafe(sequence, nowNs);
        if (!inBatch && welcome != null) {
            acknowledgeIfDue(nowNs);
        }
    }

    void close() {
        if (isOver()) {
            return;
        }
        if (welcome != null) {
            if (progress.unacknowledged()) {
                connection.eventAck(progress.safe());
                progress.onAcknowledged();
            }
            connection.goodbye(0, "closed by its owner");
        }
        final Connection last = connection;
        end(ClientState.CLOSED, null);
        connector.stop();
        if (last != null) {
            last.drop("closed by its owner");
        }
        listener.onDisconnected(null, "closed by its owner", false);
    }

    // Housekeeping.

    private void acknowledgeIfDue(final long nowNs) {
        if (progress.ackDue(nowNs)) {
            connection.eventAck(progress.safe());
            progress.onAcknowledged();
        }
    }

    void scheduleFlush() {
        if (!flushScheduled) {
            flushScheduled = true;
            eventLoop.execute(flushTask);
        }
    }

    private void flush() {
        flushScheduled = false;
        if (connection != null) {
            connection.flush();
        }
    }

    private void onTick() {
        final long nowNs = System.nanoTime();
        submits.expire(nowNs);
        if (connection == null) {
            return;
        }
        if (connection.takeWrote()) {
            liveness.wrote(nowNs);
        }
        if (welcome == null) {
            if (nowNs - liveness.receivedNs() > config.handshakeTimeoutMs * 1_000_000) {
                connection.drop("no answer to Hello in time");
            }
            return;
        }
        acknowledgeIfDue(nowNs);
        final String dead = liveness.dead(submits.answersDue(), nowNs);
        if (dead != null) {
            connection.drop(dead);
        } else if (liveness.pingDue(nowNs)) {
            connection.ping(nowNs);
        }
        submits.pump();
    }

    private ClientException overError() {
        return state == ClientState.REFUSED
                ? new ClientException(ClientException.Kind.REFUSED, "the gateway refused: " + farewell, farewell)
                : new ClientException(ClientException.Kind.CLOSED, "the client is closed");
    }

    private void end(final ClientState last, final Refusal refusal) {
        state = last;
        farewell = refusal;
        welcome = null;
        connection = null;
        if (tick != null) {
            tick.cancel(false);
        }
        if (nextAttempt != null) {
            nextAttempt.cancel(false);
        }
        final ClientException error = overError();
        connected.completeExceptionally(error);
        submits.fail(error);
        cancels.fail(error, waitingCount);
        replay.fail(error);
    }

    long eventGaps() {
        return progress.gaps();
    }

    /** What is to be sent, and was not answered. */
    SubmitFlow submits() {
        return submits;
    }
}
