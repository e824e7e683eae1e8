package io.trunkline.gateway.events;

/** What replays did since the start. Plain fields, written by the shard's thread only. */
public final class ReplayCounters {
    public long begun;
    /** For want of room, or because nothing could be meant. */
    public long refused;
    /** Asked for what the journal does not hold any more. */
    public long gone;

    public long events;
    /** The sink had no room: what came is read again. */
    public long held;
}
