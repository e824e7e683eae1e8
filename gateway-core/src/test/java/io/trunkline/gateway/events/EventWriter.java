package io.trunkline.gateway.events;

import io.trunkline.gateway.journal.codec.CursorSnapshotEncoder;
import io.trunkline.gateway.journal.codec.EventAcknowledgedEncoder;
import io.trunkline.gateway.journal.codec.InboundReceivedEncoder;
import io.trunkline.gateway.journal.codec.NamedEncoder;
import io.trunkline.gateway.journal.codec.UnitClosedEncoder;
import io.trunkline.gateway.journal.codec.UnitProgressedEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** What the engine does when something happens that a tenant is told of: sequence, record, event. */
final class EventWriter {
    static final int SENT = 2;
    static final int DELIVERED = 10;

    private final MemoryJournal journal;
    /** When it all begins, wall time; an event happens every 10 ms. */
    long beginMs;

    private final UnitClosedEncoder closed = new UnitClosedEncoder();
    private final UnitProgressedEncoder progressed = new UnitProgressedEncoder();
    private final InboundReceivedEncoder received = new InboundReceivedEncoder();
    private final StatusEvent status = new StatusEvent();
    private final InboundEvent inbound = new InboundEvent();

    EventWriter(final MemoryJournal journal) {
        this.journal = journal;
    }

    static int blockLength(final int template) {
        return switch (template) {
            case UnitClosedEncoder.TEMPLATE_ID -> UnitClosedEncoder.BLOCK_LENGTH;
            case UnitProgressedEncoder.TEMPLATE_ID -> UnitProgressedEncoder.BLOCK_LENGTH;
            case InboundReceivedEncoder.TEMPLATE_ID -> InboundReceivedEncoder.BLOCK_LENGTH;
            case NamedEncoder.TEMPLATE_ID -> NamedEncoder.BLOCK_LENGTH;
            case EventAcknowledgedEncoder.TEMPLATE_ID -> EventAcknowledgedEncoder.BLOCK_LENGTH;
            case CursorSnapshotEncoder.TEMPLATE_ID -> CursorSnapshotEncoder.BLOCK_LENGTH;
            default -> throw new AssertionError("template " + template);
        };
    }

    /** A unit reaches a state; terminal or not makes two kinds of record. Returns the record's sequence. */
    long status(final TenantStreams streams, final int tenant, final long unitId, final int state) {
        final long sequence = streams.nextSequence(tenant);
        final long timeMs = beginMs + sequence * 10;
        journal.wallTimeNs(timeMs * 1_000_000);
        final long record = state >= DELIVERED
                ? closed(sequence, tenant, unitId, state)
                : progressed(sequence, tenant, unitId, state);
        status.sequence = sequence;
        status.unitId = unitId;
        status.referenceHi = -unitId;
        status.referenceLo = unitId;
        status.timeMs = timeMs;
        status.state = state;
        status.errorCode = state >= DELIVERED ? 3020 : 0;
        status.rawCode = state >= DELIVERED ? 0x88 : 0x58;
        status.segments = 200;
        status.segmentsDelivered = state >= DELIVERED ? 199 : 0;
        status.possibleDuplicate = unitId % 2 == 0;
        streams.status(tenant, status, record);
        return record;
    }

    private long closed(final long sequence, final int tenant, final long unitId, final int state) {
        final int offset = journal.begin(UnitClosedEncoder.TEMPLATE_ID, unitId, UnitClosedEncoder.BLOCK_LENGTH);
        closed.wrap(journal.buffer(), offset)
                .eventSequence(sequence)
                .referenceHi(-unitId)
                .referenceLo(unitId)
                .rawCode(0x88)
                .tenant(tenant)
                .carrier(1)
                .errorCode(3020)
                .state((short) state)
                .segments((short) 200)
                .segmentsDelivered((short) 199)
                .possibleDuplicate((short) (unitId % 2 == 0 ? 1 : 0));
        return journal.commit(closed.encodedLength());
    }

    private long progressed(final long sequence, final int tenant, final long unitId, final int state) {
        final int offset = journal.begin(UnitProgressedEncoder.TEMPLATE_ID, unitId, UnitProgressedEncoder.BLOCK_LENGTH);
        progressed
                .wrap(journal.buffer(), offset)
                .eventSequence(sequence)
                .referenceHi(-unitId)
                .referenceLo(unitId)
                .tenant(tenant)
                .carrier(1)
                .state((short) state)
                .segments((short) 200)
                .possibleDuplicate((short) (unitId % 2 == 0 ? 1 : 0))
                .rawCode(0x58);
        return journal.commit(progressed.encodedLength());
    }

    long inbound(final TenantStreams streams, final int tenant, final long unitId, final String text) {
        final byte[] from = "306912345678".getBytes(StandardCharsets.UTF_8);
        final byte[] to = "4915112345".getBytes(StandardCharsets.UTF_8);
        final byte[] body = text.getBytes(StandardCharsets.UTF_8);
        final long sequence = streams.nextSequence(tenant);
        final long timeMs = beginMs + sequence * 10;
        journal.wallTimeNs(timeMs * 1_000_000);
        final int offset = journal.begin(InboundReceivedEncoder.TEMPLATE_ID, unitId, 1024);
        received.wrap(journal.buffer(), offset)
                .eventSequence(sequence)
                .tenant(tenant)
                .carrier(1)
                .link(1)
                .segments((short) 2)
                .segmentsMissing((short) 1)
                .encoding((short) 3)
                .dataCoding((short) 8)
                .bodyPeriod(0)
                .putFrom(from, 0, from.length)
                .putTo(to, 0, to.length)
                .putBody(body, 0, body.length);
        final long record = journal.commit(received.encodedLength());
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[from.length + to.length + body.length]);
        bytes.putBytes(0, from);
        bytes.putBytes(from.length, to);
        bytes.putBytes(from.length + to.length, body);
        inbound.sequence = sequence;
        inbound.unitId = unitId;
        inbound.timeMs = timeMs;
        inbound.encoding = 3;
        inbound.dataCoding = 8;
        inbound.segments = 2;
        inbound.segmentsMissing = 1;
        inbound.buffer = bytes;
        inbound.fromOffset = 0;
        inbound.fromLength = from.length;
        inbound.toOffset = from.length;
        inbound.toLength = to.length;
        inbound.bodyOffset = from.length + to.length;
        inbound.bodyLength = body.length;
        streams.inbound(tenant, inbound, record);
        return record;
    }
}
