package io.trunkline.gateway.admin;

import io.trunkline.gateway.admin.Rows.AlarmRow;
import io.trunkline.gateway.admin.Rows.BindRow;
import io.trunkline.gateway.admin.Rows.CallRow;
import io.trunkline.gateway.admin.Rows.CarrierRow;
import io.trunkline.gateway.admin.Rows.CounterRow;
import io.trunkline.gateway.admin.Rows.EventRow;
import io.trunkline.gateway.admin.Rows.ExportRow;
import io.trunkline.gateway.admin.Rows.LatencyRow;
import io.trunkline.gateway.admin.Rows.LimitRow;
import io.trunkline.gateway.admin.Rows.QueueRow;
import io.trunkline.gateway.admin.Rows.TenantRow;
import io.trunkline.gateway.admin.Rows.UnitRow;
import io.trunkline.gateway.calls.CapturedCalls;
import io.trunkline.gateway.calls.TrunkRow;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.config.Routing.NumberRules;
import io.trunkline.gateway.config.RoutingNames;
import io.trunkline.gateway.journal.JournalStatus;
import io.trunkline.routing.Measurements;
import io.trunkline.routing.RoutingSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A shard with one carrier, one tenant and one unit, for tests of what asks it. */
public final class FakeShard implements ShardTasks, ShardView, Health {
    public final List<String> controls = new ArrayList<>();
    public boolean busy;
    public List<String> notReady = List.of();

    @Override
    public RoutingView routing() {
        final RoutingNames nobody = new RoutingNames(List.of(), List.of(), List.of(), List.of());
        final NumberRules rules = new NumberRules(List.of("+"), 5, 15, Optional.empty(), Optional.empty());
        return new RoutingView(
                3,
                new Routing(rules, null, nobody, RoutingSnapshot.builder(0).build(), List.of(), Routing.Contents.NONE),
                Measurements.NONE,
                Map.of(),
                Map.of());
    }

    @Override
    public <T> T call(final Function<ShardView, T> task) throws AdminRefusal {
        if (busy) {
            throw new AdminRefusal("busy", "the shard does not come to it", "try again");
        }
        return task.apply(this);
    }

    public JournalStatus journal() {
        return new JournalStatus(
                JournalStatus.Condition.OK, "", Durability.DISK, 3, 812, 810, 1, 2, 7340032, 64 << 20, 9L << 30, 41);
    }

    public List<ExportRow> exports() {
        return List.of(new ExportRow("kafka", "up", 800, 12, 0.4, 700, 1, 0, ""));
    }

    @Override
    public List<CarrierRow> carriers() {
        return List.of(new CarrierRow("alpha", "enabled", 1, 2, 17, 3, 40, 1, 1000, 990, 7, 5, 950, 900, 50, 12));
    }

    @Override
    public List<BindRow> binds() {
        return List.of(new BindRow(
                "alpha",
                "one",
                "bound",
                "transceiver",
                "127.0.0.1:2776",
                50,
                3,
                500,
                12.5,
                1000,
                0,
                1_790_000_000_000L,
                0,
                ""));
    }

    @Override
    public List<QueueRow> queues() {
        return List.of(new QueueRow("alpha", "otp", 17, 17, 50_000, 4_200));
    }

    @Override
    public List<LimitRow> limits() {
        return List.of(new LimitRow("openUnits", 57, 1_000_000));
    }

    @Override
    public List<TenantRow> tenants() {
        return List.of(new TenantRow("acme", "enabled", 2, 57, 500_000, 2000, 33.5, 1057, 3, 9, 900, 1000, 4));
    }

    @Override
    public List<UnitRow> units(final UnitQuery query) {
        final UnitRow row = new UnitRow(
                "379842003148931072",
                "acme",
                "sent",
                "otp",
                "alpha",
                "447700900123",
                1,
                1,
                1_790_000_000_000L,
                0,
                0,
                "");
        return query.carrier().orElse("alpha").equals("alpha") ? List.of(row) : List.of();
    }

    @Override
    public List<CallRow> calls(final UnitQuery query) {
        final CallRow row = new CallRow(
                "42",
                "acme",
                "out",
                "answered",
                "+4915112345",
                "306912345678",
                "alpha",
                "alpha/one",
                1,
                1_790_000_000_000L,
                1_790_000_004_200L);
        return query.tenant().orElse("acme").equals("acme") ? List.of(row) : List.of();
    }

    @Override
    public Optional<CapturedCalls.Captured> captured(final long unit) {
        return Optional.empty();
    }

    @Override
    public List<TrunkRow> trunks() {
        return List.of(new TrunkRow(
                "alpha", "", "one", "sip.alpha.example", "up", 2, 2, 3, 100, 1_000, 900, 100, 12, 5, 40, 38, 2));
    }

    @Override
    public List<EventRow> events() {
        return List.of(new EventRow("acme", "api", true, 1000, 996, 4));
    }

    @Override
    public List<AlarmRow> alarms() {
        return List.of(new AlarmRow("warning", 1_790_000_000_000L, "alpha/two", "the bind is down", "see its log"));
    }

    @Override
    public List<CounterRow> counters() {
        return List.of(
                new CounterRow("unmapped.statuses", "code", "0x00000450", 6),
                new CounterRow("calls.open", "", "", 3, true));
    }

    @Override
    public List<LatencyRow> latencies() {
        return List.of(new LatencyRow("submit", 100, 1_000_000, 2_000_000, 3_000_000, 4_000_000, ""));
    }

    @Override
    public Names names() {
        return new Names(Map.of(1, "acme"), Map.of(7, "alpha"), Map.of(9, "alpha/one"));
    }

    @Override
    public Control control(final CarrierAction action, final String carrier, final Optional<String> bind) {
        if (!carrier.equals("alpha")) {
            return Control.NO_SUCH_CARRIER;
        }
        if (bind.isPresent() && !bind.get().equals("one")) {
            return Control.NO_SUCH_BIND;
        }
        controls.add(action + " " + carrier + bind.map(name -> "/" + name).orElse(""));
        return controls.size() == 1 ? Control.DONE : Control.ALREADY;
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public List<String> notReady() {
        return notReady;
    }
}
