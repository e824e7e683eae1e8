package io.trunkline.gateway.engine;

import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Puts addresses and body, read back from the journal, into a unit that waits for them. */
final class Bodies {
    private Bodies() {}

    /** For a unit of this run, whose turn has come. */
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
        final Content content = Content.of(unit, decoder);
        content.keep(unit, state.payloads.takeRestored(content.length()));
        if (unit.payload == null) {
            // No memory for it just now: it stands at the front and asks again when its turn comes.
            state.enqueue(unit, true);
            return;
        }
        state.counters.bodiesReloaded++;
        unit.carrier.queue.addRestored(unit);
    }

    /** For a unit of an earlier run, found in the journal: with its body if there is memory for it. */
    static void copy(final EngineState state, final Unit unit, final UnitAcceptedDecoder decoder) {
        final Content content = Content.of(unit, decoder);
        content.keep(unit, unit.carrier.mayHoldBody(unit) ? state.payloads.take(content.length()) : null);
    }

    /** Addresses and body where a record has them. */
    private record Content(UnsafeBuffer from, UnsafeBuffer to, UnsafeBuffer body) {
        /** Nothing of the variable data may have been read. */
        static Content of(final Unit unit, final UnitAcceptedDecoder decoder) {
            final Content content = new Content(new UnsafeBuffer(0, 0), new UnsafeBuffer(0, 0), new UnsafeBuffer(0, 0));
            decoder.wrapFrom(content.from);
            decoder.wrapTo(content.to);
            decoder.wrapBody(content.body);
            unit.destination = InDoubtUnits.number(content.to, 0, content.to.capacity());
            unit.senderHi = PackedSender.hi(content.from, 0, content.from.capacity());
            unit.senderLo = PackedSender.lo(content.from, 0, content.from.capacity());
            unit.fromLength = (byte) content.from.capacity();
            unit.toLength = (byte) content.to.capacity();
            unit.bodyLength = content.body.capacity();
            return content;
        }

        int length() {
            return from.capacity() + to.capacity() + body.capacity();
        }

        void keep(final Unit unit, final byte[] payload) {
            if (payload != null) {
                unit.payload = payload;
                unit.carrier.bodiesHeld++;
                from.getBytes(0, payload, 0, from.capacity());
                to.getBytes(0, payload, from.capacity(), to.capacity());
                body.getBytes(0, payload, from.capacity() + to.capacity(), body.capacity());
            }
        }
    }
}
