package io.trunkline.gateway.billing;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.trunkline.gateway.calls.CallDirection;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.PackedSender;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.CallEndedDecoder;
import io.trunkline.gateway.journal.codec.InboundReceivedDecoder;
import io.trunkline.gateway.journal.codec.NamedDecoder;
import io.trunkline.gateway.journal.codec.ReceiptReceivedDecoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredDecoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import io.trunkline.routing.rates.Service;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Gathers what the records say of each message and call and hands it on when the unit ends, in the order of the records that ended
 * them. A pure function of the records: no clock, no configuration.
 */
public final class UnitFold implements RecordHandler {
    /** Outcomes of {@code SegmentAnswered}. */
    private static final int TAKEN = 1;

    private static final int IN_DOUBT = 5;
    /** Disposition of {@code ReceiptReceived}. */
    private static final int MATCHED = 1;

    private static final long NANOS_PER_MS = 1_000_000;
    private static final int MAX_FREE = 10_000;
    private static final int MAX_GAPS = 1_000;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Handler handler;
    private final NamesByNumber names;
    private final Share share;
    private final Long2ObjectHashMap<UnitFacts> open = new Long2ObjectHashMap<>();
    private final Deque<UnitFacts> free = new ArrayDeque<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final UnitFacts received = new UnitFacts();

    private final UnitAcceptedDecoder accepted = new UnitAcceptedDecoder();
    private final SegmentWrittenDecoder written = new SegmentWrittenDecoder();
    private final SegmentAnsweredDecoder answered = new SegmentAnsweredDecoder();
    private final ReceiptReceivedDecoder receipt = new ReceiptReceivedDecoder();
    private final UnitClosedDecoder closed = new UnitClosedDecoder();
    private final InboundReceivedDecoder inbound = new InboundReceivedDecoder();
    private final CallEndedDecoder call = new CallEndedDecoder();

    private long quietUntil;
    private long last;

    /** Told of each message and each call that ended. */
    @FunctionalInterface
    public interface Handler {
        /** A unit ended. The facts are valid during the call. */
        void onUnit(UnitFacts facts);

        /** A message was accepted. The facts are valid during the call; what is {@link UnitFacts#reserved} stays. */
        default void onAccepted(final UnitFacts facts) {
            // Most go by what ended.
        }

        /** A message ended before {@link UnitFold#quietUntil}. */
        default void onPassedOver(final UnitFacts facts) {
            // Was told before.
        }
    }

    /** Sequences that no record was read for: never written, or damaged. */
    public record Gap(long first, long last) {}

    /** Of all units, those that this fold is for; several threads that read the same records share the units so. */
    public record Share(int index, int count) {
        /** All of them. */
        public static final Share ALL = new Share(0, 1);

        boolean has(final long unit) {
            // The upper half of a product is as good as a remainder, and does not divide.
            return count == 1 || ((((unit * MIX) >>> Integer.SIZE) * count) >>> Integer.SIZE) == index;
        }

        /** Whether this share answers for a record; those without a unit are everybody's. */
        boolean has(final RecordView record) {
            final long unit = record.unitId();
            return unit == 0 || has(unit);
        }
    }

    public UnitFold(final NamesByNumber names, final Handler handler) {
        this(names, Share.ALL, handler);
    }

    /** A fold over a share of the units. */
    public UnitFold(final NamesByNumber names, final Share share, final Handler handler) {
        this.names = names;
        this.share = share;
        this.handler = handler;
    }

    /** Units that end at or before this sequence are not handed on: they were before. */
    public void quietUntil(final long sequence) {
        quietUntil = sequence;
        last = 0;
    }

    @Override
    public void onRecord(final RecordView record) {
        final long sequence = record.sequence();
        final long expected = Math.max(last, quietUntil) + 1;
        if (sequence > expected && gaps.size() < MAX_GAPS) {
            gaps.add(new Gap(expected, sequence - 1));
        }
        last = sequence;
        final long unit = record.unitId();
        final int template = record.templateId();
        if (unit == 0) {
            withoutUnit(record, template);
            return;
        }
        if (!share.has(unit)) {
            return;
        }
        switch (template) {
            case UnitAcceptedDecoder.TEMPLATE_ID -> accepted(record, unit);
            case SegmentWrittenDecoder.TEMPLATE_ID -> written(record, unit);
            case SegmentAnsweredDecoder.TEMPLATE_ID -> answered(record, unit);
            case ReceiptReceivedDecoder.TEMPLATE_ID -> receipt(record, unit);
            case UnitClosedDecoder.TEMPLATE_ID -> closed(record, unit);
            case InboundReceivedDecoder.TEMPLATE_ID -> inbound(record, unit);
            case CallEndedDecoder.TEMPLATE_ID -> called(record, unit);
            default -> {
                // Nobody is charged by the others.
            }
        }
    }

    private void withoutUnit(final RecordView record, final int template) {
        if (template == NamedDecoder.TEMPLATE_ID) {
            names.onNamed(record);
        } else if (template == InboundReceivedDecoder.TEMPLATE_ID && share.has(record.sequence())) {
            inbound(record, 0);
        }
    }

