package io.trunkline.gateway.config;

import java.util.List;

/**
 * How messages are written for a carrier.
 *
 * @param defaultAlphabet what data_coding 0 means there
 * @param nationalTables tables of 3GPP TS 23.038 Annex A that the carrier passes on, in order of preference
 * @param latin1 whether Latin-1 may be chosen before UCS-2
 * @param sourceTon 0..7, or {@link #AUTO}: by the kind of sender
 * @param sourceNpi 0..18, or {@link #AUTO}
 * @param destinationTon 0..7, or {@link #AUTO}: international
 * @param destinationNpi 0..18, or {@link #AUTO}: ISDN
 * @param sourcePrefix written before a sender that is an E.164 number: empty, {@code +} or digits such as {@code 00}
 * @param destinationPrefix the same for the destination
 * @param serviceType at most 5 characters (SMPP 3.4 §5.2.11)
 * @param maxSegments a message that needs more does not go to this carrier
 * @param smartReplacement look-alikes outside the alphabet are replaced where that avoids UCS-2
 */
public record MessageProfile(
        Alphabet defaultAlphabet,
        List<NationalTable> nationalTables,
        boolean latin1,
        Concatenation concatenation,
        DataCodings dataCodings,
        int sourceTon,
        int sourceNpi,
        int destinationTon,
        int destinationNpi,
        String sourcePrefix,
        String destinationPrefix,
        String serviceType,
        Validity validity,
        int maxSegments,
        boolean smartReplacement) {
    /** TON or NPI chosen by what the address looks like. */
    public static final int AUTO = -1;

    public MessageProfile {
        nationalTables = List.copyOf(nationalTables);
    }

    /** Meaning of data_coding 0. */
    public enum Alphabet {
        /** GSM 03.38, one septet an octet. */
        GSM7,
        /** GSM 03.38, eight septets in seven octets. */
        GSM7_PACKED,
        LATIN1,
        ASCII
    }

    /** How the parts of a long message say that they belong together. */
    public enum Concatenation {
        /** User data header, 8-bit reference (3GPP TS 23.040 §9.2.3.24.1). */
        UDH8,
        /** User data header, 16-bit reference (§9.2.3.24.8). */
        UDH16,
        /** sar_msg_ref_num, sar_total_segments, sar_segment_seqnum. */
        SAR,
        /** The same, cut for a carrier that writes a 16-bit reference: 152 septets or 66 characters a part. */
        SAR16,
        /** One PDU with message_payload; the carrier cuts it. */
        PAYLOAD
    }

    /** data_coding per encoding, 0..255. */
    public record DataCodings(int gsm7, int latin1, int ucs2, int binary) {}

    /** validity_period of a submit. */
    public enum Validity {
        OMIT,
        RELATIVE,
        /** In UTC, written as {@code 00+}. */
        ABSOLUTE
    }

    /** Languages of 3GPP TS 23.038 Annex A, by their identifiers. */
    public enum NationalTable {
        TURKISH(1),
        SPANISH(2),
        PORTUGUESE(3),
        BENGALI(4),
        GUJARATI(5),
        HINDI(6),
        KANNADA(7),
        MALAYALAM(8),
        ORIYA(9),
        PUNJABI(10),
        TAMIL(11),
        TELUGU(12),
        URDU(13);

        private final int identifier;

        NationalTable(final int identifier) {
            this.identifier = identifier;
        }

        public int identifier() {
            return identifier;
        }
    }
}
