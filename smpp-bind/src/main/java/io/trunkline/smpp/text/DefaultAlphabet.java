package io.trunkline.smpp.text;

/** What a carrier takes data_coding 0 for, and thereby what its short messages are written in. */
public enum DefaultAlphabet {
    /** GSM 03.38, one septet an octet. */
    GSM7,
    /** GSM 03.38, eight septets in seven octets. */
    GSM7_PACKED,
    /** ISO-8859-1; the carrier counts octets. */
    LATIN1,
    /** ASCII that the carrier converts to GSM 03.38, whose limits hold. */
    ASCII,
    /** None: every text goes as UCS-2. */
    UCS2_ONLY
}
