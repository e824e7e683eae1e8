package io.trunkline.gateway.engine;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.Carrier.Reroute;
import io.trunkline.gateway.engine.CarrierDesk.Unanswered;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What becomes of a segment that was written: taken, refused for now or for good, or in doubt. */
final class Answers {
    private static final int WISH_NONE = 1;
    private static final int MAX_ATTEMPT = 255;

    private final EngineState state;
    private final Closing closing;
    private final Failover failover;
    private final Receipts receipts;
    private final UnsafeBuffer none = new UnsafeBuffer(new byte[0]);

    Answers(final EngineState state, final Closing closing, final Failover failover, final Receipts receipts) {
        this.state = state;
        this.closing = closing;
        this.failover = failover;
        this.receipts = receipts;
    }

    void answered(
            final CarrierLink link,
            final long ticket,
            final int status,
            final DirectBuffer messageId,
            final int offset,
            final int length,
            final boolean late) {
        final CarrierState carrier = state.carriers.get(link.carrier());
        final int segment = Unit.segmentOf(ticket);
        final Unit unit = concerned(carrier, ticket, status == 0, late);
        if (unit == null) {
            return;
        }
        if (status == 0) {
            state.records.segmentAnswered(
                    unit,
                    link,
                    segment,
                    Unit.attemptOf(ticket),
                    0,
                    EngineRecords.OUTCOME_ACCEPTED,
                    ErrorCode.NONE,
                    messageId,
                    offset,
                    length);
            if (length > 0) {
                receipts.identified(unit, segment, messageId, offset, length);
            }
            accepted(unit, segment);
        } else {
            refused(carrier, link, unit, segment, status);
        }
    }

    void concluded(
            final CarrierLink link,
            final long ticket,
            final int status,
            final Conclusion conclusion,
            final boolean late) {
        final int segment = Unit.segmentOf(ticket);
        final Unit unit = concerned(state.carriers.get(link.carrier()), ticket, true, late);
        if (unit != null) {
            state.records.segmentConcluded(unit, link, segment, Unit.attemptOf(ticket), status, conclusion);
            receipts.concluded(unit, segment, conclusion);
            accepted(unit, segment);
        }
    }

    /** The unit that an answer is for; null where it does not matter any more. */
    private Unit concerned(final CarrierState carrier, final long ticket, final boolean taken, final boolean late) {
        final Unit unit = state.units.ofTicket(ticket);
        final int segment = Unit.segmentOf(ticket);
        if (late) {
            state.counters.lateAnswers++;
        } else {
            carrier.outstanding--;
        }
        if (unit == null || unit.carrier != carrier || (unit.acceptedMask >>> segment & 1) != 0) {
            // Its unit was closed or moved since, or a resend was quicker.
            return null;
        }
        if ((unit.writtenMask >>> segment & 1) == 0) {
            if (!taken) {
                return null;
            }
            // It waits to be sent again, and need not be: the carrier has it after all.
            unit.writtenMask |= 1L << segment;
        }
        return unit;
    }

    private void accepted(final Unit unit, final int segment) {
        final long bit = 1L << segment;
        unit.acceptedMask |= bit;
        unit.inDoubtMask &= ~bit;
        unit.carrier.segmentsAccepted++;
        state.counters.segmentsAccepted++;
        if (unit.doomed()) {
            closeIfDoomed(unit);
        } else if (unit.acceptedMask == unit.allPdus()) {
            sent(unit);
        }
    }

    /** All segments are with the carrier. */
    void sent(final Unit unit) {
        leave(unit);
        unit.carrier.inDoubt.remove(unit);
        unit.state = UnitState.SENT;
        unit.sentAt(state.nowMs);
        unit.carrier.awaitingReceipt++;
        state.releasePayload(unit);
        if (unit.concluded()) {
            closeConcluded(unit);
            return;
        }
        if (unit.receiptWish == WISH_NONE) {
            closing.close(unit, UnitState.UNKNOWN, ErrorCode.NO_RECEIPT_REQUESTED);
            return;
        }
        closing.progressed(unit);
        if (!receipts.closeIfComplete(unit)) {
            state.timerIn(
                    unit,
                    Unit.TimerPurpose.RECEIPT,
                    unit.carrier.config().receipts().timeout().toMillis());
        }
    }

