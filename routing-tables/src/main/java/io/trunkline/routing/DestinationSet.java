package io.trunkline.routing;

import java.util.Arrays;
import java.util.Collection;
import org.agrona.DirectBuffer;

/** A set of prefixes, as ranges of {@link AlignedDigits}: asking whether a number is in it is one binary search. */
public final class DestinationSet {
    private final long[] begin;
    private final long[] end;

    private DestinationSet(final long[] begin, final long[] end) {
        this.begin = begin;
        this.end = end;
    }

    /**
     * The set of all numbers that begin with one of these.
     *
     * @param prefixes of 0..18 digits each; one within another is no mistake
     * @throws IllegalArgumentException where one is no prefix
     */
    public static DestinationSet of(final Collection<String> prefixes) {
        final long[] packed = new long[prefixes.size()];
        int i = 0;
        for (final String prefix : prefixes) {
            packed[i] = PackedNumber.of(prefix);
            if (packed[i++] == PackedNumber.NONE) {
                throw new IllegalArgumentException("prefix `" + prefix + "` is not 0..18 digits");
            }
        }
        final long[][] ranges = Arrays.stream(packed)
                .mapToObj(each -> new long[] {AlignedDigits.of(each), AlignedDigits.below(each)})
                .sorted((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(b[1], a[1]))
                .toArray(long[][]::new);
        final long[] begin = new long[ranges.length];
        final long[] end = new long[ranges.length];
        int size = 0;
        for (final long[] range : ranges) {
            // Ranges are side by side or within one another: a prefix within the one before adds nothing.
            if (size == 0 || range[0] >= end[size - 1]) {
                begin[size] = range[0];
                end[size] = range[0] + range[1] < 0 ? Long.MAX_VALUE : range[0] + range[1];
                size++;
            }
        }
        return new DestinationSet(Arrays.copyOf(begin, size), Arrays.copyOf(end, size));
    }

    /** Whether every number of another set is in this one. */
    boolean containsAll(final DestinationSet other) {
        for (int i = 0; i < other.begin.length; i++) {
            if (!isWithin(other.begin[i], other.end[i])) {
                return false;
            }
        }
        return true;
    }

    /** Tells of the ranges that it consists of, ascending. */
    void forEachRange(final RouteLint.RangeVisitor visitor) {
        for (int i = 0; i < begin.length; i++) {
            visitor.range(begin[i], end[i]);
        }
    }

    private boolean isWithin(final long first, final long last) {
        final int found = Arrays.binarySearch(begin, first);
        final int range = found >= 0 ? found : -found - 2;
        return range >= 0 && last <= end[range];
    }

    /** Whether a number begins with one of the prefixes; what follows the first octet that is no digit does not count. */
    public boolean contains(final DirectBuffer digits, final int offset, final int length) {
        final long aligned = AlignedDigits.of(digits, offset, length);
        final int found = Arrays.binarySearch(begin, aligned);
        final int range = found >= 0 ? found : -found - 2;
        return range >= 0 && aligned < end[range];
    }
}
