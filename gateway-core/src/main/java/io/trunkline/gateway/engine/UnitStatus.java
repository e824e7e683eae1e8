package io.trunkline.gateway.engine;

/** What the engine answers to {@link MessageDesk#query}: reused and mutable, filled anew by every call. */
public final class UnitStatus {
    public UnitState state = UnitState.ACCEPTED;
    /** Wall time, ms, at which it ended; 0 while it is open. */
    public long endedAtMs;
    /** What the carrier said last, as it said it: command_status, or the receipt's err as a number; 0 if nothing. */
    public int rawCode;
}
