package io.trunkline.gateway.replay;

/** A number for a report that is passed on: which network it is in can be seen, whose it is cannot. */
final class MaskedNumber {
    private static final int HIDDEN = 4;

    private MaskedNumber() {}

    /** {@code 44770090xxxx}. */
    static String of(final long digits) {
        final String text = Long.toString(digits);
        final int shown = Math.max(0, text.length() - HIDDEN);
        return text.substring(0, shown) + "x".repeat(text.length() - shown);
    }
}
