package io.trunkline.sip.media;

/** What was asked of the relay; written and read by one thread. */
public final class RelayCounters {
    long asked;
    long repeated;
    long errors;
    long silent;
    long notAsked;
    long strays;
    long malformed;

    public long asked() {
        return asked;
    }

    /** Requests that were sent again. */
    public long repeated() {
        return repeated;
    }

    /** Requests that the relay refused. */
    public long errors() {
        return errors;
    }

    /** Requests without an answer in time. */
    public long silent() {
        return silent;
    }

    /** Requests that were not sent: too many, too large. */
    public long notAsked() {
        return notAsked;
    }

    /** Answers to nothing that was asked, or that came late. */
    public long strays() {
        return strays;
    }

    /** Datagrams that are no answer. */
    public long malformed() {
        return malformed;
    }
}
