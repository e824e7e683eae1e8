package io.trunkline.gateway.calls;

/** What became of a {@link CallRequest}: one object, reused. */
public final class CallAnswer {
    /** Of the call that is under way. */
    public long unitId;
    /** Of a refusal: when to try again, ms; 0 where that is of no use. */
    public int retryAfterMs;
}