    /** All segments are with a carrier whose answers were its last word. */
    void closeConcluded(final Unit unit) {
        if (!receipts.closeIfComplete(unit)) {
            unit.rawCode = 0;
            closing.close(
                    unit,
                    UnitState.UNKNOWN,
                    unit.receiptWish == WISH_NONE ? ErrorCode.NO_RECEIPT_REQUESTED : ErrorCode.NO_RECEIPT_GIVEN);
        }
    }

    /** None of a unit's carrier's links can carry it, as this one found before anything was written: perhaps another carrier's can. */
    void notCarried(final CarrierLink link, final Unit unit, final ErrorCode code) {
        final int next = failover.next(unit);
        final int outcome = next < 0 ? EngineRecords.OUTCOME_FAILED : EngineRecords.OUTCOME_REROUTE;
        unit.errorCode = code.number();
        unit.rawCode = 0;
        state.counters.notCarried++;
        state.records.segmentAnswered(unit, link, 0, unit.attempt & 0xFF, 0, outcome, code, none, 0, 0);
        follow(unit, outcome, unit.carrier.retryRule(code), next);
    }

    private void refused(
            final CarrierState carrier, final CarrierLink link, final Unit unit, final int segment, final int status) {
        final ErrorCode code = carrier.statuses(link.protocol()).code(status);
        if (!carrier.statuses(link.protocol()).maps(status)) {
            state.counters.unmappedStatuses++;
        }
        final int attempt = unit.attempt & 0xFF;
        unit.writtenMask &= ~(1L << segment);
        unit.inDoubtMask &= ~(1L << segment);
        if (unit.state == UnitState.IN_DOUBT && unit.inDoubtMask == 0) {
            carrier.inDoubt.remove(unit);
            unit.state = UnitState.ACCEPTED;
        }
        unit.rawCode = status;
        unit.errorCode = code.number();
        carrier.segmentsRefused++;
        state.counters.segmentsRefused++;
        if (unit.doomed()) {
            state.records.segmentAnswered(
                    unit, link, segment, attempt, status, EngineRecords.OUTCOME_FAILED, code, none, 0, 0);
            closeIfDoomed(unit);
            return;
        }
        final Carrier.RetryRule rule = carrier.retryRule(code);
        final int next = rule.reroute() != Reroute.NEVER && unit.writtenMask == 0 ? failover.next(unit) : -1;
        final boolean again = attempt + 1 < rule.attempts() && (rule.reroute() != Reroute.AT_ONCE || next < 0);
        final boolean throttled = code == ErrorCode.CARRIER_THROTTLED || code == ErrorCode.CARRIER_QUEUE;
        carrier.segmentsThrottled += throttled ? 1 : 0;
        final int outcome = again || (throttled && next < 0)
                ? EngineRecords.OUTCOME_RETRY
                : next >= 0 ? EngineRecords.OUTCOME_REROUTE : EngineRecords.OUTCOME_FAILED;
        state.records.segmentAnswered(unit, link, segment, attempt, status, outcome, code, none, 0, 0);
        if (outcome != EngineRecords.OUTCOME_RETRY) {
            state.router.ended(carrier.number(), false, Closing.NO_DELAY, state.nowMs);
        }
        follow(unit, outcome, rule, next);
    }

    private void follow(final Unit unit, final int outcome, final Carrier.RetryRule rule, final int nextCandidate) {
        switch (outcome) {
            case EngineRecords.OUTCOME_RETRY -> {
                unit.attempt = (byte) Math.min(MAX_ATTEMPT, (unit.attempt & 0xFF) + 1);
                state.counters.retries++;
                retryAfter(unit, rule.delayBefore((unit.attempt & 0xFF) + 1).toMillis());
            }
            case EngineRecords.OUTCOME_REROUTE -> {
                leave(unit);
                failover.move(unit, nextCandidate);
                retryAfter(unit, 0);
            }
            default -> {
                unit.doom();
                leave(unit);
                closeIfDoomed(unit);
            }
        }
    }

    /** Ends a unit that was refused for good, once nothing of it is under way any more. */
    private void closeIfDoomed(final Unit unit) {
        if (unit.doomed() && unit.unansweredPdus() == 0) {
            closing.close(unit, refusedState(unit), ErrorCode.of(unit.errorCode));
        }
    }

    /** A carrier said no for good: to all of it, to a part, or to a copy of what another may have. */
    private static UnitState refusedState(final Unit unit) {
        if (unit.acceptedMask != 0) {
            return UnitState.UNDELIVERED;
        }
        return unit.possibleDuplicate || unit.inDoubtMask != 0 ? UnitState.UNKNOWN : UnitState.FAILED;
    }

