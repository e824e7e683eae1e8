package io.trunkline.gateway.admin;

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
import io.trunkline.gateway.calls.CapturedCalls;
import io.trunkline.gateway.calls.TrunkRow;
import io.trunkline.gateway.config.Routing;
import io.trunkline.routing.Measurements;
import io.trunkline.routing.UnitKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the shard shows of itself, and the little that may be changed. Used on its own thread, in {@link ShardTasks}. */
public interface ShardView {
    List<CarrierRow> carriers();

    List<BindRow> binds();

    List<QueueRow> queues();

    List<LimitRow> limits();

    List<TenantRow> tenants();

    /** Open units, oldest first. */
    List<UnitRow> units(UnitQuery query);

    /** Open calls, oldest first. */
    List<CallRow> calls(UnitQuery query);

    /** Trunks of carriers, and tenants' platforms. */
    List<TrunkRow> trunks();

    List<EventRow> events();

    List<AlarmRow> alarms();

    /** Counters without a carrier, bind or tenant, and those by raw code. */
    /** The SIP messages of a call, as far as they are kept. */
    Optional<CapturedCalls.Captured> captured(long unit);

    List<CounterRow> counters();

    List<LatencyRow> latencies();

    /** Names by the numbers that the journal gave them: a copy. */
    Names names();

    /** The routing in force. */
    RoutingView routing();

    /** Changes how a carrier, or one bind of it, is used. It lasts until the next start or applied configuration. */
    Control control(CarrierAction action, String carrier, Optional<String> bind);

    /**
     * Which open units, or calls, are wanted.
     *
     * @param limit at most so many
     */
    record UnitQuery(Optional<String> tenant, Optional<String> carrier, Optional<String> state, int limit) {}

    /**
     * The routing in force; immutable, so it can be asked on any thread.
     *
     * @param measurements how carriers do: a copy
     * @param forMessages what keeps a carrier from taking messages, by its name
     * @param forCalls what keeps it from taking calls
     */
    record RoutingView(
            int version,
            Routing routing,
            Measurements measurements,
            Map<String, String> forMessages,
            Map<String, String> forCalls) {
        public RoutingView {
            forMessages = Map.copyOf(forMessages);
            forCalls = Map.copyOf(forCalls);
        }

        /** What keeps carriers from taking units of a kind. */
        public Map<String, String> carrierStates(final UnitKind kind) {
            return kind == UnitKind.CALL ? forCalls : forMessages;
        }
    }

    /** Names by number, as {@code Named} records hold them. */
    record Names(Map<Integer, String> tenants, Map<Integer, String> carriers, Map<Integer, String> links) {
        public Names {
            tenants = Map.copyOf(tenants);
            carriers = Map.copyOf(carriers);
            links = Map.copyOf(links);
        }
    }

    /** What may be done with a carrier or a bind. */
    enum CarrierAction {
        /** Takes nothing new, finishes what is under way, stays bound for receipts. */
        DRAIN,
        /** Ends a drain or a disable. */
        ENABLE,
        /** Takes nothing new and unbinds once what is under way has ended. */
        DISABLE
    }

    /** What came of it. */
    enum Control {
        DONE,
        /** It was so before. */
        ALREADY,
        NO_SUCH_CARRIER,
        NO_SUCH_BIND
    }
}
