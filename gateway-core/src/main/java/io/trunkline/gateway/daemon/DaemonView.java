package io.trunkline.gateway.daemon;

import io.trunkline.gateway.admin.Rows.AlarmRow;
import io.trunkline.gateway.admin.Rows.BindRow;
import io.trunkline.gateway.admin.Rows.CallRow;
import io.trunkline.gateway.admin.Rows.CarrierRow;
import io.trunkline.gateway.admin.Rows.CounterRow;
import io.trunkline.gateway.admin.Rows.EventRow;
import io.trunkline.gateway.admin.Rows.LatencyRow;
import io.trunkline.gateway.admin.Rows.LimitRow;
import io.trunkline.gateway.admin.Rows.QueueRow;
import io.trunkline.gateway.admin.Rows.TenantRow;
import io.trunkline.gateway.admin.Rows.UnitRow;
import io.trunkline.gateway.admin.ShardView;
import io.trunkline.gateway.calls.CallLedger;
import io.trunkline.gateway.calls.CapturedCalls;
import io.trunkline.gateway.calls.TrunkRow;
import io.trunkline.gateway.carrier.CarrierBinds;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.engine.EngineView;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.StageTimes;
import io.trunkline.smpp.session.EsmeState;
import io.trunkline.smpp.session.SessionCounters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What a shard shows of itself to operators, put together from its parts. */
final class DaemonView implements ShardView {
    private static final double MILLIS = 1000.0;

    private final ShardWork work;
    private final ThroughputMeter throughput;
    private final ShardMeter shardMeter;
    private final Supplier<List<AlarmRow>> alarms;

    DaemonView(
            final ShardWork work,
            final ThroughputMeter throughput,
            final ShardMeter shardMeter,
            final Supplier<List<AlarmRow>> alarms) {
        this.work = work;
        this.throughput = throughput;
        this.shardMeter = shardMeter;
        this.alarms = alarms;
    }

    @Override
    public List<CarrierRow> carriers() {
        final List<CarrierRow> rows = new ArrayList<>();
        for (final EngineView.CarrierView carrier : work.engine().view().carriers()) {
            final List<CarrierBinds.Status> binds = binds(carrier.number());
            rows.add(new CarrierRow(
                    carrier.name(),
                    carrier.open() ? "enabled" : carrier.drained() ? "draining" : "disabled",
                    (int) binds.stream()
                                    .filter(bind -> bind.bind().state() == EsmeState.BOUND)
                                    .count()
                            + work.sip().messageTrunksUp(carrier.number()),
                    binds.size() + work.sip().messageTrunks(carrier.number()),
                    sum(carrier.queued()) + carrier.loading(),
                    carrier.outstanding(),
                    carrier.awaitingReceipt(),
                    carrier.inDoubt(),
                    carrier.written(),
                    carrier.accepted(),
                    carrier.refused(),
                    carrier.throttled(),
                    carrier.receipts(),
                    carrier.delivered(),
                    carrier.undelivered(),
                    carrier.inbound()));
        }
        return rows;
    }

    @Override
    public RoutingView routing() {
        final RoutingInForce inForce = work.routing();
        final Map<String, String> forMessages = new HashMap<>();
        final Map<String, String> forCalls = new HashMap<>();
        final Set<String> takingCalls = trunks().stream()
                .filter(trunk -> trunk.state().equals("up"))
                .map(TrunkRow::carrier)
                .collect(Collectors.toSet());
        for (final CarrierRow carrier : carriers()) {
            final String name = carrier.carrier();
            if (!carrier.state().equals("enabled")) {
                forMessages.put(name, carrier.state());
                forCalls.put(name, carrier.state());
                continue;
            }
            if (carrier.bindsUp() == 0) {
                forMessages.put(name, "down: no bind or trunk for messages is up");
            }
            if (!takingCalls.contains(name)) {
                forCalls.put(name, "down: no trunk is up");
            }
        }
        return new RoutingView(inForce.version(), inForce.routing(), work.grades(inForce), forMessages, forCalls);
    }

