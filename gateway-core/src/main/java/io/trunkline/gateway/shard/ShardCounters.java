package io.trunkline.gateway.shard;

/** How the duty cycle goes. Written by the shard's thread; others may read, a little late. */
public final class ShardCounters {
    public long cycles;
    public long idleCycles;
}
