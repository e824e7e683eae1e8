package io.trunkline.sip.call;

/** What the desk has seen, since it began. Written by its thread only. */
public final class CallCounters {
    long offered;
    long answered;
    long ended;
    long refusedAtLimit;
    long refusedDraining;
    long refusedOverloaded;
    long loops;
    long unknownDialogs;
    long outOfOrder;
    long glares;
    long orphanAnswers;
    long answersRepeated;
    long notSent;

    /** Calls that were offered to the router, or placed. */
    public long offered() {
        return offered;
    }

    /** Calls that were answered. */
    public long answered() {
        return answered;
    }

    /** Calls that have ended. */
    public long ended() {
        return ended;
    }

    /** INVITEs refused as a limit was reached. */
    public long refusedAtLimit() {
        return refusedAtLimit;
    }

    /** INVITEs refused as the desk was draining. */
    public long refusedDraining() {
        return refusedDraining;
    }

    /** New calls refused as more arrives than can be handled. */
    public long refusedOverloaded() {
        return refusedOverloaded;
    }

    /** INVITEs of our own that came back, or came by two ways (482), or had no hop left (483). */
    public long loops() {
        return loops;
    }

    /** Requests in dialogs that are not known (481). */
    public long unknownDialogs() {
        return unknownDialogs;
    }

    /** Requests whose CSeq was not higher than the last one's (500). */
    public long outOfOrder() {
        return outOfOrder;
    }

    /** Offers that met one under way (491). */
    public long glares() {
        return glares;
    }

    /** 2xx that nobody wanted any more: acknowledged, and the dialog ended. */
    public long orphanAnswers() {
        return orphanAnswers;
    }

    /** 2xx sent again as no ACK came. */
    public long answersRepeated() {
        return answersRepeated;
    }

    /** Requests that were not sent as there was no room for a transaction. */
    public long notSent() {
        return notSent;
    }
}
