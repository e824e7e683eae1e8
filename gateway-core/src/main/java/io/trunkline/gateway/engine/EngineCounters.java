package io.trunkline.gateway.engine;

/** What the engine has done since it started. Written by the shard's thread; others may read, a little late. */
public final class EngineCounters {
    public long accepted;
    public long duplicates;
    public long refused;
    /** Of those refused: blocked, or to where the tenant may not send. */
    public long barred;

    public long segmentsWritten;
    public long segmentsAccepted;
    public long segmentsRefused;
    public long segmentsInDoubt;
    public long lateAnswers;
    public long unmappedStatuses;
    /** Messages that a carrier's links cannot carry, for their body. */
    public long notCarried;

    public long receiptsMatched;
    public long receiptsIntermediate;
    public long receiptsEarly;
    public long receiptsRepeated;
    public long receiptsUnmatched;
    public long inboundSegments;
    public long inboundMessages;
    public long inboundUnowned;
    public long retries;
    public long reroutes;
    public long bodiesReloaded;
    /** By {@link UnitState#number()}. */
    public final long[] closed = new long[16];
}
