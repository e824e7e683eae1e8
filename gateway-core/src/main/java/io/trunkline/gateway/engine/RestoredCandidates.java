package io.trunkline.gateway.engine;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The carriers of a unit from an earlier run: the one that it stands with, to which nothing changes, and after it those of the
 * table in force now.
 */
final class RestoredCandidates {
    private static final int MAX_DIGITS = 20;

    private final EngineState state;
    private final RouteQuestion question = new RouteQuestion();
    private final RouteDecision decision = new RouteDecision();
    private final UnsafeBuffer from = new UnsafeBuffer(new byte[PackedSender.MAX_LENGTH]);
    private final UnsafeBuffer to = new UnsafeBuffer(new byte[MAX_DIGITS]);

    RestoredCandidates(final EngineState state) {
        this.state = state;
        question.from = from;
        question.to = to;
    }

    void of(final Unit unit) {
        unit.addCandidate(unit.carrier.number(), unit.treatment == null ? Treatment.NONE : unit.treatment.number());
        if (unit.acceptedMask == unit.allPdus() || unit.destination == 0) {
            return;
        }
        question.tenant = unit.tenant.number();
        question.messageClass = unit.messageClass;
        question.unitId = unit.id;
        question.nowMs = state.nowMs;
        question.fromLength = PackedSender.unpack(unit.senderHi, unit.senderLo, from, 0);
        // No number that a carrier can reach begins with 0, so none has lost a digit.
        question.toLength = to.putLongAscii(0, unit.destination);
        state.router.route(question, decision);
        // Another rewrite would send the unit to another number than before.
        final int rewrite = unit.rewrite == null ? Treatment.NONE : unit.rewrite.number();
        for (int i = 0; i < decision.count && decision.rewrite == rewrite; i++) {
            if (decision.carriers[i] != unit.carrier.number() && unit.candidateCount < Unit.MAX_CANDIDATES) {
                unit.addCandidate(decision.carriers[i], decision.treatments[i]);
            }
        }
    }
}
