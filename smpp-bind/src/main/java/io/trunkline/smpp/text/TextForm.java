package io.trunkline.smpp.text;

/** How a text's octets are made, and what is counted against a segment's limit. */
enum TextForm {
    /** One septet an octet until it is packed; septets count. */
    GSM7(Encoding.GSM7),
    /** ASCII octets that the carrier turns into GSM 03.38; the septets that come of them count. */
    ASCII(Encoding.GSM7),
    /** Octets count. */
    LATIN1(Encoding.LATIN1),
    /** UTF-16 big-endian; code units count. */
    UCS2(Encoding.UCS2),
    /** Octets count. */
    BINARY(Encoding.BINARY);

    private final Encoding encoding;

    TextForm(final Encoding encoding) {
        this.encoding = encoding;
    }

    static TextForm of(final DefaultAlphabet alphabet) {
        return switch (alphabet) {
            case GSM7, GSM7_PACKED -> GSM7;
            case LATIN1 -> LATIN1;
            case ASCII -> ASCII;
            case UCS2_ONLY -> UCS2;
        };
    }

    Encoding encoding() {
        return encoding;
    }

    /** What a segment holds besides a header of this many octets, in what this form counts. */
    int limit(final int headerOctets) {
        final int octets = SegmentPlan.SEGMENT_OCTETS - headerOctets;
        return switch (this) {
            case GSM7, ASCII -> octets * 8 / 7;
            case LATIN1, BINARY -> octets;
            case UCS2 -> octets / 2;
        };
    }
}