    private List<CarrierBinds.Status> binds(final int carrier) {
        return work.binds().status().stream()
                .filter(bind -> bind.carrier() == carrier)
                .toList();
    }

    private static long sum(final List<Integer> values) {
        return values.stream().mapToLong(Integer::longValue).sum();
    }

    @Override
    public List<BindRow> binds() {
        return work.binds().status().stream().map(this::bind).toList();
    }

    private BindRow bind(final CarrierBinds.Status status) {
        final SessionCounters counters = status.bind().counters();
        return new BindRow(
                work.names().name(io.trunkline.gateway.daemon.Names.Kind.CARRIER, status.carrier()),
                status.config().name(),
                word(status.bind().state()),
                word(status.config().type()),
                status.config().host() + ":" + status.config().port(),
                status.config().window(),
                status.bind().awaiting(),
                status.bind().rateMillis() / MILLIS,
                throughput.perSecond("bind", status.bind().name()),
                counters.requestsSent,
                counters.unanswered,
                status.changedAtMs(),
                Math.max(0, counters.connects - 1),
                status.lastError());
    }

    @Override
    public List<QueueRow> queues() {
        final List<QueueRow> rows = new ArrayList<>();
        for (final EngineView.CarrierView carrier : work.engine().view().carriers()) {
            for (final MessageClass messageClass : MessageClass.values()) {
                rows.add(new QueueRow(
                        carrier.name(),
                        word(messageClass),
                        carrier.queued().get(messageClass.number() - 1),
                        carrier.bodiesHeld(),
                        carrier.queueLimit(),
                        carrier.oldestMs().get(messageClass.number() - 1)));
            }
        }
        return rows;
    }

    @Override
    public List<LimitRow> limits() {
        final EngineView engine = work.engine().view();
        final List<LimitRow> rows = new ArrayList<>(List.of(
                new LimitRow("open-units", engine.openUnits(), engine.openUnitsLimit()),
                new LimitRow("body-bytes", engine.payloadBytes(), engine.payloadBytesLimit()),
                new LimitRow("dedupe-entries", engine.dedupeEntries(), engine.dedupeEntriesLimit()),
                new LimitRow(
                        "dedupe-window-ms",
                        engine.dedupeHeldMs(),
                        work.config().gateway().limits().dedupe().window().toMillis())));
        engine.trafficLimits()
                .forEach(limit -> rows.add(new LimitRow("keys of " + limit.name(), limit.keys(), limit.maxKeys())));
        return rows;
    }

    @Override
    public List<TenantRow> tenants() {
        return work.engine().view().tenants().stream().map(this::tenant).toList();
    }

    private TenantRow tenant(final EngineView.TenantView tenant) {
        return new TenantRow(
                tenant.name(),
                tenant.enabled() ? "enabled" : "disabled",
                work.sessions(tenant.name()),
                tenant.open(),
                tenant.maxOpen(),
                tenant.tps(),
                throughput.perSecond("tenant", tenant.name()),
                tenant.accepted(),
                tenant.duplicates(),
                tenant.refused(),
                tenant.delivered(),
                tenant.ended(),
                work.unacknowledgedEvents(tenant.number()));
    }

    @Override
    public List<UnitRow> units(final UnitQuery query) {
        return work
                .engine()
                .view()
                .units(
                        unit -> fits(
                                        query.tenant(),
                                        work.names().name(io.trunkline.gateway.daemon.Names.Kind.TENANT, unit.tenant()))
                                && fits(
                                        query.carrier(),
                                        work.names()
                                                .name(io.trunkline.gateway.daemon.Names.Kind.CARRIER, unit.carrier()))
                                && fits(query.state(), word(unit.state())),
                        query.limit())
                .stream()
                .map(this::unit)
                .toList();
    }

