package io.trunkline.routing.rates;

/**
 * Amounts of money as whole millionths of a currency's main unit: 0.0075 EUR is 7500. What is more precise than that is refused
 * where it is read, so that a sum never depends on its order. Floating point is nowhere near.
 */
public final class Micros {
    /** Decimals that an amount has. */
    public static final int DECIMALS = 6;

    public static final long ONE = 1_000_000;
    /** Given back for what is no amount. */
    public static final long NONE = Long.MIN_VALUE;

    /** So that an amount times the seconds of ten days is still a long. */
    private static final int MAX_WHOLE_DIGITS = 6;

    private static final int MAX_TOTAL_DIGITS = 12;

    private Micros() {}

    /**
     * A rate: not below zero, at most six digits before the point and six behind it.
     *
     * @return {@link #NONE} where it is anything else
     */
    public static long rate(final CharSequence text) {
        final long amount = amount(text, MAX_WHOLE_DIGITS);
        return amount < 0 ? NONE : amount;
    }

    /**
     * An amount, with a sign or without: at most twelve digits before the point and six behind it.
     *
     * @return {@link #NONE} where it is anything else
     */
    public static long amount(final CharSequence text) {
        return amount(text, MAX_TOTAL_DIGITS);
    }

    private static long amount(final CharSequence text, final int maxWhole) {
        final boolean negative = text.length() > 0 && text.charAt(0) == '-';
        long value = 0;
        int whole = 0;
        int behind = -1;
        for (int i = negative ? 1 : 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                value = value * 10 + (c - '0');
                if (behind >= 0) {
                    behind++;
                } else {
                    whole++;
                }
            } else if (c == '.' && behind < 0) {
                behind = 0;
            } else {
                return NONE;
            }
            if (whole > maxWhole || behind > DECIMALS) {
                return NONE;
            }
        }
        if (whole == 0 || behind == 0) {
            return NONE;
        }
        for (int i = Math.max(0, behind); i < DECIMALS; i++) {
            value *= 10;
        }
        return negative ? -value : value;
    }

    /** With all six decimals: {@code 0.007500}. */
    public static String text(final long micros) {
        final StringBuilder out = new StringBuilder(20);
        final long magnitude = Math.abs(micros);
        out.append(micros < 0 ? "-" : "").append(magnitude / ONE).append('.');
        final String fraction = Long.toString(magnitude % ONE);
        return out.append("0".repeat(DECIMALS - fraction.length()))
                .append(fraction)
                .toString();
    }
}
