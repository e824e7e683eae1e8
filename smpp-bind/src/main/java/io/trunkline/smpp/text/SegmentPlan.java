package io.trunkline.smpp.text;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A message, encoded once and cut into segments: the reused result of {@link Segmenter}. Holds a copy of all it needs, so
 * the text that it was planned from may go away.
 *
 * <p>What {@link #writeSegment} writes is what belongs in short_message (or in message_payload, see {@link #payload()}):
 *
 * <pre>
 *   +------+-----------------+----------------+------+---------+
 *   | UDHL | concatenation   | shifts, or the | fill | body    |   header only where esmClass() has UDHI;
 *   |      | 8 or 16 bit ref | body's own IEs | bits | octets  |   fill bits only where septets are packed
 *   +------+-----------------+----------------+------+---------+
 * </pre>
 */
public final class SegmentPlan {
    /** esm_class bit: the message begins with a user data header. */
    public static final int UDHI = 0x40;

    /** Octets that a body may take once it is encoded, one septet an octet: what message_payload can carry. */
    public static final int MAX_BODY_OCTETS = 65_535;

    /** Octets of user data in one short message on the air. */
    static final int SEGMENT_OCTETS = 140;

    /** Octets that {@link #writeSegment} writes at most into a segment that is not {@link #payload()}. */
    public static final int MAX_SEGMENT_OCTETS = 160;

    final byte[] bodyOctets = new byte[MAX_BODY_OCTETS];
    final UnsafeBuffer body = new UnsafeBuffer(bodyOctets);
    int bodyLength;
    /** Where each segment begins in the body; one more entry than segments. */
    final int[] starts = new int[TextProfile.MAX_SEGMENTS + 1];

    /** Information elements that every segment carries besides concatenation, without UDHL. */
    final UnsafeBuffer elements = new UnsafeBuffer(new byte[SEGMENT_OCTETS]);

    int elementOctets;
    Encoding encoding = Encoding.BINARY;
    int dataCoding;
    boolean packed;
    Concatenation concatenation = Concatenation.UDH8;
    int segments;
    int replaced;

    /** Built once per thread that plans: holds {@value #MAX_BODY_OCTETS} octets. */
    public SegmentPlan() {}

    void clear() {
        bodyLength = 0;
        elementOctets = 0;
        packed = false;
        segments = 0;
        replaced = 0;
    }

    /** What the body is. */
    public Encoding encoding() {
        return encoding;
    }

    /** data_coding to write, 0..255. */
    public int dataCoding() {
        return dataCoding;
    }

    /** Bits to set in esm_class: {@link #UDHI} or 0. */
    public int esmClass() {
        return headerOctets() > 0 ? UDHI : 0;
    }

    /** Short messages on the air, 1..255: what carriers count and charge; 0 before a plan succeeded. */
    public int segments() {
        return segments;
    }

    /** PDUs to send: {@link #segments()}, but one where the carrier cuts a payload itself. */
    public int pdus() {
        return payload() ? 1 : segments;
    }

    /** The one PDU carries its body in message_payload, and the carrier cuts it. */
    public boolean payload() {
        return segments > 1 && concatenation == Concatenation.PAYLOAD;
    }

    /**
     * Each PDU carries sar_msg_ref_num, sar_total_segments = {@link #segments()} and sar_segment_seqnum = index + 1 in place
     * of a concatenation header.
     */
    public boolean sar() {
        return segments > 1 && (concatenation == Concatenation.SAR || concatenation == Concatenation.SAR16);
    }

    /** Each PDU carries a concatenation header, and {@link #writeSegment} needs a reference. */
    public boolean concatenationHeader() {
        return segments > 1 && concatenation.inHeader();
    }

    /** Characters of the text for which look-alikes are sent, or nothing at all. */
    public int replaced() {
        return replaced;
    }

    /** The encoded body, one septet an octet also where it is sent packed. */
    public DirectBuffer body() {
        return body;
    }

    /** Where the part of a PDU begins in {@link #body()}. */
    public int bodyOffset(final int pdu) {
        return payload() ? 0 : starts[pdu];
    }

    /** Octets of {@link #body()} that a PDU carries. */
    public int bodyLength(final int pdu) {
        return payload() ? bodyLength : starts[pdu + 1] - starts[pdu];
    }

    /** Octets that {@link #writeSegment} writes for this PDU. */
    public int octets(final int pdu) {
        final int header = headerOctets();
        final int length = bodyLength(pdu);
        return header + (packed ? Gsm7.packedOctets(body, bodyOffset(pdu), length, Gsm7.fillBits(header)) : length);
    }

    /**
     * Writes the message of one PDU, from 0 to {@link #pdus()} - 1.
     *
     * @param concatReference the same for all PDUs of the message; its low 8 or 16 bits are used, if any
     * @return octets written
     */
    public int writeSegment(
            final int pdu, final int concatReference, final MutableDirectBuffer dst, final int dstOffset) {
        final int header = writeHeader(pdu, concatReference, dst, dstOffset);
        final int from = bodyOffset(pdu);
        final int length = bodyLength(pdu);
        if (packed) {
            return header + Gsm7.pack(body, from, length, Gsm7.fillBits(header), dst, dstOffset + header);
        }
        dst.putBytes(dstOffset + header, body, from, length);
        return header + length;
    }

    private int writeHeader(
            final int pdu, final int concatReference, final MutableDirectBuffer dst, final int dstOffset) {
        final int octets = headerOctets();
        if (octets == 0) {
            return 0;
        }
        dst.putByte(dstOffset, (byte) (octets - 1));
        int to = dstOffset + 1;
        if (concatenationHeader()) {
            final boolean wide = concatenation == Concatenation.UDH16;
            dst.putByte(to++, (byte) (wide ? UserDataHeader.CONCATENATION_16 : UserDataHeader.CONCATENATION_8));
            dst.putByte(to++, (byte) (wide ? 4 : 3));
            if (wide) {
                dst.putByte(to++, (byte) (concatReference >>> 8));
            }
            dst.putByte(to++, (byte) concatReference);
            dst.putByte(to++, (byte) segments);
            dst.putByte(to++, (byte) (pdu + 1));
        }
        dst.putBytes(to, elements, 0, elementOctets);
        return octets;
    }

    /** Octets of the header in each PDU, UDHL included. */
    private int headerOctets() {
        final int octets = elementOctets + (concatenationHeader() ? concatenation.elementOctets() : 0);
        return octets == 0 ? 0 : 1 + octets;
    }
}
