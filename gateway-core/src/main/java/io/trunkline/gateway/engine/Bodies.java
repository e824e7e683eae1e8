package io.trunkline.gateway.engine;

import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Puts addresses and body, read back from the journal, into a unit that waits for them. */
final class Bodies {
    private Bodies() {}

    static void restore(
            final EngineState state,
            final Unit unit,
            final DirectBuffer record,
            final int offset,
            final int blockLength,
            final int version) {
        final UnitAcceptedDecoder decoder = new UnitAcceptedDecoder();
        decoder.wrap(record, offset, blockLength, version);
        unit.carrier.loading--;
        if (!copy(state, unit, decoder)) {
            // Still no memory for it: it stands at the front and asks again when its turn comes.
            state.enqueue(unit, true);
            return;
        }
        state.counters.bodiesReloaded++;
        state.enqueue(unit, true);
    }

    /** Copies what {@code decoder} holds, if there is memory for it. Nothing of the variable data may have been read. */
    static boolean copy(final EngineState state, final Unit unit, final UnitAcceptedDecoder decoder) {
        final UnsafeBuffer from = new UnsafeBuffer(0, 0);
        final UnsafeBuffer to = new UnsafeBuffer(0, 0);
        final UnsafeBuffer body = new UnsafeBuffer(0, 0);
        decoder.wrapFrom(from);
        decoder.wrapTo(to);
        decoder.wrapBody(body);
        unit.destination = InDoubtUnits.number(to, 0, to.capacity());
        unit.fromLength = (byte) from.capacity();
        unit.toLength = (byte) to.capacity();
        unit.bodyLength = body.capacity();
        if (unit.candidateCount == 0) {
            route(state, unit, to);
        }
        final byte[] payload = unit.carrier.mayHoldBody()
                ? state.payloads.take(from.capacity() + to.capacity() + body.capacity())
                : null;
        if (payload == null) {
            return false;
        }
        unit.payload = payload;
        unit.carrier.bodiesHeld++;
        from.getBytes(0, payload, 0, from.capacity());
        to.getBytes(0, payload, from.capacity(), to.capacity());
        body.getBytes(0, payload, from.capacity() + to.capacity(), body.capacity());
        return true;
    }

    /** A unit from an earlier run: its carriers are those of the table in force now, after the one that it stands with. */
    private static void route(final EngineState state, final Unit unit, final UnsafeBuffer to) {
        final int[] candidates = new int[Unit.MAX_CANDIDATES];
        final int count =
                state.router.route(unit.tenantNumber, unit.messageClass, to, 0, to.capacity(), unit.id, candidates);
        unit.addCandidate(unit.carrier.number());
        for (int i = 0; i < count && unit.candidateCount < Unit.MAX_CANDIDATES; i++) {
            if (candidates[i] != unit.carrier.number()) {
                unit.addCandidate(candidates[i]);
            }
        }
    }
}
