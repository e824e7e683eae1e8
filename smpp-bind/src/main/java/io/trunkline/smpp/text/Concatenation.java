package io.trunkline.smpp.text;

/** How the segments of a long message say that they belong together. */
public enum Concatenation {
    /** User data header with an 8-bit reference (3GPP TS 23.040 §9.2.3.24.1). */
    UDH8(5),
    /** User data header with a 16-bit reference (3GPP TS 23.040 §9.2.3.24.8). */
    UDH16(6),
    /** sar_msg_ref_num, sar_total_segments, sar_segment_seqnum; the MC writes the header, with an 8-bit reference. */
    SAR(5),
    /** As {@link #SAR} where the MC writes a 16-bit reference: parts of 152 septets, 132 octets or 66 UTF-16 units. */
    SAR16(6),
    /** One PDU with message_payload; the MC cuts it, by an 8-bit reference. */
    PAYLOAD(5);

    private final int elementOctets;

    Concatenation(final int elementOctets) {
        this.elementOctets = elementOctets;
    }

    /** Octets that the concatenation element takes in the header of every segment on the air, without UDHL. */
    int elementOctets() {
        return elementOctets;
    }

    /** The segments carry the element themselves. */
    boolean inHeader() {
        return this == UDH8 || this == UDH16;
    }
}
