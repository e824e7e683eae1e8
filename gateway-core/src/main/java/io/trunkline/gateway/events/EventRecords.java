package io.trunkline.gateway.events;

import io.trunkline.gateway.journal.RecordFilter;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.InboundReceivedDecoder;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import io.trunkline.gateway.journal.codec.UnitProgressedDecoder;
import io.trunkline.gateway.journal.seal.PeriodCipher;

/** Reads events out of the records that carry them. Reused flyweights: one instance per thread. */
final class EventRecords {
    private static final long NS_PER_MS = 1_000_000;

    private final UnitProgressedDecoder progressed = new UnitProgressedDecoder();
    private final UnitClosedDecoder closed = new UnitClosedDecoder();
    private final InboundReceivedDecoder inbound = new InboundReceivedDecoder();
    private final CallEventReader calls = new CallEventReader();
    private int tenant;
    private long sequence;

    /** Looks at a record; false where it carries no event. */
    boolean wrap(final RecordView record) {
        switch (record.templateId()) {
            case UnitClosedDecoder.TEMPLATE_ID -> {
                closed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                tenant = (int) closed.tenant();
                sequence = closed.eventSequence();
            }
            case UnitProgressedDecoder.TEMPLATE_ID -> {
                progressed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                tenant = (int) progressed.tenant();
                sequence = progressed.eventSequence();
            }
            case InboundReceivedDecoder.TEMPLATE_ID -> {
                inbound.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                tenant = (int) inbound.tenant();
                sequence = inbound.eventSequence();
            }
            default -> {
                sequence = calls.wrap(record) ? calls.sequence() : 0;
                tenant = calls.tenant();
            }
        }
        // 0 also where a record of these kinds tells nobody: an inbound message to a number that no tenant owns, and
        // the calls
        // of those who hear all there is by SIP.
        return sequence > 0;
    }

    int tenant() {
        return tenant;
    }

    long sequence() {
        return sequence;
    }

    /** What an event is about. */
    enum Kind {
        STATUS,
        INBOUND,
        CALL
    }

    /** Of a record that carries an event. */
    static Kind kind(final RecordView record) {
        return switch (record.templateId()) {
            case InboundReceivedDecoder.TEMPLATE_ID -> Kind.INBOUND;
            case UnitClosedDecoder.TEMPLATE_ID, UnitProgressedDecoder.TEMPLATE_ID -> Kind.STATUS;
            default -> Kind.CALL;
        };
    }

    /** Fills in the event of a call of the record wrapped last; its numbers stay in the record's buffer. */
    void read(final RecordView record, final CallEvent event) {
        event.sequence = sequence;
        event.unitId = record.unitId();
        event.timeMs = record.wallTimeNs() / NS_PER_MS;
        event.replayed = true;
        calls.read(record, event);
    }

    /** Fills in the status event of the record wrapped last. */
    void read(final RecordView record, final StatusEvent event) {
        event.sequence = sequence;
        event.unitId = record.unitId();
        event.timeMs = record.wallTimeNs() / NS_PER_MS;
        event.replayed = true;
        if (record.templateId() == UnitClosedDecoder.TEMPLATE_ID) {
            event.referenceHi = closed.referenceHi();
            event.referenceLo = closed.referenceLo();
            event.state = closed.state();
            event.errorCode = closed.errorCode();
            event.rawCode = (int) closed.rawCode();
            event.segments = closed.segments();
            event.segmentsDelivered = closed.segmentsDelivered();
            event.possibleDuplicate = closed.possibleDuplicate() == 1;
            event.origin = closed.origin();
            event.receiptWish = closed.receiptWish();
            event.acceptedAtMs = closed.acceptedAtMs();
            event.destination = closed.destination();
            event.senderHi = closed.senderHi();
            event.senderLo = closed.senderLo();
        } else {
            event.referenceHi = progressed.referenceHi();
            event.referenceLo = progressed.referenceLo();
            event.state = progressed.state();
            event.errorCode = 0;
            final long rawCode = progressed.rawCode();
            // Records of the first version do not have it.
            event.rawCode = rawCode == UnitProgressedDecoder.rawCodeNullValue() ? 0 : (int) rawCode;
            event.segments = progressed.segments();
            event.segmentsDelivered = 0;
            event.possibleDuplicate = progressed.possibleDuplicate() == 1;
            event.origin = progressed.origin();
            event.receiptWish = progressed.receiptWish();
            event.acceptedAtMs = progressed.acceptedAtMs();
            event.destination = progressed.destination();
            event.senderHi = progressed.senderHi();
            event.senderLo = progressed.senderLo();
        }
    }

    /** Fills in the inbound event of the record wrapped last; its text stays in the record's buffer. */
    void read(final RecordView record, final InboundEvent event) {
        event.sequence = sequence;
        event.unitId = record.unitId();
        event.timeMs = record.wallTimeNs() / NS_PER_MS;
        event.encoding = inbound.encoding();
        event.dataCoding = inbound.dataCoding();
        event.segments = inbound.segments();
        event.segmentsMissing = inbound.segmentsMissing();
        event.replayed = true;
        event.buffer = record.buffer();
        event.fromLength = inbound.fromLength();
        event.fromOffset = inbound.limit() + InboundReceivedDecoder.fromHeaderLength();
        inbound.skipFrom();
        event.toLength = inbound.toLength();
        event.toOffset = inbound.limit() + InboundReceivedDecoder.toHeaderLength();
        inbound.skipTo();
        event.bodyLength = inbound.bodyLength();
        event.bodyOffset = inbound.limit() + InboundReceivedDecoder.bodyHeaderLength();
    }

    /** Of the inbound event of the record wrapped last. */
    int bodyPeriod() {
        return PeriodCipher.period(inbound.bodyPeriod());
    }

    /** Accepts one tenant's events after a sequence; runs on the reading thread with flyweights of its own. */
    static RecordFilter after(final int wantedTenant, final long position) {
        final EventRecords records = new EventRecords();
        return record -> records.wrap(record) && records.tenant == wantedTenant && records.sequence > position;
    }
}
