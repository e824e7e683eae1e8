package io.trunkline.routing.numbers;

import java.util.Optional;

/**
 * Where the entries of each bucket begin: the directory of a number file in half of its octets, so that more of it stays in the
 * processor's caches. Every 64th bucket's beginning is kept whole, and of the others how far behind it they begin. Immutable.
 */
final class BucketStarts {
    private static final int GROUP_BITS = 6;

    private final int[] group;
    private final char[] within;

    private BucketStarts(final int buckets) {
        group = new int[(buckets >>> GROUP_BITS) + 1];
        within = new char[buckets + 1];
    }

    /** Reads a directory; empty where a group has more entries than can be counted in sixteen bits. */
    static Optional<BucketStarts> read(final MappedFile file, final long offset, final int buckets) {
        final BucketStarts starts = new BucketStarts(buckets);
        for (int bucket = 0; bucket <= buckets; bucket++) {
            final int start = file.getInt(offset + (long) bucket * Integer.BYTES);
            if ((bucket & (1 << GROUP_BITS) - 1) == 0) {
                starts.group[bucket >>> GROUP_BITS] = start;
            }
            // Both are unsigned, and so is what lies between them.
            final int behind = start - starts.group[bucket >>> GROUP_BITS];
            if (behind < 0 || behind > Character.MAX_VALUE) {
                return Optional.empty();
            }
            starts.within[bucket] = (char) behind;
        }
        return Optional.of(starts);
    }

    /** The index of a bucket's first entry; of the one behind the last bucket, how many entries there are. */
    long start(final int bucket) {
        return (group[bucket >>> GROUP_BITS] & 0xFFFF_FFFFL) + within[bucket];
    }
}
