package io.trunkline.routing.rates;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All prefixes of a book once, and for each of them the place that every index of the book has for it: the rates of a unit are
 * looked up in several decks, and the number is searched for only once. What a number needs of all indexes lies together.
 *
 * <pre>
 *   place of the number's longest prefix in any index  ▸  row of the table:  place in index 0 | in index 1 | …
 * </pre>
 *
 * The longest prefix of a number in one index is among those that its longest prefix in all of them begins with.
 */
final class PrefixTable {
    /** Words of the table for each row of the book, at most: a book of a thousand small decks does without. */
    private static final int MAX_WORDS_A_ROW = 16;

    private final PrefixPlaces all;
    private final int columns;
    private final int[] placeIn;

    private PrefixTable(final PrefixPlaces all, final List<RateIndex> indexes) {
        this.all = all;
        columns = indexes.size();
        placeIn = new int[all.size() * columns];
        for (int place = 0; place < all.size(); place++) {
            for (int column = 0; column < columns; column++) {
                placeIn[place * columns + column] =
                        indexes.get(column).places().longest(all.key(place), all.length(place));
            }
        }
    }

    /** A table over indexes, in the order of their columns; null where it would be too large. */
    static PrefixTable of(final List<RateIndex> indexes, final int rows) {
        final long[][] prefixes = indexes.stream()
                .map(RateIndex::places)
                .flatMap(places -> IntStream.range(0, places.size())
                        .mapToObj(place -> new long[] {places.key(place), places.length(place)}))
                .sorted((a, b) -> a[0] == b[0] ? Long.compare(a[1], b[1]) : Long.compare(a[0], b[0]))
                .toArray(long[][]::new);
        final long[] keys = new long[prefixes.length];
        final byte[] lengths = new byte[prefixes.length];
        int count = 0;
        for (int i = 0; i < prefixes.length; i++) {
            if (i == 0 || !Arrays.equals(prefixes[i], prefixes[i - 1])) {
                keys[count] = prefixes[i][0];
                lengths[count++] = (byte) prefixes[i][1];
            }
        }
        return (long) count * indexes.size() > (long) MAX_WORDS_A_ROW * rows
                ? null
                : new PrefixTable(new PrefixPlaces(Arrays.copyOf(keys, count), Arrays.copyOf(lengths, count)), indexes);
    }

    /** Where a number is in the table. */
    int place(final RateQuery query) {
        return all.longest(query.aligned(), query.digits());
    }

    /** The place in an index. */
    int placeIn(final int place, final int column) {
        return place == PrefixPlaces.NO_PLACE ? PrefixPlaces.NO_PLACE : placeIn[place * columns + column];
    }
}
