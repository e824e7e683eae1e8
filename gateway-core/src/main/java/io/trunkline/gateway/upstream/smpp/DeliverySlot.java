package io.trunkline.gateway.upstream.smpp;

import io.trunkline.gateway.events.InboundEvent;
import io.trunkline.gateway.events.StatusEvent;
import io.trunkline.smpp.session.McSession;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One event on its way to a client: a copy of all that is needed to send it, again if need be. Reused. */
final class DeliverySlot {
    /** Parts that a message can have (3GPP TS 23.040 §9.2.3.24.1). */
    static final int MAX_PARTS = 255;

    private static final byte TO_SEND = 0;
    private static final byte SENT = 1;
    private static final byte DONE = 2;

    final UnsafeBuffer content = new UnsafeBuffer(new byte[0]);
    long sequence;
    long unitId;
    long timeMs;
    boolean inbound;

    // A status.
    /** What the client knows the unit by. */
    long messageId;

    long acceptedAtMs;
    long destination;
    long senderHi;
    long senderLo;
    int state;
    int rawCode;
    int segments;
    int segmentsDelivered;

    // An inbound message: from, to and body one after the other in `content`.
    int fromLength;
    int toLength;
    int bodyLength;
    int encoding;
    int dataCoding;

    /** The session that its first part went to; the other parts follow it as long as it lives. */
    McSession session;

    int attempts;
    long dueNs;
    /** Parts; known once it was planned. */
    int parts;

    private final byte[] progress = new byte[MAX_PARTS];
    private int toSend;
    private int open;

    void take(final StatusEvent event) {
        sequence = event.sequence;
        unitId = event.unitId;
        messageId = MultiReference.messageId(event.unitId, event.referenceHi, event.referenceLo);
        timeMs = event.timeMs;
        inbound = false;
        acceptedAtMs = event.acceptedAtMs;
        destination = event.destination;
        senderHi = event.senderHi;
        senderLo = event.senderLo;
        state = event.state;
        rawCode = event.rawCode;
        segments = event.segments;
        segmentsDelivered = event.segmentsDelivered;
        begin();
        parts(1);
    }

    void take(final InboundEvent event) {
        sequence = event.sequence;
        unitId = event.unitId;
        timeMs = event.timeMs;
        inbound = true;
        fromLength = event.fromLength;
        toLength = event.toLength;
        bodyLength = event.bodyLength;
        encoding = event.encoding;
        dataCoding = event.dataCoding;
        final int length = fromLength + toLength + bodyLength;
        if (content.capacity() < length) {
            content.wrap(new byte[Math.max(length, 256)]);
        }
        put(0, event.buffer, event.fromOffset, fromLength);
        put(fromLength, event.buffer, event.toOffset, toLength);
        put(fromLength + toLength, event.buffer, event.bodyOffset, bodyLength);
        begin();
    }

    /** Nothing is to be sent: it only holds its place in the order of acknowledgement. */
    void skip(final long skippedSequence) {
        sequence = skippedSequence;
        begin();
        parts(0);
    }

    private void put(final int at, final DirectBuffer from, final int offset, final int length) {
        content.putBytes(at, from, offset, length);
    }

    private void begin() {
        session = null;
        attempts = 0;
        dueNs = Long.MIN_VALUE;
        parts = -1;
        toSend = 1;
        open = 1;
    }

    /** How many parts there are. */
    void parts(final int count) {
        parts = count;
        toSend = count;
        open = count;
        for (int i = 0; i < count; i++) {
            progress[i] = TO_SEND;
        }
    }

    boolean planned() {
        return parts >= 0;
    }

    /** All parts were answered, or given up. */
    boolean done() {
        return open == 0;
    }

    boolean hasPartToSend() {
        return toSend > 0;
    }

    int nextPart() {
        for (int i = 0; i < parts; i++) {
            if (progress[i] == TO_SEND) {
                return i;
            }
        }
        return -1;
    }

    void sent(final int part) {
        progress[part] = SENT;
        toSend--;
    }

    /** A part was answered for good; later answers to it change nothing. */
    void answered(final int part) {
        if (progress[part] != DONE) {
            toSend -= progress[part] == TO_SEND ? 1 : 0;
            progress[part] = DONE;
            open--;
        }
    }

    /** A part has to go again; false where it was answered meanwhile, or waits already. */
    boolean again(final int part) {
        if (progress[part] != SENT) {
            return false;
        }
        progress[part] = TO_SEND;
        toSend++;
        return true;
    }

    void giveUp() {
        toSend = 0;
        open = 0;
    }
}
