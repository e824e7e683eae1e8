package io.trunkline.perf.report;

import java.util.Locale;

/**
 * One line of the reconciliation: two figures from two sources that must agree.
 *
 * @param what the equation, in words
 * @param detail the figures
 */
public record Check(String what, boolean passed, String detail) {
    /** Two counts that must be the same. */
    public static Check equal(final String what, final long one, final long other) {
        return new Check(
                what,
                one == other,
                one == other
                        ? String.format(Locale.ROOT, "%,d = %,d", one, other)
                        : String.format(Locale.ROOT, "%,d, not %,d: difference %,d", one, other, one - other));
    }
}
