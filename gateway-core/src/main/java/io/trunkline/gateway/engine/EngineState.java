package io.trunkline.gateway.engine;

import io.trunkline.gateway.config.Routing.NumberRules;
import io.trunkline.gateway.engine.limits.TrafficLimits;
import io.trunkline.gateway.journal.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.collections.Int2ObjectHashMap;

/** All that the engine's parts share: the open units, tenants, carriers, and the time of the current duty cycle. */
final class EngineState {
    private static final long LONGEST_TIMED_MS = 1_800_000;

    final EngineLimits limits;
    final Journal journal;
    final EngineRecords records;
    final TenantEvents events;
    final Router router;
    final BodyStore bodies;
    final UnitIds ids;

    final UnitRegistry units;
    final UnitTimerWheel timers;
    final PayloadPool payloads;
    final DedupeWindow dedupe;
    final EndedUnits ended = new EndedUnits(EndedUnits.CAPACITY);
    final Int2ObjectHashMap<TenantState> tenants = new Int2ObjectHashMap<>();
    final Int2ObjectHashMap<CarrierState> carriers = new Int2ObjectHashMap<>();
    /** The same carriers, for walks in a fixed order. */
    final List<CarrierState> carrierList = new ArrayList<>();

    final Sealing sealing = new Sealing();
    final TrafficLimits trafficLimits;
    final EngineCounters counters = new EngineCounters();
    final StageTimes stages;
    TrafficPolicy policy = TrafficPolicy.OPEN;

    /** Monotonic time of this duty cycle. */
    long nowNs;
    /** Wall time of this duty cycle. */
    long nowMs;

    /** What counts as a destination. */
    NumberRules numbers = new NumberRules(List.of("+"), 5, 15, Optional.empty(), Optional.empty());

    boolean draining;

    EngineState(final EngineContext context) {
        limits = context.limits();
        journal = context.journal();
        records = new EngineRecords(journal, sealing);
        events = context.events();
        router = context.router();
        bodies = context.bodies();
        ids = new UnitIds(context.shard());
        nowNs = context.nowNs();
        nowMs = context.nowMs();
        trafficLimits = new TrafficLimits(nowNs, nowMs);
        units = new UnitRegistry(limits.openUnits());
        timers = new UnitTimerWheel(monotonicMs());
        payloads = new PayloadPool(limits.payloadBytes());
        stages = new StageTimes(nowNs);
        dedupe = new DedupeWindow(limits.dedupeEntries(), limits.dedupeWindowMs());
    }

    /** Timers run on monotonic time: a wall clock that is set must not make units expire. */
    long monotonicMs() {
        return nowNs / 1_000_000;
    }

    /** For {@link Unit#readAtUs}. */
    int readAtUs() {
        final int us = (int) (nowNs / 1_000);
        return us == 0 ? 1 : us;
    }

    /** The first PDU of a unit is written in this duty cycle; times of more than half an hour are not taken. */
    void firstWritten(final Unit unit) {
        if (nowMs - unit.acceptedAtMs < LONGEST_TIMED_MS) {
            final int sinceUs = readAtUs() - unit.readAtUs;
            stages.note(StageTimes.Stage.TO_CARRIER, nowNs - Math.max(0, sinceUs) * 1_000L);
        }
        unit.readAtUs = 0;
    }

    void timerIn(final Unit unit, final Unit.TimerPurpose purpose, final long delayMs) {
        timers.schedule(unit, purpose, monotonicMs() + Math.max(0, delayMs));
    }

    /** Milliseconds until the unit expires; 0 or less: it has. */
    long leftMs(final Unit unit) {
        return unit.expiresMonotonicMs - monotonicMs();
    }

    /** The treatment of a number in a record; null for none, and for a record that is older than treatments. */
    Treatment treatment(final int number, final int absent) {
        return number == absent ? null : router.treatment(number);
    }

    /** Keeps addresses and body in memory if there is room; else they stay in the journal alone. */
    void holdPayload(final Unit unit, final int length) {
        unit.payload = unit.carrier.mayHoldBody(unit) ? payloads.take(length) : null;
        if (unit.payload != null) {
            unit.carrier.bodiesHeld++;
        }
    }

    void releasePayload(final Unit unit) {
        if (unit.payload != null) {
            payloads.giveBack(unit.payload);
            unit.payload = null;
            unit.carrier.bodiesHeld--;
        }
    }

    void enqueue(final Unit unit, final boolean atFront) {
        if (atFront) {
            unit.carrier.queue.addFirst(unit);
        } else {
            unit.carrier.queue.addLast(unit);
        }
    }

    void dequeue(final Unit unit) {
        if (unit.queue != null) {
            unit.carrier.queue.remove(unit);
        }
    }
}