    /** Stands the unit in its carrier's queue again, at the front, once the delay has passed. */
    private void retryAfter(final Unit unit, final long delayMs) {
        leave(unit);
        final long leftMs = state.leftMs(unit);
        if (delayMs > 0) {
            state.timerIn(unit, Unit.TimerPurpose.RETRY, Math.min(delayMs, leftMs));
        } else {
            state.timerIn(unit, Unit.TimerPurpose.EXPIRY, leftMs);
            state.enqueue(unit, true);
        }
    }

    /** Takes the unit off the queue and off the bind that is in the midst of it. */
    private void leave(final Unit unit) {
        state.dequeue(unit);
        for (int i = 0; i < unit.carrier.links.size(); i++) {
            final LinkState link = unit.carrier.links.get(i);
            if (link.inProgress == unit) {
                link.inProgress = null;
            }
        }
    }

    void unanswered(final CarrierLink link, final long ticket, final Unanswered cause) {
        final CarrierState carrier = state.carriers.get(link.carrier());
        carrier.outstanding--;
        final Unit unit = state.units.ofTicket(ticket);
        final int segment = Unit.segmentOf(ticket);
        if (unit != null
                && (unit.writtenMask >>> segment & 1) != 0
                && ((unit.acceptedMask | unit.inDoubtMask) >>> segment & 1) == 0) {
            doubt(unit, link, segment, cause);
        }
    }

    /**
     * The answer to a written segment is lost: the carrier's policy for the unit's class says what to do.
     *
     * @param link over which it was written; null after a restart
     */
    void doubt(final Unit unit, final CarrierLink link, final int segment, final Unanswered cause) {
        unit.inDoubtMask |= 1L << segment;
        unit.carrier.inDoubt.noted(unit);
        state.counters.segmentsInDoubt++;
        state.records.segmentInDoubt(unit, link, segment, cause);
        resolve(unit);
    }

    /** Applies the in-doubt policy to a unit with segments in doubt. */
    void resolve(final Unit unit) {
        if (unit.doomed()) {
            closeIfDoomed(unit);
            return;
        }
        final Carrier.Doubt doubt = unit.carrier.doubt(unit);
        switch (doubt.policy()) {
            case FAIL -> closing.close(unit, UnitState.UNKNOWN, ErrorCode.IN_DOUBT_FAILED);
            case RESEND -> {
                if (doubt.waitFor().isZero()) {
                    resend(unit);
                } else {
                    await(unit, doubt.waitFor().toMillis());
                }
            }
            case WAIT_FOR_RECEIPT -> await(unit, doubt.waitFor().toMillis());
        }
    }

    private void await(final Unit unit, final long waitMs) {
        leave(unit);
        if (unit.state != UnitState.IN_DOUBT) {
            unit.state = UnitState.IN_DOUBT;
            unit.carrier.inDoubt.add(unit);
            closing.progressed(unit);
        }
        state.timerIn(unit, Unit.TimerPurpose.IN_DOUBT, waitMs);
    }

    /** The wait for a late answer or a receipt is over. */
    void doubtTimedOut(final Unit unit) {
        if (unit.carrier.doubt(unit).policy() == Carrier.DoubtPolicy.RESEND) {
            resend(unit);
        } else {
            closing.close(unit, UnitState.UNKNOWN, ErrorCode.IN_DOUBT_FAILED);
        }
    }

    private void resend(final Unit unit) {
        final int attempt = (unit.attempt & 0xFF) + 1;
        final Carrier.RetryRule rule = unit.carrier.retryRule(ErrorCode.CARRIER_SYSTEM_ERROR);
        if (attempt > Math.max(1, rule.attempts()) || state.leftMs(unit) <= 0) {
            closing.close(unit, UnitState.UNKNOWN, ErrorCode.IN_DOUBT_FAILED);
            return;
        }
        unit.carrier.inDoubt.remove(unit);
        unit.state = UnitState.ACCEPTED;
        unit.attempt = (byte) Math.min(MAX_ATTEMPT, attempt);
        unit.possibleDuplicate = true;
        unit.writtenMask &= ~unit.inDoubtMask;
        unit.inDoubtMask = 0;
        state.counters.retries++;
        retryAfter(unit, 0);
    }
}
