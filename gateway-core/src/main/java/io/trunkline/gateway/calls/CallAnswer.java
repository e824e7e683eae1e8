package io.trunkline.gateway.calls;

/** What became of a {@link CallRequest}: one object, reused. */
public final class CallAnswer {
    /** Of the call that is under way. */
    public long unitId;
    /** What has become of it; {@link TenantCalls} fills this in. */
    public CallUnitState state = CallUnitState.PLACED;
    /** The reference was seen before with the same content: this is the first call. */
    public boolean duplicate;
    /** Of a refusal: when to try again, ms; 0 where that is of no use. */
    public int retryAfterMs;
}
