package io.trunkline.gateway.admin;

/**
 * What {@code show} prints and metrics are made of, a row each. The components' names are the columns of {@code --json}:
 * stable, only ever added to. Counters count since the daemon started. A time that does not apply is 0.
 */
public final class Rows {
    private Rows() {}

    /**
     * One carrier.
     *
     * @param state enabled, draining, disabled
     * @param bindsUp links that are up: binds, or the trunks that messages go over
     * @param binds all links
     * @param queued units that wait for it
     * @param inFlight segments sent and unanswered
     * @param awaitingReceipt units that it took and that have no final receipt yet
     * @param inDoubt units whose answer was lost
     * @param sent segments written
     * @param accepted segments that it took
     * @param refused segments that it did not take
     * @param throttled refusals for its rate or its full queue
     * @param delivered units with a receipt that says so
     * @param undelivered units with a receipt that says no
     */
    public record CarrierRow(
            String carrier,
            String state,
            int bindsUp,
            int binds,
            long queued,
            long inFlight,
            long awaitingReceipt,
            long inDoubt,
            long sent,
            long accepted,
            long refused,
            long throttled,
            long receipts,
            long delivered,
            long undelivered,
            long inbound) {}

    /**
     * One bind.
     *
     * @param state bound, connecting, waiting, draining, disabled, …
     * @param peer host:port
     * @param tps segments per second that it may send
     * @param sentPerSecond segments per second over the last ten
     * @param sinceMs when it came into this state, milliseconds since the epoch
     * @param reconnects connections made after the first
     * @param lastError what the last failure was; empty where there was none
     */
    public record BindRow(
            String carrier,
            String bind,
            String state,
            String type,
            String peer,
            int window,
            int inFlight,
            double tps,
            double sentPerSecond,
            long sent,
            long responseTimeouts,
            long sinceMs,
            long reconnects,
            String lastError) {}

    /**
     * One queue: a carrier and class.
     *
     * @param inMemory units of these whose bodies are in memory
     * @param limit of the carrier, over its classes
     */
    public record QueueRow(
            String carrier, String messageClass, long queued, long inMemory, long limit, long oldestMs) {}

    /** One limit of the daemon, and how much of it is used. */
    public record LimitRow(String limit, long used, long allowed) {}

    /**
     * One tenant.
     *
     * @param sessions upstream connections
     * @param acceptedPerSecond segments per second over the last ten
     * @param unacknowledgedEvents events that its slowest subscription has not acknowledged
     */
    public record TenantRow(
            String tenant,
            String state,
            int sessions,
            long open,
            long maxOpen,
            double tps,
            double acceptedPerSecond,
            long accepted,
            long duplicates,
            long refused,
            long delivered,
            long ended,
            long unacknowledgedEvents) {}

    /**
     * One prepaid tenant. Amounts are in the currency of its prices.
     *
     * @param state below, notified, stopped
     * @param per day, month, ever
     * @param sinceMs when the period began, milliseconds since the epoch
     * @param used for messages that ended in the period, six decimals
     * @param open what its open messages would come to
     * @param notifyAt empty where there is no such threshold
     * @param stopAt empty where there is no such threshold
     */
    public record UsageRow(
            String tenant,
            String state,
            String per,
            long sinceMs,
            String used,
            String open,
            String notifyAt,
            String stopAt,
            String currency) {}

    /**
     * One open unit; never its body.
     *
     * @param unit id, unsigned decimal
     * @param dueMs when it is tried next
     * @param lastError name of the error met last; empty where there was none
     */
    public record UnitRow(
            String unit,
            String tenant,
            String state,
            String messageClass,
            String carrier,
            String to,
            int segments,
            int attempt,
            long acceptedMs,
            long dueMs,
            long expiresMs,
            String lastError) {}

    /**
     * One open call.
     *
     * @param unit id, unsigned decimal
     * @param direction out: to the network; in: from it
     * @param state placed, ringing, answered
     * @param trunk that it came from or is tried at: carrier/trunk
     * @param startedMs when it began, milliseconds since the epoch
     * @param answeredMs the same
     */
    public record CallRow(
            String unit,
            String tenant,
            String direction,
            String state,
            String from,
            String to,
            String carrier,
            String trunk,
            int attempts,
            long startedMs,
            long answeredMs) {}

    /** One subscription to a tenant's events. */
    public record EventRow(
            String tenant, String subscription, boolean connected, long last, long acknowledged, long pending) {}

    /**
     * Something that an operator should know now.
     *
     * @param severity critical, warning
     * @param subject carrier, bind, tenant or part of the daemon
     */
    public record AlarmRow(String severity, long sinceMs, String subject, String text, String remedy) {}

    /**
     * One counter that no other row holds.
     *
     * @param label name of what it is counted by, such as {@code code}; empty where there is none
     * @param value of the label
     * @param level whether it falls, too, such as how many calls are open
     */
    public record CounterRow(String counter, String label, String value, long count, boolean level) {
        /** One that only grows. */
        public CounterRow(final String counter, final String label, final String value, final long count) {
            this(counter, label, value, count, false);
        }
    }

    /**
     * How long messages stayed in the gateway on the way to one stage, over the last 30 to 60 seconds; and for how long each
     * change of the configuration held the shard up, over all since the start ({@code config-swap}).
     *
     * @param latency the stage
     * @param count messages, or changes
     * @param sinceStart nanoseconds of all of them since the start: a compressed HdrHistogram, base 64
     */
    public record LatencyRow(
            String latency, long count, long p50Ns, long p99Ns, long p999Ns, long maxNs, String sinceStart) {}

    /**
     * One export that follows the journal.
     *
     * @param state up, or stands still
     * @param position record up to which all is written
     * @param lag records that are not written yet
     * @param lagSeconds age of the record written last, where there is a lag
     * @param events written since the start
     * @param errors times that something could not be done, since the start
     * @param lost records that were gone or damaged when their turn came, since the start
     */
    public record ExportRow(
            String export,
            String state,
            long position,
            long lag,
            double lagSeconds,
            long events,
            long errors,
            long lost,
            String lastError) {}
}