    private void accepted(final RecordView record, final long unit) {
        accepted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final UnitFacts facts = open(unit);
        facts.acceptedSequence = record.sequence();
        facts.acceptedAtMs = ms(record);
        facts.referenceHi = accepted.referenceHi();
        facts.referenceLo = accepted.referenceLo();
        facts.tenant = (int) accepted.tenant();
        facts.tableVersion = (int) accepted.tableVersion();
        facts.routeRow = (int) accepted.routeRow();
        facts.messageClass = accepted.messageClass();
        facts.origin = accepted.origin();
        facts.encoding = accepted.encoding();
        facts.segments = accepted.segments();
        facts.network = accepted.network() == UnitAcceptedDecoder.networkNullValue() ? 0 : (int) accepted.network();
        final DirectBuffer buffer = record.buffer();
        final int from = accepted.limit();
        facts.senderHi = PackedSender.hi(buffer, from + Short.BYTES, length(buffer, from));
        facts.senderLo = PackedSender.lo(buffer, from + Short.BYTES, length(buffer, from));
        final int to = after(buffer, from);
        facts.destination = digits(buffer, to + Short.BYTES, length(buffer, to));
        final int campaign = after(buffer, after(buffer, to));
        facts.campaign(buffer, campaign + Short.BYTES, length(buffer, campaign));
        handler.onAccepted(facts);
    }

    private UnitFacts open(final long unit) {
        UnitFacts facts = open.get(unit);
        if (facts == null) {
            facts = free.isEmpty() ? new UnitFacts() : free.poll();
            open.put(unit, facts);
        }
        facts.reset();
        facts.unit = unit;
        return facts;
    }

    private void written(final RecordView record, final long unit) {
        final UnitFacts facts = open.get(unit);
        if (facts != null) {
            written.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
            facts.written(written.carrier(), written.segment(), written.segments(), ms(record));
        }
    }

    private void answered(final RecordView record, final long unit) {
        final UnitFacts facts = open.get(unit);
        if (facts == null) {
            return;
        }
        answered.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        if (answered.outcome() == TAKEN) {
            facts.taken(answered.carrier(), answered.segment(), answered.attempt(), ms(record));
        } else if (answered.outcome() == IN_DOUBT) {
            facts.doubted(answered.carrier(), answered.segment(), answered.attempt(), ms(record));
        } else {
            facts.refused(answered.carrier(), answered.segment(), answered.attempt());
        }
    }

    private void receipt(final RecordView record, final long unit) {
        final UnitFacts facts = open.get(unit);
        if (facts == null || !facts.asksReceipts()) {
            return;
        }
        receipt.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        if (receipt.disposition() == MATCHED) {
            facts.receipted(receipt.carrier(), receipt.segment(), ms(record));
        }
    }

    private void closed(final RecordView record, final long unit) {
        final UnitFacts known = open.remove(unit);
        if (record.sequence() > quietUntil) {
            closed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
            final UnitFacts facts = known == null ? withoutBeginning(unit) : known;
            facts.closedSequence = record.sequence();
            facts.closedAtMs = ms(record);
            facts.carrier = closed.carrier();
            facts.state = closed.state();
            facts.errorCode = closed.errorCode();
            facts.rawCode = (int) closed.rawCode();
            facts.segmentsDelivered = closed.segmentsDelivered();
            facts.possibleDuplicate = closed.possibleDuplicate() != 0;
            facts.outcome = BillingOutcome.of(closed.state(), closed.errorCode());
            if (known == null) {
                facts.assumeTaken(impliedSegments(facts));
            }
            facts.settle();
            handler.onUnit(facts);
        } else if (known != null) {
            handler.onPassedOver(known);
        }
        if (known != null && free.size() < MAX_FREE) {
            free.push(known);
        }
    }

    /** Retention has removed, or damage has taken, the records that a unit began with: what is left says most of it. */
    private UnitFacts withoutBeginning(final long unit) {
        final UnitFacts facts = received;
        facts.reset();
        facts.unit = unit;
        facts.referenceHi = closed.referenceHi();
        facts.referenceLo = closed.referenceLo();
        facts.tenant = (int) closed.tenant();
        facts.origin = closed.origin();
        facts.segments = closed.segments();
        facts.acceptedAtMs = closed.acceptedAtMs();
        facts.destination = closed.destination();
        facts.senderHi = closed.senderHi();
        facts.senderLo = closed.senderLo();
        return facts;
    }

    private static int impliedSegments(final UnitFacts facts) {
        return switch (facts.outcome) {
            case DELIVERED -> facts.segments;
            case UNDELIVERED -> Math.max(1, facts.segmentsDelivered);
            case UNKNOWN ->
                facts.errorCode == ErrorCode.RECEIPT_TIMEOUT.number()
                                || facts.errorCode == ErrorCode.NO_RECEIPT_REQUESTED.number()
                                || facts.errorCode == ErrorCode.NO_RECEIPT_GIVEN.number()
                        ? facts.segments
                        : 0;
            default -> 0;
        };
    }

