package io.trunkline.gateway.admin;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.trunkline.gateway.admin.Rows.AlarmRow;
import io.trunkline.gateway.admin.Rows.BindRow;
import io.trunkline.gateway.admin.Rows.CarrierRow;
import io.trunkline.gateway.admin.Rows.CounterRow;
import io.trunkline.gateway.admin.Rows.ExportRow;
import io.trunkline.gateway.admin.Rows.LatencyRow;
import io.trunkline.gateway.admin.Rows.LimitRow;
import io.trunkline.gateway.admin.Rows.QueueRow;
import io.trunkline.gateway.admin.Rows.TenantRow;
import io.trunkline.gateway.journal.JournalStatus;
import java.util.List;
import java.util.function.Supplier;

/**
 * The metrics of the daemon in Prometheus' text format. They are made of the same rows that {@code show} prints, fetched
 * from the shard once for each reading, so that counting costs the hot path nothing beyond its own counters.
 */
public final class GatewayMetrics implements AutoCloseable {
    private static final double NANOS = 1e9;

    private record Snapshot(
            List<CarrierRow> carriers,
            List<BindRow> binds,
            List<QueueRow> queues,
            List<LimitRow> limits,
            List<TenantRow> tenants,
            List<AlarmRow> alarms,
            List<CounterRow> counters,
            List<LatencyRow> latencies) {
        static Snapshot of(final ShardView shard) {
            return new Snapshot(
                    shard.carriers(),
                    shard.binds(),
                    shard.queues(),
                    shard.limits(),
                    shard.tenants(),
                    shard.alarms(),
                    shard.counters(),
                    shard.latencies());
        }
    }

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final MeterTable meters = new MeterTable(registry);
    private final ShardTasks shard;
    private final Supplier<JournalStatus> journal;
    private final Supplier<List<ExportRow>> exports;
    private final Health health;

