package io.trunkline.smpp.session;

/**
 * Finds out whether the peer still lives: enquire_link after a silence, and a verdict when nothing at all follows it.
 * Whatever a peer sends proves that it lives, an answer to enquire_link or not: some never answer it, or only when idle.
 */
final class LinkWatch {
    /** What to do now. */
    enum Verdict {
        NOTHING,
        ENQUIRE,
        DEAD
    }

    private final long intervalNs;
    private final long answerNs;
    private boolean pending;
    private long sentNs;

    /** An interval of 0: never. */
    LinkWatch(final long intervalNs, final long answerNs) {
        this.intervalNs = intervalNs;
        this.answerNs = answerNs;
    }

    Verdict onTick(final long nowNs, final long receivedNs) {
        if (intervalNs == 0) {
            return Verdict.NOTHING;
        }
        if (pending && receivedNs - sentNs > 0) {
            pending = false;
        }
        if (pending) {
            return nowNs - sentNs >= answerNs ? Verdict.DEAD : Verdict.NOTHING;
        }
        if (nowNs - receivedNs < intervalNs) {
            return Verdict.NOTHING;
        }
        pending = true;
        sentNs = nowNs;
        return Verdict.ENQUIRE;
    }

    /** The answer came. */
    void onAnswer() {
        pending = false;
    }
}
