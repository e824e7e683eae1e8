package io.trunkline.gateway.replay;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Which numbers found a route and which did not, by their first six digits, so that those without one can be told by the
 * fewest and shortest prefixes: below such a prefix nothing in the traffic finds a route.
 */
final class DigitCounts {
    private static final int DIGITS = 6;
    private static final int SIZE = 1_000_000;

    private static final Verdict[] VERDICTS = Verdict.values();

    private final int[] routed = new int[SIZE];
    private final int[] unroutable = new int[SIZE];
    /** The first unit without a route of each six digits. */
    private final long[] unit = new long[SIZE];

    private final long[] number = new long[SIZE];
    private final byte[] why = new byte[SIZE];

    /**
     * Numbers with a common beginning.
     *
     * @param digits the whole of what they have in common, six at most
     * @param units that find no route
     * @param routed units with these digits that find one all the same: another tenant's or class's
     * @param unit one of those that find none
     * @param number its digits
     */
    record Prefix(String digits, long units, long routed, long unit, long number, Verdict why) {}

    /** Counts a number; a shorter one than six digits is counted as if zeros followed. */
    void add(final DirectBuffer digits, final long unitId, final Verdict verdict) {
        final int index = index(digits);
        if (verdict == Verdict.ROUTED) {
            count(routed, index);
        } else if (count(unroutable, index) == 1) {
            unit[index] = unitId;
            number[index] = number(digits);
            why[index] = code(verdict);
        }
    }

    @SuppressWarnings("EnumOrdinal") // Stays in this process.
    private static byte code(final Verdict verdict) {
        return (byte) verdict.ordinal();
    }

    private static int count(final int[] counts, final int index) {
        if (counts[index] < Integer.MAX_VALUE) {
            counts[index]++;
        }
        return counts[index];
    }

    /** Digits as a number. */
    static long number(final DirectBuffer digits) {
        long number = 0;
        for (int i = 0; i < digits.capacity(); i++) {
            number = number * 10 + (digits.getByte(i) - '0');
        }
        return number;
    }

    private static int index(final DirectBuffer digits) {
        int index = 0;
        for (int i = 0; i < DIGITS; i++) {
            final int digit = i < digits.capacity() ? digits.getByte(i) - '0' : 0;
            index = index * 10 + (digit >= 0 && digit <= 9 ? digit : 0);
        }
        return index;
    }

    /** The prefixes, in the order of their digits. */
    List<Prefix> prefixes() {
        final List<Prefix> found = new ArrayList<>();
        descend(0, SIZE, 0, found);
        return found;
    }

    private void descend(final int first, final int span, final int depth, final List<Prefix> found) {
        final long without = sum(unroutable, first, span);
        if (without == 0) {
            return;
        }
        final long with = sum(routed, first, span);
        if (depth > 0 && (with == 0 || depth == DIGITS)) {
            final int one = firstWithout(first);
            found.add(
                    new Prefix(common(first, span, depth), without, with, unit[one], number[one], VERDICTS[why[one]]));
            return;
        }
        final int below = span / 10;
        for (int digit = 0; digit < 10; digit++) {
            descend(first + digit * below, below, depth + 1, found);
        }
    }

    private int firstWithout(final int first) {
        int at = first;
        while (unroutable[at] == 0) {
            at++;
        }
        return at;
    }

    /** What all numbers without a route have in common there. */
    private String common(final int first, final int span, final int depth) {
        int at = first;
        int width = span;
        int length = depth;
        while (length < DIGITS) {
            final int below = width / 10;
            int only = -1;
            for (int digit = 0; digit < 10; digit++) {
                if (sum(unroutable, at + digit * below, below) > 0) {
                    only = only < 0 ? digit : 10;
                }
            }
            if (only > 9) {
                break;
            }
            at += only * below;
            width = below;
            length++;
        }
        return Integer.toString(SIZE + at).substring(1, 1 + length);
    }

    private static long sum(final int[] counts, final int first, final int span) {
        long sum = 0;
        for (int i = first; i < first + span; i++) {
            sum += counts[i];
        }
        return sum;
    }
}
