package io.trunkline.client;

/** When something was last heard from and said to the gateway: whether it is dead, and whether to ask. */
final class Liveness {
    /** After which a silent gateway is taken for dead where it names no time of its own. */
    private static final long DEFAULT_IDLE_MS = 30_000;

    /** A connection that stood for so long was a good one: the next failure is a first failure again. */
    private static final long STABLE_NS = 5_000_000_000L;

    private static final long NS_PER_MS = 1_000_000;

    private final long answerTimeoutMs;
    private long idleMs = DEFAULT_IDLE_MS;
    private long welcomedNs;
    private long receivedNs;
    private long wroteNs;
    private long answeredNs;
    private long pingedNs;

    Liveness(final long answerTimeoutMs) {
        this.answerTimeoutMs = answerTimeoutMs;
    }

    /** A connection is welcome; {@code grantedIdleMs} 0: the gateway says nothing of silence. */
    void welcomed(final long grantedIdleMs, final long nowNs) {
        idleMs = grantedIdleMs == 0 ? DEFAULT_IDLE_MS : grantedIdleMs;
        welcomedNs = nowNs;
        wroteNs = nowNs;
        pingedNs = nowNs;
        answeredNs = nowNs;
    }

    boolean stable(final long nowNs) {
        return nowNs - welcomedNs >= STABLE_NS;
    }

    void received(final long nowNs) {
        receivedNs = nowNs;
    }

    long receivedNs() {
        return receivedNs;
    }

    void wrote(final long nowNs) {
        wroteNs = nowNs;
    }

    /** A submit was answered, or is the first one that is due an answer. */
    void answered(final long nowNs) {
        answeredNs = nowNs;
    }

    /** Why the gateway must be taken for dead, or null. */
    String dead(final boolean answersDue, final long nowNs) {
        if (nowNs - receivedNs > idleMs * NS_PER_MS) {
            return "nothing received for " + idleMs + " ms";
        }
        return answersDue && nowNs - answeredNs > answerTimeoutMs * NS_PER_MS
                ? "no answer to a submit for " + answerTimeoutMs + " ms"
                : null;
    }

    /** Whether to send a Ping now; the next one is not due before a third of the idle time is over. */
    boolean pingDue(final long nowNs) {
        final long quietNs = idleMs * NS_PER_MS / 3;
        final boolean due = nowNs - Math.min(wroteNs, receivedNs) > quietNs && nowNs - pingedNs > quietNs;
        pingedNs = due ? nowNs : pingedNs;
        return due;
    }
}
