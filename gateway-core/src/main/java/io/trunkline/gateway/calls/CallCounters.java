package io.trunkline.gateway.calls;

/** What has happened to calls since the daemon started. */
public final class CallCounters {
    /** The status of an answer. */
    static final int OK = 200;

    public long started;
    public long attempts;
    public long attemptsFailed;
    public long answered;
    /** By the number of a terminal {@link CallUnitState}. */
    public final long[] ended = new long[CallUnitState.UNKNOWN.number() + 1];

    /** Records asked for of a call that is not open: none were written. */
    public long strays;

    CallCounters() {}
}
