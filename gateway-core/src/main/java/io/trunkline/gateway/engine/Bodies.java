package io.trunkline.gateway.engine;

import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Puts addresses and body, read back from the journal, into a unit that waits for them. Allocates nothing for a record. */
final class Bodies {
    private final EngineState state;
    private final UnitAcceptedDecoder decoder = new UnitAcceptedDecoder();
    private final UnsafeBuffer from = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer to = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
    private int period;

    Bodies(final EngineState state) {
        this.state = state;
    }

    /**
     * For a unit of this run, whose turn has come.
     *
     * @return false where the body is sealed and its key is gone: the unit has lost it
     */
    boolean restore(
            final Unit unit, final DirectBuffer record, final int offset, final int blockLength, final int version) {
        decoder.wrap(record, offset, blockLength, version);
        unit.carrier.loading--;
        if (!opens(decoder)) {
            return false;
        }
        read(unit, decoder);
        keep(unit, state.payloads.takeRestored(length()));
        if (unit.payload == null) {
            // No memory for it just now: it stands at the front and asks again when its turn comes.
            state.enqueue(unit, true);
            return true;
        }
        state.counters.bodiesReloaded++;
        unit.carrier.queue.addRestored(unit);
        return true;
    }

    /**
     * For a unit of an earlier run, found in the journal: with its body if there is memory for it.
     *
     * @param accepted nothing of whose variable data has been read
     */
    void copy(final Unit unit, final UnitAcceptedDecoder accepted) {
        read(unit, accepted);
        keep(unit, opens(accepted) && unit.carrier.mayHoldBody(unit) ? state.payloads.take(length()) : null);
    }

    private boolean opens(final UnitAcceptedDecoder accepted) {
        return state.sealing.opens(Sealing.key(accepted.bodyKey()), accepted.bodyKeySerial())
                && state.sealing.opens(PeriodCipher.period(accepted.bodyPeriod()));
    }

    private void read(final Unit unit, final UnitAcceptedDecoder accepted) {
        period = PeriodCipher.period(accepted.bodyPeriod());
        accepted.wrapFrom(from);
        accepted.wrapTo(to);
        accepted.wrapBody(body);
        unit.destination = InDoubtUnits.number(to, 0, to.capacity());
        unit.senderHi = PackedSender.hi(from, 0, from.capacity());
        unit.senderLo = PackedSender.lo(from, 0, from.capacity());
        unit.fromLength = (byte) from.capacity();
        unit.toLength = (byte) to.capacity();
        unit.bodyLength = (char) body.capacity();
    }

    private int length() {
        return from.capacity() + to.capacity() + body.capacity();
    }

    private void keep(final Unit unit, final byte[] payload) {
        if (payload != null) {
            unit.payload = payload;
            unit.carrier.bodiesHeld++;
            from.getBytes(0, payload, 0, from.capacity());
            to.getBytes(0, payload, from.capacity(), to.capacity());
            final int bodyOffset = from.capacity() + to.capacity();
            body.getBytes(0, payload, bodyOffset, body.capacity());
            target.wrap(payload);
            state.sealing.decipher(period, PeriodCipher.Use.ACCEPTED, unit.id, target, bodyOffset, body.capacity());
            state.sealing.apply(unit, target, bodyOffset, body.capacity());
        }
    }
}
