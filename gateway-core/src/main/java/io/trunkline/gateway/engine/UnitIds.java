package io.trunkline.gateway.engine;

/**
 * Ids of units: milliseconds since 2024 in the high bits, then the shard, then a counter, so that ids grow with time and
 * a journal can be searched by them. A clock that stands still or goes backwards, or more than 65,535 units in a
 * millisecond, borrows from the next millisecond; ids never repeat.
 *
 * <pre>
 *  63        62..22                21..16     15..0
 * +---+--------------------------+----------+---------+
 * | 0 | ms since 2024-01-01, 41  | shard, 6 | counter |
 * +---+--------------------------+----------+---------+
 * </pre>
 */
public final class UnitIds {
    private static final long EPOCH_MS = 1_704_067_200_000L;
    private static final int SHARD_SHIFT = 16;
    private static final int TIME_SHIFT = 22;
    private static final long COUNTER_MASK = (1L << SHARD_SHIFT) - 1;

    private final long shardBits;
    private long last;

    public UnitIds(final int shard) {
        shardBits = (long) shard << SHARD_SHIFT;
    }

    long next(final long nowMs) {
        final long earliest = ((nowMs - EPOCH_MS) << TIME_SHIFT) | shardBits;
        if (earliest > last) {
            last = earliest;
        } else if ((last & COUNTER_MASK) < COUNTER_MASK) {
            last++;
        } else {
            last = (((last >>> TIME_SHIFT) + 1) << TIME_SHIFT) | shardBits;
        }
        return last;
    }

    /** An id that the journal holds: none at or below it will be given out. */
    void seen(final long id) {
        last = Math.max(last, id);
    }

    long last() {
        return last;
    }

    /** Wall time of acceptance, milliseconds since the epoch, as far as the id tells. */
    public static long acceptedAtMs(final long id) {
        return (id >>> TIME_SHIFT) + EPOCH_MS;
    }
}