    private void inbound(final RecordView record, final long unit) {
        if (record.sequence() <= quietUntil) {
            return;
        }
        inbound.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final UnitFacts facts = received;
        facts.reset();
        facts.service = Service.MO;
        facts.unit = unit;
        facts.referenceHi = 0;
        facts.referenceLo = 0;
        facts.acceptedSequence = record.sequence();
        facts.closedSequence = record.sequence();
        facts.acceptedAtMs = ms(record);
        facts.closedAtMs = facts.acceptedAtMs;
        facts.tenant = (int) inbound.tenant();
        facts.origin = 0;
        facts.encoding = inbound.encoding();
        facts.segments = Math.max(1, inbound.segments() - inbound.segmentsMissing());
        facts.segmentsDelivered = 0;
        facts.possibleDuplicate = false;
        facts.state = 0;
        facts.errorCode = 0;
        facts.rawCode = 0;
        facts.carrier = inbound.carrier();
        facts.outcome = BillingOutcome.RECEIVED;
        final DirectBuffer buffer = record.buffer();
        final int from = inbound.limit();
        facts.senderHi = PackedSender.hi(buffer, from + Short.BYTES, length(buffer, from));
        facts.senderLo = PackedSender.lo(buffer, from + Short.BYTES, length(buffer, from));
        final int to = after(buffer, from);
        facts.destination = digits(buffer, to + Short.BYTES, length(buffer, to));
        handler.onUnit(facts);
    }

    /** A call's last record says all that there is to charge for: those before it are not waited for. */
    private void called(final RecordView record, final long unit) {
        if (record.sequence() <= quietUntil) {
            return;
        }
        call.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final UnitFacts facts = received;
        facts.reset();
        facts.service = CallDirection.of(call.direction()) == CallDirection.IN ? Service.CALL_IN : Service.CALL;
        facts.unit = unit;
        facts.referenceHi = call.referenceHi();
        facts.referenceLo = call.referenceLo();
        facts.acceptedSequence = record.sequence();
        facts.closedSequence = record.sequence();
        facts.acceptedAtMs = call.startedAtMs();
        facts.closedAtMs = ms(record);
        facts.tenant = (int) call.tenant();
        facts.tableVersion = (int) call.tableVersion();
        facts.routeRow = (int) call.routeRow();
        facts.origin = call.origin();
        facts.segments = 0;
        facts.segmentsDelivered = 0;
        facts.possibleDuplicate = false;
        facts.state = call.outcome();
        facts.errorCode = call.errorCode();
        facts.rawCode = call.status();
        facts.carrier = call.carrier();
        facts.outcome = BillingOutcome.ofCall(call.outcome());
        final DirectBuffer buffer = record.buffer();
        final int from = call.limit();
        facts.senderHi = PackedSender.hi(buffer, from + Short.BYTES, length(buffer, from));
        facts.senderLo = PackedSender.lo(buffer, from + Short.BYTES, length(buffer, from));
        final int to = after(buffer, from);
        facts.destination = digits(buffer, to + Short.BYTES, length(buffer, to));
        call.skipFrom();
        call.skipTo();
        facts.call.read(call);
        if (facts.call.talkMs != CallFacts.NONE && facts.carrier != 0) {
            facts.carried(facts.carrier, facts.acceptedAtMs + facts.call.setupMs);
        }
        handler.onUnit(facts);
    }

    /** Sequence of the record that the oldest open unit began with; {@code otherwise} where none is open. */
    public long oldestOpen(final long otherwise) {
        long oldest = otherwise;
        for (final UnitFacts facts : open.values()) {
            oldest = Math.min(oldest, facts.acceptedSequence);
        }
        return oldest;
    }

    /** Units that have begun and not ended. */
    public int openUnits() {
        return open.size();
    }

    /** Sequence of the last record. */
    public long last() {
        return last;
    }

    /** Takes the gaps that were met since this was called last. */
    public List<Gap> takeGaps() {
        final List<Gap> taken = List.copyOf(gaps);
        gaps.clear();
        return taken;
    }

    private static long ms(final RecordView record) {
        return record.wallTimeNs() / NANOS_PER_MS;
    }

    private static int length(final DirectBuffer buffer, final int at) {
        return buffer.getShort(at, LITTLE_ENDIAN) & 0xFFFF;
    }

    private static int after(final DirectBuffer buffer, final int at) {
        return at + Short.BYTES + length(buffer, at);
    }

    /** The digits of a number, with or without a plus sign, as a decimal number; 0 where it is not one of at most 18. */
    private static long digits(final DirectBuffer buffer, final int offset, final int length) {
        long value = 0;
        int digits = 0;
        for (int i = 0; i < length; i++) {
            final byte octet = buffer.getByte(offset + i);
            if (octet >= '0' && octet <= '9') {
                value = value * 10 + (octet - '0');
                digits++;
            } else if (octet != '+' || i > 0) {
                return 0;
            }
        }
        return digits > 18 ? 0 : value;
    }
}
