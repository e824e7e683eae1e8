package io.trunkline.gateway.events;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.CallAnsweredDecoder;
import io.trunkline.gateway.journal.codec.CallEndedDecoder;
import io.trunkline.gateway.journal.codec.CallProgressedDecoder;
import io.trunkline.gateway.journal.codec.CallStartedDecoder;
import org.agrona.DirectBuffer;

/** Reads the events of calls out of their records. Reused flyweights: one instance per thread. */
final class CallEventReader {
    private static final int OK = 200;

    private final CallStartedDecoder started = new CallStartedDecoder();
    private final CallProgressedDecoder progressed = new CallProgressedDecoder();
    private final CallAnsweredDecoder answered = new CallAnsweredDecoder();
    private final CallEndedDecoder ended = new CallEndedDecoder();
    private int tenant;
    private long sequence;

    /** Looks at a record; false where it is none of a call's that may carry an event. */
    boolean wrap(final RecordView record) {
        switch (record.templateId()) {
            case CallStartedDecoder.TEMPLATE_ID -> {
                started.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                tenant = (int) started.tenant();
                sequence = started.eventSequence();
            }
            case CallProgressedDecoder.TEMPLATE_ID -> {
                progressed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                tenant = (int) progressed.tenant();
                sequence = progressed.eventSequence();
            }
            case CallAnsweredDecoder.TEMPLATE_ID -> {
                answered.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                tenant = (int) answered.tenant();
                sequence = answered.eventSequence();
            }
            case CallEndedDecoder.TEMPLATE_ID -> {
                ended.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                tenant = (int) ended.tenant();
                sequence = ended.eventSequence();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    int tenant() {
        return tenant;
    }

    /** 0 where nobody is told. */
    long sequence() {
        return sequence;
    }

    /** Fills in what the record wrapped last says. */
    void read(final RecordView record, final CallEvent event) {
        event.errorCode = 0;
        event.status = 0;
        event.cause = 0;
        event.pddMs = CallEvent.NONE;
        event.setupMs = CallEvent.NONE;
        event.talkMs = CallEvent.NONE;
        event.withoutParties();
        switch (record.templateId()) {
            case CallStartedDecoder.TEMPLATE_ID -> started(event, record.buffer());
            case CallProgressedDecoder.TEMPLATE_ID -> {
                event.referenceHi = progressed.referenceHi();
                event.referenceLo = progressed.referenceLo();
                event.state = CallUnitState.RINGING.number();
                event.status = progressed.status();
                event.direction = progressed.direction();
                event.pddMs = (int) progressed.afterMs();
            }
            case CallAnsweredDecoder.TEMPLATE_ID -> {
                event.referenceHi = answered.referenceHi();
                event.referenceLo = answered.referenceLo();
                event.state = CallUnitState.ANSWERED.number();
                event.status = OK;
                event.direction = answered.direction();
                event.pddMs = time(answered.pddMs());
                event.setupMs = time(answered.setupMs());
            }
            default -> ended(event, record.buffer());
        }
    }

    private void started(final CallEvent event, final DirectBuffer buffer) {
        event.referenceHi = started.referenceHi();
        event.referenceLo = started.referenceLo();
        event.state = CallUnitState.PLACED.number();
        event.direction = started.direction();
        parties(event, buffer, started.limit());
    }

    private void ended(final CallEvent event, final DirectBuffer buffer) {
        event.referenceHi = ended.referenceHi();
        event.referenceLo = ended.referenceLo();
        event.state = ended.outcome();
        event.errorCode = ended.errorCode();
        event.status = ended.status();
        event.cause = ended.cause();
        event.direction = ended.direction();
        event.pddMs = time(ended.pddMs());
        event.setupMs = time(ended.setupMs());
        event.talkMs = time(ended.talkMs());
        parties(event, buffer, ended.limit());
    }

    /** The first two texts behind the block. */
    private static void parties(final CallEvent event, final DirectBuffer buffer, final int at) {
        event.buffer = buffer;
        event.fromLength = buffer.getShort(at, LITTLE_ENDIAN) & 0xFFFF;
        event.fromOffset = at + Short.BYTES;
        final int to = event.fromOffset + event.fromLength;
        event.toLength = buffer.getShort(to, LITTLE_ENDIAN) & 0xFFFF;
        event.toOffset = to + Short.BYTES;
    }

    private static int time(final long ms) {
        return ms == CallEndedDecoder.setupMsNullValue() ? CallEvent.NONE : (int) ms;
    }
}
