package io.trunkline.smpp.text;

/** What the octets of a message body are. The numbers are those of the upstream protocol and of the journal. */
public enum Encoding {
    /** GSM 03.38 (3GPP TS 23.038), default alphabet or national tables, or the ASCII that an MC converts to it. */
    GSM7(1),
    /** ISO-8859-1. */
    LATIN1(2),
    /** UTF-16, big-endian. */
    UCS2(3),
    /** Octets that nobody interprets. */
    BINARY(4);

    private final int number;

    Encoding(final int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
