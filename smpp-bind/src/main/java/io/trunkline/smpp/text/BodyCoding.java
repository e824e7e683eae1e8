package io.trunkline.smpp.text;

/**
 * What a data_coding says of a body: SMPP 3.4 §5.2.19, and where that is reserved the data coding scheme of 3GPP TS 23.038
 * §4, which carriers pass through.
 */
public enum BodyCoding {
    /** Septets, one an octet. */
    GSM7,
    /** Septets, packed. */
    GSM7_PACKED,
    ASCII,
    LATIN1,
    UCS2,
    /** ISO-8859-5. */
    CYRILLIC,
    /** ISO-8859-8. */
    HEBREW,
    /** Octets; also what is compressed, and the East Asian codings, which Trunkline does not read. */
    BINARY;

    /** Meaning of each data_coding by SMPP alone, up to 0x0F; null: the carrier's default alphabet. */
    private static final BodyCoding[] SMPP = {
        null, ASCII, BINARY, LATIN1, BINARY, BINARY, CYRILLIC, HEBREW, UCS2, BINARY, BINARY, null, null, BINARY, BINARY,
        null
    };

    /** What the body is called upstream; alphabets of eight bits all count as Latin-1. */
    public Encoding encoding() {
        return switch (this) {
            case GSM7, GSM7_PACKED, ASCII -> Encoding.GSM7;
            case LATIN1, CYRILLIC, HEBREW -> Encoding.LATIN1;
            case UCS2 -> Encoding.UCS2;
            case BINARY -> Encoding.BINARY;
        };
    }

    /** Meaning of a data_coding from this carrier; its own numbers for its alphabets come first. */
    public static BodyCoding of(final int dataCoding, final TextProfile profile) {
        final int value = dataCoding & 0xFF;
        if (value != 0) {
            if (value == profile.ucs2DataCoding()) {
                return UCS2;
            }
            if (value == profile.gsm7DataCoding()) {
                return septets(profile);
            }
            if (value == profile.latin1DataCoding()) {
                return LATIN1;
            }
        }
        if (value < SMPP.length) {
            return SMPP[value] == null ? defaultAlphabet(profile) : SMPP[value];
        }
        return scheme(value, profile);
    }

    /** 3GPP TS 23.038 §4. */
    private static BodyCoding scheme(final int value, final TextProfile profile) {
        final int group = value >>> 4;
        if (group < 0x8) {
            final boolean compressed = (value & 0x20) != 0;
            return compressed ? BINARY : alphabet((value >>> 2) & 0x3, profile);
        }
        if (group < 0xE) {
            return septets(profile);
        }
        return group == 0xE ? UCS2 : (value & 0x4) == 0 ? septets(profile) : BINARY;
    }

    private static BodyCoding alphabet(final int bits, final TextProfile profile) {
        return switch (bits) {
            case 1 -> BINARY;
            case 2 -> UCS2;
            default -> septets(profile);
        };
    }

    private static BodyCoding septets(final TextProfile profile) {
        return profile.packed() ? GSM7_PACKED : profile.gsm7() ? GSM7 : defaultAlphabet(profile);
    }

    private static BodyCoding defaultAlphabet(final TextProfile profile) {
        return switch (profile.defaultAlphabet()) {
            case GSM7, UCS2_ONLY -> GSM7;
            case GSM7_PACKED -> GSM7_PACKED;
            case LATIN1 -> LATIN1;
            case ASCII -> ASCII;
        };
    }
}
