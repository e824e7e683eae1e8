package io.trunkline.gateway.engine;

import io.trunkline.gateway.events.InboundEvent;
import io.trunkline.gateway.journal.codec.InboundReceivedDecoder;
import io.trunkline.gateway.journal.codec.InboundSegmentDecoder;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import io.trunkline.smpp.text.InboundPart;
import io.trunkline.smpp.text.ReassembledMessage;
import io.trunkline.smpp.text.Reassembler;
import io.trunkline.smpp.text.ReassemblyLimits;
import io.trunkline.smpp.text.ReassemblyListener;
import io.trunkline.smpp.text.TextDecoder;
import io.trunkline.smpp.text.UserDataHeader;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages from handsets, on their way to the tenant that owns the number. Every part is journaled before the carrier
 * hears that we have it; the whole is handed on when its last part came, or what there is of it when that took too long.
 */
final class Inbound {
    private static final int ESME_ROK = 0;
    /** A status on which carriers try again. */
    private static final int ESME_RMSGQFUL = 0x14;

    private static final int UDHI = 0x40;
    /** A journal record's data has at most 65,534 bytes. */
    private static final int MAX_BODY = 60_000;

    private static final int MAX_REASSEMBLY_BYTES = 16 << 20;
    private static final int MAX_PARTS = 255;

    private final EngineState state;
    private final Reassembler reassembler;
    private final UserDataHeader header = new UserDataHeader();
    private final InboundPart part = new InboundPart();
    private final TextDecoder decoder = new TextDecoder();
    private final InboundEvent event = new InboundEvent();
    private final Whole whole = new Whole();
    private final UnsafeBuffer eventBytes = new UnsafeBuffer(new byte[MAX_BODY + 2 * 256]);
    private final List<Whole> recovered = new ArrayList<>();
    private boolean recovering;

    /** The bind that the part at hand came over; the tag of parts that are reassembled. */
    private int link;

    Inbound(final EngineState state) {
        this.state = state;
        final ReassemblyLimits limits = new ReassemblyLimits(
                state.limits.reassemblyMessages(), MAX_REASSEMBLY_BYTES, MAX_PARTS, state.limits.reassemblyTimeoutMs());
        reassembler = new Reassembler(limits, new ReassemblyListener() {
            @Override
            public void onComplete(final ReassembledMessage message) {
                reassembled(message);
            }

            @Override
            public void onIncomplete(final ReassembledMessage message, final Reason reason) {
                reassembled(message);
            }
        });
    }

    /** A message, decoded: what the journal and the tenant get. */
    static final class Whole {
        long eventSequence;
        int carrier;
        int link;
        int segments;
        int segmentsMissing;
        int encoding;
        int dataCoding;
        final UnsafeBuffer from = new UnsafeBuffer(0, 0);
        int fromLength;
        final UnsafeBuffer to = new UnsafeBuffer(0, 0);
        int toLength;
        final UnsafeBuffer body = new UnsafeBuffer(new byte[MAX_BODY]);
        int bodyLength;
    }

    int message(final CarrierLink from, final InboundNotice notice) {
        if (!state.journal.accepting()) {
            return ESME_RMSGQFUL;
        }
        state.counters.inboundSegments++;
        link = from.number();
        if (isPart(notice)) {
            fill(from.carrier(), notice);
            state.records.inboundSegment(from.carrier(), link, notice, part);
            reassembler.offer(part, state.monotonicMs());
            return ESME_ROK;
        }
        whole.carrier = from.carrier();
        whole.link = link;
        whole.segments = 1;
        whole.segmentsMissing = 0;
        whole.dataCoding = notice.dataCoding;
        whole.from.wrap(notice.buffer, notice.fromOffset, notice.fromLength);
        whole.fromLength = notice.fromLength;
        whole.to.wrap(notice.buffer, notice.toOffset, notice.toLength);
        whole.toLength = notice.toLength;
        whole.bodyLength = decoder.decode(
                notice.dataCoding,
                notice.userDataHeader,
                notice.buffer,
                notice.bodyOffset,
                notice.bodyLength,
                state.carriers.get(from.carrier()).text(),
                whole.body,
                0);
        whole.encoding = decoder.encoding().number();
        handOn(whole);
        return ESME_ROK;
    }

