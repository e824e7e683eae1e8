package io.trunkline.gateway.engine;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.Routing.NumberRules;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.config.Traffic;
import io.trunkline.gateway.journal.seal.BodyKeys;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import io.trunkline.smpp.text.TextProfile;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * The life of every message of one shard. Upstream servers talk to it as {@link MessageDesk}, carriers' binds as
 * {@link CarrierDesk}; the shard gives it time. Single-threaded and deterministic: the same calls at the same times write
 * the same journal.
 *
 * <p>What it does it has journaled when a call returns; the shard lets nothing out before the journal is durable.
 */
public final class Engine implements MessageDesk, CarrierDesk {
    /** Timers fired per duty cycle. */
    private static final int TIMER_LIMIT = 1_000;
    /** A status on which carriers try again. */
    private static final int ESME_RMSGQFUL = 0x14;
    /** How often slow chores are looked at. */
    private static final long CHORES_EVERY_NS = 50_000_000;

    private final EngineState state;
    private final SegmentPlanner planner = new SegmentPlanner();
    private final Acceptance acceptance;
    private final Dispatcher dispatcher;
    private final Closing closing;
    private final Answers answers;
    private final Receipts receipts;
    private final Failover failover;
    private final Inbound inbound;
    private final Checkpoint checkpoint;
    private final ClientReferences references;
    private final Bodies bodies;
    private final UnitTimerWheel.ExpiryHandler onTimer = this::onTimer;
    private long choresAtNs;

    public Engine(final EngineContext context) {
        state = new EngineState(context);
        closing = new Closing(state);
        failover = new Failover(state);
        receipts = new Receipts(state, closing);
        answers = new Answers(state, closing, failover, receipts);
        acceptance = new Acceptance(state, planner);
        dispatcher = new Dispatcher(state, planner, closing, answers);
        inbound = new Inbound(state);
        checkpoint = new Checkpoint(state, inbound);
        references = new ClientReferences(state);
        bodies = new Bodies(state);
        choresAtNs = context.nowNs();
    }

    /** What may pass is asked of this from now on. */
    public void policy(final TrafficPolicy policy) {
        state.policy = policy;
    }

    /**
     * Bodies of some classes are sealed in the journal with these keys. Before anything is recovered or accepted.
     *
     * @param classes bit n-1: class n
     */
    public void sealing(final BodyKeys keys, final int classes) {
        state.sealing.use(keys, classes);
    }

    /** All bodies are enciphered under the key of their period. Before anything is recovered or accepted. */
    public void sealing(final PeriodCipher cipher) {
        state.sealing.use(cipher);
        state.sealing.time(state.nowMs);
    }

    /** Puts limits in force; those that are as before go on from what has been used. */
    public void limits(final Traffic traffic) {
        state.trafficLimits.configure(traffic);
    }

    /** Adds a tenant or takes over its new config. */
    public void tenant(final int number, final Tenant config) {
        state.trafficLimits.tenant(number, config.name());
        final TenantState known = state.tenants.get(number);
        if (known == null) {
            state.tenants.put(number, new TenantState(number, config, state.nowNs));
        } else {
            known.configure(config, state.nowNs);
        }
    }

    /** What counts as a destination from now on. */
    public void numbers(final NumberRules rules) {
        state.numbers = rules;
    }

    /** Adds a carrier or takes over its new config. */
    public void carrier(final int number, final Carrier config, final TextProfile text, final MessageIds messageIds) {
        final CarrierState known = state.carriers.get(number);
        if (known == null) {
            final CarrierState carrier = new CarrierState(number, config, text, messageIds, state.limits, state.units);
            carrier.downSinceMs = state.nowMs;
            state.carriers.put(number, carrier);
            state.carrierList.add(carrier);
        } else {
            known.configure(config, text, messageIds);
        }
    }

    /** Time of the duty cycle that begins; everything until the next call happens at this time. */
    public void time(final long nowNs, final long nowMs) {
        state.nowNs = nowNs;
        state.nowMs = nowMs;
        state.sealing.time(nowMs);
    }

    /**
     * The engine's own work of a duty cycle: timers, then segments out. None while the journal is exhausted.
     *
     * @return amount of work done; 0: nothing to do now
     */
    public int doWork() {
        if (state.journal.exhausted()) {
            return 0;
        }
        int work = state.timers.poll(state.monotonicMs(), onTimer, TIMER_LIMIT);
        if (state.nowNs - choresAtNs >= 0) {
            choresAtNs = state.nowNs + CHORES_EVERY_NS;
            work += failover.moveFromDeadCarriers();
            work += inbound.expire();
        }
        state.sealing.doWork(state.journal.durable());
        return work + dispatcher.dispatch() + checkpoint.doWork();
    }

