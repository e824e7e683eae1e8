package io.trunkline.gateway.config;

import java.time.Duration;
import java.time.ZoneId;

/**
 * How a carrier's receipts are read.
 *
 * @param answerId form of the message id in submit_sm_resp
 * @param receiptId form of the message id in a receipt; both are brought to one form before they are compared
 * @param acceptEsmClassZero whether a deliver_sm that looks like a receipt but is not marked as one is taken for it;
 *     a sender of MO traffic can then forge receipts
 * @param timeout after this long without a receipt a unit ends as unknown
 * @param timezone of the dates in receipt texts
 */
public record ReceiptProfile(
        IdForm answerId, IdForm receiptId, boolean acceptEsmClassZero, Duration timeout, ZoneId timezone) {
    /** How a message id is written. */
    public enum IdForm {
        /** Opaque: compared as it is. */
        TEXT,
        /** Opaque but for the case of its letters. */
        TEXT_IGNORE_CASE,
        /** Opaque but for zeros in front and the case of its letters. */
        TEXT_WITHOUT_ZEROS,
        /** A number in decimal; leading zeros do not count. */
        DECIMAL,
        /** A number in hexadecimal; leading zeros and case do not count. */
        HEX,
        /** Hexadecimal of the ASCII characters of the id. */
        HEX_TEXT
    }
}
