package io.trunkline.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Submits on their way to the gateway, over all connections: those that wait for credit, those that are written and not answered, and
 * which of them a new connection must carry again. On the event loop.
 */
final class SubmitFlow {
    private final ClientConfig config;
    private final ClientListener listener;
    private final Liveness liveness;
    private final AtomicInteger waitingCount;
    private final SubmitWindow window;
    private final WaitingSubmits waiting = new WaitingSubmits();
    private final SubmitBuilder scratch = new SubmitBuilder();
    /** Null while there is none that the gateway has welcomed. */
    private Connection connection;

    private int maxFrameLength;
    private long credit;
    private boolean wantsCredit;
    private long unexpectedAnswers;

    /** @param waitingCount requests of other threads that are not in the window yet, and others'; shared */
    SubmitFlow(
            final ClientConfig config,
            final ClientListener listener,
            final Liveness liveness,
            final AtomicInteger waitingCount) {
        this.config = config;
        this.listener = listener;
        this.liveness = liveness;
        this.waitingCount = waitingCount;
        this.window = new SubmitWindow(config.maxInFlight);
    }

    /** The gateway takes submits on this connection. */
    void open(final Connection welcomed, final Welcome granted) {
        connection = welcomed;
        maxFrameLength = granted.maxFrameLength();
        credit = granted.credit();
        wantsCredit = true;
    }

    /** The connection is gone: what is not answered is to be sent again. */
    void rewind() {
        connection = null;
        credit = 0;
        window.rewind();
    }

    void onCredit(final long granted) {
        credit = granted;
    }

    /** Takes the answered submit out of the window; returns what was attached to it, or null. */
    Object takeAnswered(final long referenceHi, final long referenceLo) {
        liveness.answered(liveness.receivedNs());
        final int slot = window.find(referenceHi, referenceLo);
        if (slot == SubmitWindow.NONE) {
            unexpectedAnswers++;
            return FrameDispatch.UNEXPECTED;
        }
        final Object attachment = window.attachment(slot);
        window.remove(slot);
        return attachment;
    }

    boolean trySubmit(final Outgoing message, final Object attachment) {
        if (message.referenceHi() == 0 && message.referenceLo() == 0) {
            throw new IllegalArgumentException("a submit needs a reference");
        }
        if (available() <= 0) {
            wantsCredit = true;
            return false;
        }
        if (tooLarge(message)) {
            throw new IllegalArgumentException(lengths(message));
        }
        if (inFlight(message)) {
            throw new IllegalArgumentException("this reference is in flight");
        }
        write(window.add(message, attachment));
        return true;
    }

    private boolean tooLarge(final Outgoing message) {
        return message.frameLength() - FrameValidator.PREFIX_LENGTH > maxFrameLength;
    }

    private String lengths(final Outgoing message) {
        return "message of " + message.frameLength() + " bytes, the gateway takes " + maxFrameLength;
    }

    private boolean inFlight(final Outgoing message) {
        return window.find(message.referenceHi(), message.referenceLo()) != SubmitWindow.NONE;
    }

    /** Submits that would be taken now. */
    int available() {
        if (connection == null || window.nextUnsent() != SubmitWindow.NONE || !connection.isWritable()) {
            return 0;
        }
        return (int) (Math.min(credit, config.maxInFlight) - window.size());
    }

    int inFlight() {
        return window.size();
    }

    /** Whether the gateway owes answers. */
    boolean answersDue() {
        return window.sent() > 0;
    }

    private void write(final int slot) {
        if (window.sent() == 0) {
            // The first one due: its time starts now.
            liveness.answered(System.nanoTime());
        }
        connection.frame(window.frame(slot), window.frameOffset(slot), window.frameLength(slot));
        window.markSent();
    }

    void add(final WaitingSubmits.Entry entry) {
        waiting.add(entry);
    }

    /** Fails those that have waited for as long as they may. */
    void expire(final long nowNs) {
        if (!waiting.isEmpty()) {
            waiting.expire(nowNs, waitingCount);
        }
    }

    /** Writes what may be written: first what is to be sent again, then what waits, then the owner's turn. */
    void pump() {
        if (connection == null) {
            return;
        }
        while (window.nextUnsent() != SubmitWindow.NONE && window.sent() < credit && connection.isWritable()) {
            write(window.nextUnsent());
        }
        while (!waiting.isEmpty() && available() > 0) {
            submitWaiting(waiting.poll());
        }
        if (wantsCredit && waiting.isEmpty() && available() > 0) {
            wantsCredit = false;
            listener.onCredit(available());
        }
    }

    private void submitWaiting(final WaitingSubmits.Entry entry) {
        waitingCount.decrementAndGet();
        if (entry.future().isDone()) {
            return;
        }
        final Outgoing request = entry.request().apply(scratch);
        if (inFlight(request)) {
            entry.future()
                    .completeExceptionally(new ClientException(
                            ClientException.Kind.REFERENCE_IN_FLIGHT, "this reference is in flight"));
        } else if (tooLarge(request)) {
            entry.future().completeExceptionally(new ClientException(ClientException.Kind.TOO_LARGE, lengths(request)));
        } else {
            trySubmit(request, entry.future());
        }
    }

    /** Nothing will be answered any more. */
    void fail(final ClientException error) {
        connection = null;
        while (window.size() > 0) {
            final int slot = window.oldest();
            final long hi = window.referenceHi(slot);
            final long lo = window.referenceLo(slot);
            final Object attachment = window.attachment(slot);
            window.remove(slot);
            if (attachment instanceof CompletableFuture<?> future) {
                future.completeExceptionally(error);
            } else {
                listener.onAbandoned(hi, lo);
            }
        }
        while (!waiting.isEmpty()) {
            waitingCount.decrementAndGet();
            waiting.poll().future().completeExceptionally(error);
        }
    }

    /** Answers to submits that were not in the window. */
    long unexpectedAnswers() {
        return unexpectedAnswers;
    }
}