    /** Whether units wait for nothing but their bind's rate or window: the shard should look again soon. */
    public boolean hasWaiting() {
        for (int i = 0; i < state.carrierList.size(); i++) {
            final CarrierState carrier = state.carrierList.get(i);
            if (carrier.up() && carrier.queue.size() > 0) {
                return true;
            }
        }
        return false;
    }

    /** When a bind's rate lets go what waits for it, ns; {@code Long.MAX_VALUE} where nothing waits for time alone. */
    public long paceReadyAtNs() {
        long readyAtNs = Long.MAX_VALUE;
        for (int i = 0; i < state.carrierList.size(); i++) {
            final CarrierState carrier = state.carrierList.get(i);
            for (int j = 0; j < carrier.links.size(); j++) {
                final LinkState link = carrier.links.get(j);
                if (carrier.queue.size() > 0 || link.inProgress != null) {
                    readyAtNs = Math.min(readyAtNs, link.link.paceReadyAtNs(state.nowNs));
                }
            }
        }
        return readyAtNs;
    }

    @Override
    public void expect(final int tenant, final long referenceHi, final long referenceLo) {
        state.dedupe.touch(tenant, referenceHi, referenceLo);
    }

    @Override
    public void submit(final SubmitRequest request, final SubmitAnswer answer) {
        acceptance.submit(request, answer);
    }

    @Override
    public CancelOutcome cancel(final int tenant, final long unitId) {
        final Unit unit = state.units.get(unitId);
        if (unit == null || unit.tenant.number() != tenant) {
            return CancelOutcome.NOT_FOUND;
        }
        if (unit.writtenMask != 0 || unit.possibleDuplicate || state.journal.exhausted()) {
            return CancelOutcome.TOO_LATE;
        }
        closing.close(unit, UnitState.CANCELLED, ErrorCode.CANCELLED_BY_CLIENT);
        return CancelOutcome.CANCELLED;
    }

    @Override
    public boolean query(final int tenant, final long unitId, final UnitStatus status) {
        final Unit unit = state.units.get(unitId);
        if (unit == null) {
            return state.ended.find(tenant, unitId, state.nowMs, status);
        }
        status.state = unit.state;
        status.endedAtMs = 0;
        status.rawCode = unit.rawCode;
        return unit.tenant.number() == tenant;
    }

    @Override
    public int rateWaitMs(final int tenant) {
        final TenantState known = state.tenants.get(tenant);
        return known == null ? 0 : known.rateWaitMs(state.nowNs);
    }

    @Override
    public boolean converted(final int tenant, final long unitId, final long convertedAtMs) {
        final Unit unit = state.units.get(unitId);
        if ((unit != null && unit.tenant.number() != tenant) || state.journal.exhausted()) {
            return false;
        }
        // Of a unit that is closed the engine knows nothing any more; billing and quality read it from the journal.
        state.records.converted(tenant, unitId, convertedAtMs);
        return true;
    }

    @Override
    public void linkUp(final CarrierLink link) {
        final CarrierState carrier = state.carriers.get(link.carrier());
        carrier.downSinceMs = 0;
        carrier.links.add(new LinkState(link));
    }

    @Override
    public void linkDown(final CarrierLink link) {
        final CarrierState carrier = state.carriers.get(link.carrier());
        for (int i = carrier.links.size() - 1; i >= 0; i--) {
            final LinkState down = carrier.links.get(i);
            if (down.link == link) {
                carrier.links.remove(i);
                if (down.inProgress != null) {
                    state.enqueue(down.inProgress, true);
                }
            }
        }
        if (!carrier.up()) {
            carrier.downSinceMs = state.nowMs;
        }
    }

    @Override
    public void answered(
            final CarrierLink link,
            final long ticket,
            final int status,
            final DirectBuffer messageId,
            final int offset,
            final int length,
            final boolean late) {
        answers.answered(link, ticket, status, messageId, offset, length, late);
    }

    @Override
    public void concluded(
            final CarrierLink link,
            final long ticket,
            final int status,
            final Conclusion conclusion,
            final boolean late) {
        answers.concluded(link, ticket, status, conclusion, late);
    }

    @Override
    public void unanswered(final CarrierLink link, final long ticket, final Unanswered cause) {
        answers.unanswered(link, ticket, cause);
    }

    @Override
    public int receipt(final CarrierLink link, final ReceiptNotice receipt) {
        return state.journal.exhausted() ? ESME_RMSGQFUL : receipts.receipt(link, receipt);
    }

    @Override
    public int inbound(final CarrierLink link, final InboundNotice message) {
        return inbound.message(link, message);
    }

