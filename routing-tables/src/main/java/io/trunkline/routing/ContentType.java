package io.trunkline.routing;

/** What a message carries. */
public enum ContentType {
    /** Text in the GSM 7 bit alphabet (3GPP TS 23.038 §6.2.1). */
    GSM_TEXT(1),
    /** Text in UCS-2. */
    UNICODE_TEXT(1 << 1),
    BINARY(1 << 2),
    /** A call, or a message of which it is not known. */
    UNKNOWN(1 << 3);

    private final int bit;

    ContentType(final int bit) {
        this.bit = bit;
    }

    /** For sets of them. */
    int bit() {
        return bit;
    }
}
