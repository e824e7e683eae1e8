package io.trunkline.smpp.receipt;

/** How a carrier writes message ids on one side: in its answers, or in its receipts. */
public enum MessageIdForm {
    /** Opaque: compared as it is. */
    TEXT,
    /** Opaque but for the case of its letters. */
    TEXT_IGNORE_CASE,
    /** Opaque but for zeros in front, and the case of its letters. */
    TEXT_WITHOUT_ZEROS,
    /** A number in decimal; zeros in front do not count. What is no such number stays as it is. */
    DECIMAL,
    /**
     * A number in hexadecimal, with or without 0x; zeros in front and case do not count. What is no such number, a UUID with
     * its hyphens say, stays as it is.
     */
    HEX,
    /** Hexadecimal of the ASCII characters of the id. What is not stays as it is. */
    HEX_TEXT
}