    /** The body of a unit has been read back from its {@code UnitAccepted} record; the unit may be gone by now. */
    public void bodyLoaded(
            final long unitId, final DirectBuffer record, final int offset, final int blockLength, final int version) {
        final Unit unit = state.units.get(unitId);
        if (unit != null && unit.loading) {
            unit.loading = false;
            if (!bodies.restore(unit, record, offset, blockLength, version)) {
                closing.close(unit, UnitState.FAILED, ErrorCode.INTERNAL);
            }
        }
    }

    /**
     * A request for a body ended without its record.
     *
     * @param nextSequence how far the journal was looked at; up to the record it is a matter of time, for readers see
     *     records only once they are published; behind it the record is damaged or gone, and the unit has lost its body
     */
    public void bodyMissing(final long unitId, final long nextSequence) {
        final Unit unit = state.units.get(unitId);
        if (unit == null || !unit.loading) {
            return;
        }
        unit.carrier.loading--;
        unit.loading = false;
        if (nextSequence <= unit.acceptedSequence) {
            state.enqueue(unit, true);
        } else {
            closing.close(unit, UnitState.FAILED, ErrorCode.INTERNAL);
        }
    }

    /** Stops taking submits; what is accepted goes on. */
    public void drain() {
        state.draining = true;
    }

    /** Takes a carrier out of use for new units, or back into it; its waiting units go elsewhere where they can. */
    public void drainCarrier(final int carrier, final boolean drained) {
        state.carriers.get(carrier).drained(drained);
    }

    /** Segments written and not answered, over all carriers. */
    public int outstanding() {
        int outstanding = 0;
        for (final CarrierState carrier : state.carrierList) {
            outstanding += carrier.outstanding;
        }
        return outstanding;
    }

    public int openUnits() {
        return state.units.open();
    }

    /** The next id, for a unit that is no message. */
    public long newUnitId() {
        return state.ids.next(state.nowMs);
    }

    /** What client references stand for. */
    public ClientReferences references() {
        return references;
    }

    /** What the engine shows of itself; to be used on the shard's thread. */
    public EngineView view() {
        return new EngineView(state);
    }

    /** How long messages stay here. */
    public StageTimes stages() {
        return state.stages;
    }

    public EngineCounters counters() {
        return state.counters;
    }

    /** Begins to write a checkpoint, a part of it each duty cycle; {@code done} hears the sequence that it began at. */
    public void checkpoint(final int configVersion, final CheckpointSource others, final Consumer<Long> done) {
        checkpoint.begin(configVersion, others, done);
    }

    /** Sequence of the oldest record that an open unit may still be read back from; Long.MAX_VALUE if there is none. */
    public long oldestNeeded() {
        return checkpoint.oldestNeeded();
    }

    /** When the oldest unit was accepted that was open at the last checkpoint, ms; 0: there has been none yet. */
    public long oldestOpenMs() {
        return checkpoint.oldestOpenMs();
    }

    /** Reads the journal into this engine, which must be new. */
    public EngineRecovery recovery() {
        return new EngineRecovery(state, answers, receipts, closing, inbound);
    }

    private void onTimer(final Unit unit, final Unit.TimerPurpose purpose) {
        switch (purpose) {
            case SCHEDULE -> {
                state.timerIn(unit, Unit.TimerPurpose.EXPIRY, state.leftMs(unit));
                state.enqueue(unit, false);
            }
            case RETRY -> {
                if (state.leftMs(unit) <= 0) {
                    expire(unit);
                } else {
                    state.timerIn(unit, Unit.TimerPurpose.EXPIRY, state.leftMs(unit));
                    state.enqueue(unit, true);
                }
            }
            case EXPIRY -> expire(unit);
            case RECEIPT -> closing.close(unit, UnitState.UNKNOWN, ErrorCode.RECEIPT_TIMEOUT);
            case IN_DOUBT -> answers.doubtTimedOut(unit);
            case NONE -> throw new IllegalStateException("a timer without a purpose fired");
        }
    }

    /** Its validity is over. What a carrier has taken of it, or may have, is no longer ours to expire. */
    private void expire(final Unit unit) {
        if (unit.possibleDuplicate) {
            closing.close(unit, UnitState.UNKNOWN, ErrorCode.IN_DOUBT_FAILED);
        } else if (unit.acceptedMask != 0) {
            closing.close(unit, UnitState.UNDELIVERED, ErrorCode.VALIDITY_EXPIRED);
        } else if (unit.writtenMask == 0) {
            closing.close(unit, UnitState.EXPIRED, ErrorCode.VALIDITY_EXPIRED);
        }
    }
}
