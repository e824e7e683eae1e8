package io.trunkline.gateway.engine;

import io.trunkline.gateway.engine.limits.TrafficLimits;
import java.util.ArrayList;
import java.util.List;

/** What the engine shows of itself: copies, for whoever prints them. Shard's thread only. */
public final class EngineView {
    private final EngineState state;

    EngineView(final EngineState state) {
        this.state = state;
    }

    /**
     * One carrier.
     *
     * @param open takes new units
     * @param queued units that wait, by class: index class - 1
     * @param oldestMs age of the unit that waits longest at the front, by class; 0: none waits
     * @param queueLimit how many may
     */
    public record CarrierView(
            int number,
            String name,
            boolean open,
            boolean drained,
            int linksUp,
            List<Integer> queued,
            List<Long> oldestMs,
            int loading,
            int bodiesHeld,
            int queueLimit,
            int outstanding,
            int awaitingReceipt,
            int inDoubt,
            long written,
            long accepted,
            long refused,
            long throttled,
            long receipts,
            long delivered,
            long undelivered,
            long inbound) {}

    /** One tenant. */
    public record TenantView(
            int number,
            String name,
            boolean enabled,
            int open,
            int maxOpen,
            double tps,
            long accepted,
            long duplicates,
            long refused,
            long delivered,
            long ended) {}

    /**
     * One open unit.
     *
     * @param destination E.164 digits as a number
     * @param dueAtMs when its timer fires; 0: it has none
     */
    public record UnitView(
            long id,
            int tenant,
            UnitState state,
            int messageClass,
            int carrier,
            long destination,
            int segments,
            int attempt,
            long acceptedAtMs,
            long dueAtMs,
            long expiresAtMs,
            ErrorCode lastError) {}

    public List<TrafficLimits.View> trafficLimits() {
        return state.trafficLimits.view();
    }

    public List<CarrierView> carriers() {
        return state.carrierList.stream().map(this::carrier).toList();
    }

    private CarrierView carrier(final CarrierState carrier) {
        final List<Integer> queued = new ArrayList<>();
        final List<Long> oldestMs = new ArrayList<>();
        for (int messageClass = 1; messageClass <= CarrierQueue.CLASSES; messageClass++) {
            queued.add(carrier.queue.size(messageClass));
            final long oldest = carrier.queue.oldestAcceptedAtMs(messageClass);
            oldestMs.add(oldest == 0 ? 0 : Math.max(1, state.nowMs - oldest));
        }
        return new CarrierView(
                carrier.number(),
                carrier.config().name(),
                carrier.open(),
                carrier.isDrained(),
                carrier.links.size(),
                queued,
                oldestMs,
                carrier.loading,
                carrier.bodiesHeld,
                carrier.config().queue().inMemory() + carrier.config().queue().overflow(),
                carrier.outstanding,
                carrier.awaitingReceipt,
                carrier.inDoubt.size(),
                carrier.segmentsWritten,
                carrier.segmentsAccepted,
                carrier.segmentsRefused,
                carrier.segmentsThrottled,
                carrier.receipts,
                carrier.delivered,
                carrier.undelivered,
                carrier.inbound);
    }

    public List<TenantView> tenants() {
        final List<TenantView> views = new ArrayList<>();
        state.tenants.forEach((number, tenant) -> views.add(new TenantView(
                tenant.number(),
                tenant.config().name(),
                tenant.config().enabled(),
                tenant.open(),
                tenant.config().maxOpen(),
                tenant.config().tps(),
                tenant.accepted,
                tenant.duplicates,
                tenant.refused,
                tenant.delivered,
                tenant.ended)));
        return views;
    }

    /** Open units that {@code wanted} accepts, oldest first, at most so many. */
    public List<UnitView> units(final java.util.function.Predicate<UnitView> wanted, final int limit) {
        final java.util.PriorityQueue<UnitView> oldest =
                new java.util.PriorityQueue<>((a, b) -> Long.compare(b.id(), a.id()));
        state.units.forEach(unit -> {
            final UnitView view = unit(unit);
            if (wanted.test(view)) {
                oldest.add(view);
                if (oldest.size() > limit) {
                    oldest.remove();
                }
            }
        });
        return oldest.stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList();
    }

    private UnitView unit(final Unit unit) {
        return new UnitView(
                unit.id,
                unit.tenant.number(),
                unit.state,
                unit.messageClass,
                unit.carrier.number(),
                unit.destination,
                unit.segments,
                (unit.attempt & 0xFF) + 1,
                unit.acceptedAtMs,
                unit.timerPurpose == Unit.TimerPurpose.NONE
                        ? 0
                        : state.nowMs + unit.timerDeadlineMs - state.monotonicMs(),
                unit.expiresAtMs,
                ErrorCode.of(unit.errorCode));
    }

    public int openUnits() {
        return state.units.open();
    }

    public int openUnitsLimit() {
        return state.limits.openUnits();
    }

    public long payloadBytes() {
        return state.payloads.usedBytes();
    }

    public long payloadBytesLimit() {
        return state.limits.payloadBytes();
    }

    public int dedupeEntries() {
        return (int) (state.dedupe.ring().end() - state.dedupe.ring().first());
    }

    public int dedupeEntriesLimit() {
        return state.limits.dedupeEntries();
    }

    /** How far back the dedupe window reaches now, ms. */
    public long dedupeHeldMs() {
        return state.dedupe.heldMs(state.nowMs);
    }
}