    public GatewayMetrics(
            final ShardTasks shard,
            final Supplier<JournalStatus> journal,
            final Supplier<List<ExportRow>> exports,
            final Health health) {
        this.shard = shard;
        this.journal = journal;
        this.exports = exports;
        this.health = health;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** Reads everything anew and writes the page. A shard that does not answer shows in its own gauge. */
    public synchronized String scrape() {
        meters.begin();
        boolean answered = true;
        try {
            shard(shard.call(Snapshot::of));
        } catch (AdminRefusal e) {
            answered = false;
        }
        meters.gauge("trunkline.shard.answers", "1 where the shard answered this reading", answered ? 1 : 0);
        meters.gauge(
                "trunkline.ready",
                "1 where messages are taken",
                health.notReady().isEmpty() ? 1 : 0);
        journal(journal.get());
        exports.get().forEach(this::export);
        meters.end();
        return registry.scrape();
    }

    private void shard(final Snapshot snapshot) {
        snapshot.carriers().forEach(this::carrier);
        snapshot.binds().forEach(this::bind);
        snapshot.tenants().forEach(this::tenant);
        for (final QueueRow row : snapshot.queues()) {
            final String[] tags = {"carrier", row.carrier(), "class", row.messageClass()};
            meters.gauge("trunkline.queue.units", "Units that wait", row.queued(), tags);
            meters.gauge("trunkline.queue.oldest.seconds", "Age of the oldest", row.oldestMs() / 1e3, tags);
        }
        for (final LimitRow row : snapshot.limits()) {
            meters.gauge("trunkline.limit.used", "How much of a limit is used", row.used(), "limit", row.limit());
            meters.gauge("trunkline.limit.allowed", "The limit", row.allowed(), "limit", row.limit());
        }
        for (final CounterRow row : snapshot.counters()) {
            final String[] tags = row.label().isEmpty() ? new String[0] : new String[] {row.label(), row.value()};
            final String name = "trunkline." + row.counter();
            if (row.level()) {
                meters.gauge(name, row.counter(), row.count(), tags);
            } else {
                meters.counter(name, row.counter(), row.count(), tags);
            }
        }
        for (final LatencyRow row : snapshot.latencies()) {
            quantile(row, "0.5", row.p50Ns());
            quantile(row, "0.99", row.p99Ns());
            quantile(row, "0.999", row.p999Ns());
            quantile(row, "1", row.maxNs());
        }
        for (final String severity : List.of("critical", "warning")) {
            final long count = snapshot.alarms().stream()
                    .filter(alarm -> alarm.severity().equals(severity))
                    .count();
            meters.gauge("trunkline.alarms", "Alarms that stand", count, "severity", severity);
        }
    }

    private void carrier(final CarrierRow row) {
        final String[] tags = {"carrier", row.carrier()};
        meters.gauge("trunkline.carrier.enabled", "1 enabled", row.state().equals("enabled") ? 1 : 0, tags);
        meters.gauge(
                "trunkline.carrier.binds.up",
                "Binds that are bound, and trunks that take messages",
                row.bindsUp(),
                tags);
        meters.gauge("trunkline.carrier.binds", "Binds, and trunks for messages", row.binds(), tags);
        meters.gauge("trunkline.carrier.queued.units", "Units that wait", row.queued(), tags);
        meters.gauge("trunkline.carrier.in.flight.segments", "Unanswered", row.inFlight(), tags);
        meters.gauge("trunkline.carrier.awaiting.receipt.units", "Sent", row.awaitingReceipt(), tags);
        meters.gauge("trunkline.carrier.in.doubt.units", "Answer lost", row.inDoubt(), tags);
        meters.counter("trunkline.carrier.sent.segments", "Written", row.sent(), tags);
        meters.counter("trunkline.carrier.accepted.segments", "Taken", row.accepted(), tags);
        meters.counter("trunkline.carrier.refused.segments", "Not taken", row.refused(), tags);
        meters.counter("trunkline.carrier.throttled.segments", "Refused for rate or queue", row.throttled(), tags);
        meters.counter("trunkline.carrier.receipts", "Receipts", row.receipts(), tags);
        meters.counter("trunkline.carrier.delivered.units", "Delivered", row.delivered(), tags);
        meters.counter("trunkline.carrier.undelivered.units", "Undelivered", row.undelivered(), tags);
        meters.counter("trunkline.carrier.inbound.messages", "Inbound", row.inbound(), tags);
    }

    private void bind(final BindRow row) {
        final String[] tags = {"carrier", row.carrier(), "bind", row.bind()};
        meters.gauge("trunkline.bind.up", "1 where bound", row.state().equals("bound") ? 1 : 0, tags);
        meters.gauge("trunkline.bind.window", "Requests that may be unanswered", row.window(), tags);
        meters.gauge("trunkline.bind.in.flight", "Requests that are unanswered", row.inFlight(), tags);
        meters.counter("trunkline.bind.sent.segments", "Written", row.sent(), tags);
        meters.counter("trunkline.bind.response.timeouts", "Unanswered in time", row.responseTimeouts(), tags);
        meters.counter("trunkline.bind.reconnects", "Connections after the first", row.reconnects(), tags);
    }

    private void tenant(final TenantRow row) {
        final String[] tags = {"tenant", row.tenant()};
        meters.gauge("trunkline.tenant.sessions", "Upstream connections", row.sessions(), tags);
        meters.gauge("trunkline.tenant.open.units", "Units that have not ended", row.open(), tags);
        meters.gauge("trunkline.tenant.events.pending", "Not acknowledged", row.unacknowledgedEvents(), tags);
        meters.counter("trunkline.tenant.accepted.units", "Accepted", row.accepted(), tags);
        meters.counter("trunkline.tenant.duplicate.submits", "Answered from the dedupe window", row.duplicates(), tags);
        meters.counter("trunkline.tenant.refused.submits", "Refused", row.refused(), tags);
        meters.counter("trunkline.tenant.delivered.units", "Delivered", row.delivered(), tags);
        meters.counter("trunkline.tenant.ended.units", "Ended in any state", row.ended(), tags);
    }

    private void export(final ExportRow row) {
        final String[] tags = {"export", row.export()};
        meters.gauge(
                "trunkline.export.up", "1 where it goes on", row.lastError().isEmpty() ? 1 : 0, tags);
        meters.gauge("trunkline.export.lag.records", "Records that are not written yet", row.lag(), tags);
        meters.gauge("trunkline.export.lag.seconds", "Age of the record written last", row.lagSeconds(), tags);
        meters.counter("trunkline.export.events", "Written", row.events(), tags);
        meters.counter("trunkline.export.errors", "Times that it could not", row.errors(), tags);
        meters.counter("trunkline.export.lost.records", "Gone before they were written", row.lost(), tags);
    }

    private void quantile(final LatencyRow row, final String quantile, final long nanos) {
        meters.gauge(
                "trunkline.latency.seconds",
                "Time that messages stay here, over the last 30 to 60 s; config-swap: that the shard takes over a change, since the start",
                nanos / NANOS,
                "latency",
                row.latency(),
                "quantile",
                quantile);
    }

    private void journal(final JournalStatus status) {
        meters.gauge(
                "trunkline.journal.accepting",
                "1 where new work is taken",
                status.condition() == JournalStatus.Condition.OK ? 1 : 0);
        meters.counter("trunkline.journal.published.records", "Appended", status.published());
        meters.gauge(
                "trunkline.journal.not.durable.records", "Not at the level yet", status.published() - status.durable());
        meters.gauge("trunkline.journal.files", "Files kept", status.files());
        meters.gauge("trunkline.journal.bytes", "Bytes kept", status.bytes());
        meters.gauge("trunkline.journal.free.bytes", "Free on its disk", status.freeBytes());
        meters.counter("trunkline.journal.forces", "Forces", status.forces());
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
