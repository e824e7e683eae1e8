package io.trunkline.perf.roles;

import org.agrona.DirectBuffer;

/** Turns message ids into numbers that are equal where the ids mean the same message. */
final class ReceiptIds {
    private static final int DECIMAL_ID = 18;
    private static final int HEX_ID = 15;

    private final boolean answerHex;
    private final boolean receiptHex;

    ReceiptIds(final EsmePlan.Ids ids) {
        answerHex = ids == EsmePlan.Ids.HEX_THEN_DECIMAL;
        receiptHex = ids == EsmePlan.Ids.DECIMAL_THEN_HEX;
    }

    long ofAnswer(final DirectBuffer in, final int from, final int to) {
        return key(in, from, to, answerHex);
    }

    long ofReceipt(final DirectBuffer in, final int from, final int to) {
        return key(in, from, to, receiptHex);
    }

    /** The number where it is one that fits; else a hash of the text without case, above all such numbers. */
    private static long key(final DirectBuffer in, final int from, final int to, final boolean hex) {
        int at = from;
        while (at < to - 1 && in.getByte(at) == '0') {
            at++;
        }
        long number = 0;
        long hash = 0xCBF29CE484222325L;
        boolean digits = to - at <= (hex ? HEX_ID : DECIMAL_ID);
        for (int i = at; i < to; i++) {
            final int character = in.getByte(i) | 0x20;
            hash = (hash ^ character) * 0x100000001B3L;
            if (character >= '0' && character <= '9') {
                number = number * (hex ? 16 : 10) + character - '0';
            } else if (hex && character >= 'a' && character <= 'f') {
                number = number * 16 + character - 'a' + 10;
            } else {
                digits = false;
            }
        }
        return digits ? number : hash | Long.MIN_VALUE;
    }
}
