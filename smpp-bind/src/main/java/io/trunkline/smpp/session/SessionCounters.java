package io.trunkline.smpp.session;

/**
 * What a session counts. Written by its event loop only; other threads may read at any time and see values that are
 * recent, each for itself. A supervised bind keeps one through all its connections.
 */
public final class SessionCounters {
    /** PDUs and bytes framed from the peer, and PDUs appended for it. */
    public long pdusIn;

    public long bytesIn;
    public long pdusOut;

    /** Requests sent that count in the window, their answers by kind, and those that never came. */
    public long requestsSent;

    public long answersOk;
    public long answersRefused;
    public long answersThrottled;
    public long answersLate;
    /** Answers to nothing that is known: duplicates, too late, invented. */
    public long answersUnknown;

    public long unanswered;

    /** Requests of the peer, those refused because too many are unanswered, and answers that came too late for it. */
    public long requestsReceived;

    public long requestsOverWindow;
    public long answersDropped;

    public long enquireLinksIn;
    public long enquireLinksOut;
    public long genericNacksIn;
    public long genericNacksOut;

    /** Unknown command_id; PDUs whose body could not be decoded; frames with an impossible length. */
    public long unknownCommands;

    public long malformedPdus;
    public long malformedFrames;
    /** Requests that the session state or the bind type does not allow. */
    public long wrongState;
    /** Times that reading paused: too many PDUs in a turn or a second, or output held back. */
    public long readPauses;

    public long exceptions;

    public long connects;
    public long connectFailures;
    public long binds;
    public long bindRefusals;
    public long drops;
    /** Times that the rate fell because the peer had too much. */
    public long slowDowns;

    /** Sum of the times from request to answer, nanoseconds; divided by the answers: their mean. */
    public long answerNs;
}