    private boolean isPart(final InboundNotice notice) {
        if (notice.userDataHeader) {
            return part.concatenation(header.parse(notice.buffer, notice.bodyOffset, notice.bodyLength))
                    && part.total > 1;
        }
        return notice.sarTotal > 1 && part.sar(notice.sarReference, notice.sarTotal, notice.sarPart);
    }

    private void fill(final int carrier, final InboundNotice notice) {
        part.group = carrier;
        part.dataCoding = notice.dataCoding;
        part.userDataHeader = notice.userDataHeader;
        part.tag = link;
        part.buffer = notice.buffer;
        part.fromOffset = notice.fromOffset;
        part.fromLength = notice.fromLength;
        part.toOffset = notice.toOffset;
        part.toLength = notice.toLength;
        part.bodyOffset = notice.bodyOffset;
        part.bodyLength = notice.bodyLength;
    }

    private void reassembled(final ReassembledMessage message) {
        final Whole target = recovering ? new Whole() : whole;
        target.carrier = message.group();
        target.link = link;
        target.segments = message.total() - message.missing();
        target.segmentsMissing = message.missing();
        target.dataCoding = message.dataCoding();
        target.from.wrap(message.buffer(), message.fromOffset(), message.fromLength());
        target.fromLength = message.fromLength();
        target.to.wrap(message.buffer(), message.toOffset(), message.toLength());
        target.toLength = message.toLength();
        target.bodyLength =
                message.decode(decoder, state.carriers.get(message.group()).text(), target.body, 0);
        target.encoding = decoder.encoding().number();
        if (recovering) {
            keep(target);
        } else {
            handOn(target);
        }
    }

    private void handOn(final Whole message) {
        final int skip = message.toLength > 0 && message.to.getByte(0) == '+' ? 1 : 0;
        final int tenant = state.router.owner(message.to, skip, message.toLength - skip);
        final long unitId = state.ids.next(state.nowMs);
        message.eventSequence = tenant == 0 ? 0 : state.events.nextSequence(tenant);
        final long record = state.records.inboundReceived(unitId, tenant, message.carrier, message.link, message);
        state.counters.inboundMessages++;
        state.carriers.get(message.carrier).inbound++;
        if (tenant == 0) {
            // Kept in the journal, acknowledged to the carrier: a refusal would only make it try again and again.
            state.counters.inboundUnowned++;
            return;
        }
        event.sequence = message.eventSequence;
        event.unitId = unitId;
        event.timeMs = state.nowMs;
        event.encoding = message.encoding;
        event.dataCoding = message.dataCoding;
        event.segments = message.segments;
        event.segmentsMissing = message.segmentsMissing;
        event.replayed = false;
        tell(message, tenant, record);
    }

    private void tell(final Whole message, final int tenant, final long record) {
        eventBytes.putBytes(0, message.from, 0, message.fromLength);
        eventBytes.putBytes(message.fromLength, message.to, 0, message.toLength);
        eventBytes.putBytes(message.fromLength + message.toLength, message.body, 0, message.bodyLength);
        event.buffer = eventBytes;
        event.fromOffset = 0;
        event.fromLength = message.fromLength;
        event.toOffset = message.fromLength;
        event.toLength = message.toLength;
        event.bodyOffset = message.fromLength + message.toLength;
        event.bodyLength = message.bodyLength;
        state.events.inbound(tenant, event, record);
    }

    /** Hands on what has waited too long for its missing parts. */
    int expire() {
        return reassembler.poll(state.monotonicMs());
    }

