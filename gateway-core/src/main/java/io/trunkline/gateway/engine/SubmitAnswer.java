package io.trunkline.gateway.engine;

/** What the engine answers to a {@link SubmitRequest}: reused and mutable, filled anew by every call. */
public final class SubmitAnswer {
    /** {@link ErrorCode#NONE}: accepted; else refused and only {@link #retryAfterMs} holds as well. */
    public ErrorCode code = ErrorCode.NONE;

    public int retryAfterMs;

    public long unitId;
    /** 1 GSM 7 bit, 2 Latin-1, 3 UCS-2, 4 binary. */
    public int encoding;

    public int segments;
    public UnitState state = UnitState.ACCEPTED;
    /** The reference was seen before with the same content: this is the first unit and what became of it. */
    public boolean duplicate;

    /** Fills this answer as a refusal. */
    public void refuse(final ErrorCode reason, final int waitMs) {
        code = reason;
        retryAfterMs = waitMs;
        unitId = 0;
        duplicate = false;
    }

    public boolean accepted() {
        return code == ErrorCode.NONE;
    }
}
