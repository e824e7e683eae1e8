package io.trunkline.gateway.events;

/**
 * The limits of {@link TenantStreams}.
 *
 * @param subscriptionsPerTenant durable cursors that one tenant may have, 1..1024
 * @param tailEvents newest status events of a tenant that are kept in memory while one of its subscriptions is
 *     attached, a power of two; 64 bytes each
 * @param tailBytes all tails together, bytes; tenants beyond it are served from the journal
 * @param indexEvery one event in so many is indexed, to begin with
 * @param indexEntries most entries per tenant; where there would be more, every second one goes
 * @param fetchRecords most records that one request to the journal brings
 * @param scanRecords most records that one request to the journal looks at, so that none waits long for another
 * @param ackEvery an acknowledgement is journaled after so many events
 * @param ackWithinMs or after so many milliseconds
 * @param retentionMs a cursor keeps journal files alive for at most so long
 */
public record EventStreamLimits(
        int subscriptionsPerTenant,
        int tailEvents,
        long tailBytes,
        int indexEvery,
        int indexEntries,
        int fetchRecords,
        int scanRecords,
        int ackEvery,
        long ackWithinMs,
        long retentionMs) {
    private static final int MOST_SUBSCRIPTIONS = 1024;

    public static final EventStreamLimits DEFAULT =
            new EventStreamLimits(16, 4096, 64L << 20, 512, 256, 1024, 1 << 18, 256, 500, 72L * 3_600_000);

    public EventStreamLimits {
        if (subscriptionsPerTenant < 1 || subscriptionsPerTenant > MOST_SUBSCRIPTIONS) {
            throw new IllegalArgumentException("subscriptions per tenant not in 1..1024: " + subscriptionsPerTenant);
        }
        if (tailEvents < 1 || Integer.bitCount(tailEvents) != 1 || tailEvents > 1 << 20) {
            throw new IllegalArgumentException("tail of " + tailEvents + " events is not a power of two to 2^20");
        }
        if (indexEvery < 1 || indexEntries < 2 || indexEntries > 8192) {
            throw new IllegalArgumentException("index of " + indexEntries + " entries, one in " + indexEvery);
        }
        if (fetchRecords < 1 || scanRecords < fetchRecords || ackEvery < 1) {
            throw new IllegalArgumentException("fetch, scan or acknowledgement limit is below its least value");
        }
    }

    /** With these in place of the defaults. */
    public static EventStreamLimits of(final int subscriptionsPerTenant, final long retentionMs) {
        return new EventStreamLimits(
                subscriptionsPerTenant,
                DEFAULT.tailEvents,
                DEFAULT.tailBytes,
                DEFAULT.indexEvery,
                DEFAULT.indexEntries,
                DEFAULT.fetchRecords,
                DEFAULT.scanRecords,
                DEFAULT.ackEvery,
                DEFAULT.ackWithinMs,
                retentionMs);
    }
}