    /** Journals the parts of all incomplete messages again, for a reader that begins at this checkpoint. */
    void writePending() {
        final InboundNotice notice = new InboundNotice();
        final InboundPart copy = new InboundPart();
        reassembler.forEachIncomplete(message -> {
            for (int number = 1; number <= message.total(); number++) {
                if (message.has(number)) {
                    copyOut(message, number, notice, copy);
                    state.records.inboundSegment(message.group(), (int) message.tag(number), notice, copy);
                }
            }
        });
    }

    private static void copyOut(
            final ReassembledMessage message, final int number, final InboundNotice notice, final InboundPart copy) {
        notice.buffer = message.buffer();
        notice.fromOffset = message.fromOffset();
        notice.fromLength = message.fromLength();
        notice.toOffset = message.toOffset();
        notice.toLength = message.toLength();
        notice.bodyOffset = message.bodyOffset(number);
        notice.bodyLength = message.bodyLength(number);
        notice.dataCoding = message.dataCoding(number);
        notice.userDataHeader = message.userDataHeader(number);
        notice.esmClass = notice.userDataHeader ? UDHI : 0;
        copy.kind = message.kind();
        copy.reference = message.reference();
        copy.total = message.total();
        copy.part = number;
    }

    /** A part from an earlier run. */
    void recoverSegment(final InboundSegmentDecoder decoded, final long receivedAtMs) {
        final InboundNotice notice = new InboundNotice();
        notice.dataCoding = decoded.dataCoding();
        notice.userDataHeader = (decoded.esmClass() & UDHI) != 0;
        part.kind = decoded.kind();
        part.reference = decoded.concatReference();
        part.total = decoded.parts();
        part.part = decoded.part();
        link = decoded.link();
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[decoded.sbeDecodedLength()]);
        int used = 0;
        notice.buffer = bytes;
        notice.fromLength = decoded.fromLength();
        used += decoded.getFrom(bytes, 0, notice.fromLength);
        notice.toOffset = used;
        notice.toLength = decoded.toLength();
        used += decoded.getTo(bytes, used, notice.toLength);
        notice.bodyOffset = used;
        notice.bodyLength = decoded.bodyLength();
        decoded.getBody(bytes, used, notice.bodyLength);
        final int carrier = decoded.carrier();
        final boolean readable = state.sealing.decipher(
                PeriodCipher.period(decoded.bodyPeriod()),
                PeriodCipher.Use.INBOUND_PART,
                decoded.bodyNonce(),
                bytes,
                notice.bodyOffset,
                notice.bodyLength);
        if (!readable || !state.carriers.containsKey(carrier)) {
            return;
        }
        fill(carrier, notice);
        recovering = true;
        reassembler.offer(part, state.monotonicMs() - Math.max(0, state.nowMs - receivedAtMs));
        recovering = false;
    }

    /** A message completed while the journal was read: its {@code InboundReceived} follows, or was lost in the crash. */
    private void keep(final Whole message) {
        detach(message.from, message.fromLength);
        detach(message.to, message.toLength);
        recovered.add(message);
    }

    private static void detach(final UnsafeBuffer view, final int length) {
        final byte[] copy = new byte[length];
        view.getBytes(0, copy);
        view.wrap(copy);
    }

    void recoverWhole(final InboundReceivedDecoder decoded) {
        final UnsafeBuffer from = new UnsafeBuffer(new byte[decoded.fromLength()]);
        decoded.getFrom(from, 0, from.capacity());
        for (int i = 0; i < recovered.size(); i++) {
            final Whole held = recovered.get(i);
            if (held.carrier == decoded.carrier() && equal(held.from, from)) {
                recovered.remove(i);
                return;
            }
        }
    }

    private static boolean equal(final DirectBuffer a, final DirectBuffer b) {
        if (a.capacity() != b.capacity()) {
            return false;
        }
        for (int i = 0; i < a.capacity(); i++) {
            if (a.getByte(i) != b.getByte(i)) {
                return false;
            }
        }
        return true;
    }

    /** Hands on what was complete and not handed on before the crash. */
    void resume() {
        recovered.forEach(this::handOn);
        recovered.clear();
    }
}
