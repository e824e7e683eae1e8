package io.trunkline.routing.networks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Which network was given which range of numbers. A range is from one run of digits to another of the same length and has all
 * numbers in it that begin with one of those: 44770 to 44774 has 44773 and 447735551234. Ranges may lie within others, then
 * the inner one counts; they may not overlap otherwise. Immutable; any thread asks, without locks and without allocating.
 *
 * <p>Numbers are compared digit by digit, the shorter one first: as numbers to the base of 11 with 18 places, where no digit is
 * 0 and a digit d is d + 1. So a range is an interval, and the ranges flattened are the places where the network changes.
 */
public final class NumberRanges {
    /** No ranges, so every network is unknown. */
    public static final NumberRanges EMPTY = new Builder().build();

    /** Most digits of an end of a range; what a number has more does not count. */
    public static final int MAX_DIGITS = 18;

    private static final int BASE = 11;

    private final long[] start;
    private final int[] network;
    private final int ranges;

    private NumberRanges(final long[] start, final int[] network, final int ranges) {
        this.start = start;
        this.network = network;
        this.ranges = ranges;
    }

    /** Begins a table. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many ranges it was built from. */
    public int size() {
        return ranges;
    }

    /** The {@link MccMnc} of a number in ASCII digits without sign; {@link MccMnc#UNKNOWN} for anything else, too. */
    public int network(final DirectBuffer digits, final int offset, final int length) {
        long key = 0;
        for (int i = 0; i < MAX_DIGITS; i++) {
            int place = 0;
            if (i < length) {
                place = digits.getByte(offset + i) - '0' + 1;
                if (place < 1 || place > 10) {
                    return MccMnc.UNKNOWN;
                }
            }
            key = key * BASE + place;
        }
        int low = 0;
        int high = start.length - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            if (start[middle] <= key) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high < 0 ? MccMnc.UNKNOWN : network[high];
    }

    /** Two ranges have numbers in common, and neither lies within the other; or both are the same. */
    public static final class Overlap extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
        private final String source;
        private final String other;

        private Overlap(final String source, final String other) {
            super(source + " and " + other + " overlap");
            this.source = source;
            this.other = other;
        }

        /** Where one of them comes from. */
        public String source() {
            return source;
        }

        /** Where the other one comes from. */
        public String other() {
            return other;
        }
    }

    /** Collects ranges; not for several threads. */
    public static final class Builder {
        private static final Comparator<Range> OUTER_FIRST =
                Comparator.comparingLong(Range::low).thenComparing(Range::high, Comparator.reverseOrder());

        private final List<Range> ranges = new ArrayList<>();

        private record Range(long low, long high, int network, String source) {}

        private Builder() {}

        /**
         * Adds a range.
         *
         * @param from 1..18 digits
         * @param to as many, not below from; also in the range
         * @param network a {@link MccMnc}; {@link MccMnc#UNKNOWN} makes a hole in the range around it
         * @param source where it comes from, for complaints: {@code networks.csv:17}, say
         * @throws IllegalArgumentException where a value is out of its range
         */
        public Builder add(final String from, final String to, final int network, final String source) {
            if (from.isEmpty() || from.length() > MAX_DIGITS || from.length() != to.length()) {
                throw new IllegalArgumentException(
                        source + ": `" + from + "` to `" + to + "` is not from 1..18 digits to as many");
            }
            if (network != MccMnc.UNKNOWN && !MccMnc.isNetwork(network)) {
                throw new IllegalArgumentException(source + ": " + network + " is no network");
            }
            final long low = key(from, 0, source);
            final long high = key(to, BASE - 1, source);
            if (low > high) {
                throw new IllegalArgumentException(source + ": " + from + " is above " + to);
            }
            ranges.add(new Range(low, high, network, source));
            return this;
        }

        private static long key(final String digits, final int filler, final String source) {
            long key = 0;
            for (int i = 0; i < MAX_DIGITS; i++) {
                int place = filler;
                if (i < digits.length()) {
                    place = digits.charAt(i) - '0' + 1;
                    if (place < 1 || place > 10) {
                        throw new IllegalArgumentException(source + ": `" + digits + "` is not all digits");
                    }
                }
                key = key * BASE + place;
            }
            return key;
        }

        /**
         * Flattens the ranges.
         *
         * @throws Overlap where two overlap and neither lies within the other, or both are the same
         */
        public NumberRanges build() {
            ranges.sort(OUTER_FIRST);
            final Steps steps = new Steps(2 * ranges.size());
            final Deque<Range> open = new ArrayDeque<>();
            for (final Range range : ranges) {
                while (!open.isEmpty() && open.peek().high() < range.low()) {
                    close(open, steps);
                }
                final Range around = open.peek();
                if (around != null
                        && (range.high() > around.high()
                                || (range.low() == around.low() && range.high() == around.high()))) {
                    throw new Overlap(range.source(), around.source());
                }
                steps.at(range.low(), range.network());
                open.push(range);
            }
            while (!open.isEmpty()) {
                close(open, steps);
            }
            return new NumberRanges(
                    Arrays.copyOf(steps.start, steps.size), Arrays.copyOf(steps.network, steps.size), ranges.size());
        }

        /** After a range that which is around it goes on. */
        private static void close(final Deque<Range> open, final Steps steps) {
            final Range closed = open.pop();
            steps.at(
                    closed.high() + 1,
                    open.isEmpty() ? MccMnc.UNKNOWN : open.peek().network());
        }
    }

    /** Where the network changes, ascending. */
    private static final class Steps {
        private final long[] start;
        private final int[] network;
        private int size;

        Steps(final int capacity) {
            start = new long[capacity];
            network = new int[capacity];
        }

        /** From here on it is this one, whatever was said of this place before. */
        void at(final long from, final int itsNetwork) {
            if (size == 0 || start[size - 1] != from) {
                size++;
            }
            start[size - 1] = from;
            network[size - 1] = itsNetwork;
        }
    }
}
