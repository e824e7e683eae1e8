package io.trunkline.gateway.events;

/**
 * The limits of {@link EventReplays}.
 *
 * @param atOnce replays of all tenants at a time
 * @param perTenant replays of one tenant at a time
 * @param eventsPerSecond of one replay
 * @param fetchRecords most events that one request to the journal brings
 * @param scanRecords most records that one request to the journal looks at, so that none waits long for another
 */
public record ReplayLimits(int atOnce, int perTenant, int eventsPerSecond, int fetchRecords, int scanRecords) {
    public ReplayLimits {
        if (atOnce < 1 || perTenant < 1 || eventsPerSecond < 1 || fetchRecords < 1 || scanRecords < fetchRecords) {
            throw new IllegalArgumentException("a limit of replays is below its least value");
        }
    }

    /** With what is not configured at its default. */
    public static ReplayLimits of(final int atOnce, final int perTenant, final int eventsPerSecond) {
        return new ReplayLimits(atOnce, perTenant, eventsPerSecond, 1024, 1 << 18);
    }
}