    private static boolean fits(final Optional<String> wanted, final String value) {
        return wanted.isEmpty() || wanted.get().equalsIgnoreCase(value);
    }

    private UnitRow unit(final EngineView.UnitView unit) {
        return new UnitRow(
                Long.toUnsignedString(unit.id()),
                work.names().name(io.trunkline.gateway.daemon.Names.Kind.TENANT, unit.tenant()),
                word(unit.state()),
                messageClass(unit.messageClass()),
                work.names().name(io.trunkline.gateway.daemon.Names.Kind.CARRIER, unit.carrier()),
                Long.toString(unit.destination()),
                unit.segments(),
                unit.attempt(),
                unit.acceptedAtMs(),
                unit.dueAtMs(),
                unit.expiresAtMs(),
                unit.lastError() == ErrorCode.NONE ? "" : unit.lastError().name());
    }

    @Override
    public List<CallRow> calls(final UnitQuery query) {
        return work.calls().view().stream()
                .map(this::call)
                .filter(row -> fits(query.tenant(), row.tenant())
                        && fits(query.carrier(), row.carrier())
                        && fits(query.state(), row.state()))
                .limit(query.limit())
                .toList();
    }

    @Override
    public Optional<CapturedCalls.Captured> captured(final long unit) {
        return work.sip().control().captured(unit);
    }

    private CallRow call(final CallLedger.View call) {
        return new CallRow(
                Long.toUnsignedString(call.unit()),
                work.names().name(io.trunkline.gateway.daemon.Names.Kind.TENANT, call.tenant()),
                call.direction().word(),
                call.state().word(),
                call.from(),
                call.to(),
                call.carrier() == 0
                        ? ""
                        : work.names().name(io.trunkline.gateway.daemon.Names.Kind.CARRIER, call.carrier()),
                call.trunk() == 0 ? "" : work.names().name(io.trunkline.gateway.daemon.Names.Kind.LINK, call.trunk()),
                call.attempts(),
                call.startedAtMs(),
                call.answeredAtMs());
    }

    @Override
    public List<TrunkRow> trunks() {
        return work.sip().control().trunks();
    }

    @Override
    public List<EventRow> events() {
        return work.eventRows();
    }

    @Override
    public List<AlarmRow> alarms() {
        return alarms.get();
    }

    @Override
    public List<CounterRow> counters() {
        return Counters.of(work, shardMeter);
    }

    @Override
    public List<LatencyRow> latencies() {
        return Stream.concat(Stream.of(StageTimes.Stage.values()).map(this::latency), Stream.of(swaps()))
                .toList();
    }

    private LatencyRow swaps() {
        final Histogram all = work.inForce().swaps();
        return latency("config-swap", all, StageTimes.encoded(all));
    }

    private LatencyRow latency(final StageTimes.Stage stage) {
        final Histogram recent = work.engine().stages().recent(stage, System.nanoTime());
        return latency(word(stage), recent, work.engine().stages().total(stage));
    }

    private static LatencyRow latency(final String name, final Histogram times, final String sinceStart) {
        return new LatencyRow(
                name,
                times.getTotalCount(),
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getValueAtPercentile(99.9),
                times.getMaxValue(),
                sinceStart);
    }

    @Override
    public Names names() {
        return new Names(
                work.names().all(io.trunkline.gateway.daemon.Names.Kind.TENANT),
                work.names().all(io.trunkline.gateway.daemon.Names.Kind.CARRIER),
                work.names().all(io.trunkline.gateway.daemon.Names.Kind.LINK));
    }

    @Override
    public Control control(final CarrierAction action, final String carrier, final Optional<String> bind) {
        return work.control(action, carrier, bind);
    }

    private static String messageClass(final int number) {
        for (final MessageClass messageClass : MessageClass.values()) {
            if (messageClass.number() == number) {
                return word(messageClass);
            }
        }
        return Integer.toString(number);
    }

    private static String word(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
