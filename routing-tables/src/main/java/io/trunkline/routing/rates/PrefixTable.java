package io.trunkline.routing.rates;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All prefixes of a book once, and for each of them what every index of the book has for it: the rates of a unit are looked up in
 * several decks, and the number is searched for only once. What a number needs of all indexes lies together, in two words for each:
 * a lookup waits for memory, and not for anything else.
 *
 * <pre>
 *   place of the number's longest prefix in any index  ▸  line of the table:  entry of index 0 | entry of index 1 | …
 *
 *   entry     word 0                                  word 1
 *   one row   from (32), to (32), seconds since 1970  row (26), micros (38)
 *   none      always                                  all ones (26)
 *   else      never                                   place in the index (26)
 * </pre>
 *
 * The longest prefix of a number in one index is among those that its longest prefix in all of them begins with.
 */
final class PrefixTable {
    /** Entries of the table for each row of the book, at most: a book of a thousand small decks does without. */
    private static final int MAX_ENTRIES_A_ROW = 6;

    private static final long LOWER = 0xFFFF_FFFFL;
    private static final long ALWAYS = LOWER;
    private static final long NEVER = LOWER << Integer.SIZE;
    private static final int MICROS_BITS = 38;
    private static final long MICROS_MASK = (1L << MICROS_BITS) - 1;
    private static final int NO_NUMBER = (1 << (Long.SIZE - MICROS_BITS)) - 1;

    private final PrefixPlaces all;
    private final int columns;
    private final long[] entries;

    private PrefixTable(final PrefixPlaces all, final int columns, final long[] entries) {
        this.all = all;
        this.columns = columns;
        this.entries = entries;
    }

    /**
     * A table over indexes, in the order of their columns; null where it would be too large.
     *
     * @param rows in their order
     */
    static PrefixTable of(final List<RateIndex> indexes, final RateRows rows) {
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
        if ((long) count * indexes.size() > (long) MAX_ENTRIES_A_ROW * rows.size() || rows.size() >= NO_NUMBER) {
            return null;
        }
        final PrefixPlaces all = new PrefixPlaces(Arrays.copyOf(keys, count), Arrays.copyOf(lengths, count));
        final int columns = indexes.size();
        final long[] entries = new long[2 * count * columns];
        for (int place = 0; place < count; place++) {
            for (int column = 0; column < columns; column++) {
                final int at = 2 * (place * columns + column);
                final RateIndex index = indexes.get(column);
                put(entries, at, index, index.places().longest(all.key(place), all.length(place)), rows);
            }
        }
        return new PrefixTable(all, columns, entries);
    }

    private static void put(
            final long[] entries, final int at, final RateIndex index, final int place, final RateRows rows) {
        if (place == PrefixPlaces.NO_PLACE) {
            entries[at] = ALWAYS;
            entries[at + 1] = (long) NO_NUMBER << MICROS_BITS;
            return;
        }
        final int row = index.onlyRow(place);
        if (row != RateIndex.NO_ROW && fits(rows, row)) {
            final long to = rows.to(row) == RateRow.FOREVER ? LOWER : rows.to(row);
            entries[at] = rows.from(row) << Integer.SIZE | to;
            entries[at + 1] = (long) row << MICROS_BITS | rows.micros(row);
        } else {
            entries[at] = NEVER;
            entries[at + 1] = (long) place << MICROS_BITS;
        }
    }

    private static boolean fits(final RateRows rows, final int row) {
        return rows.from(row) >= 0
                && rows.from(row) < LOWER
                && (rows.to(row) < LOWER || rows.to(row) == RateRow.FOREVER)
                && rows.micros(row) >= 0
                && rows.micros(row) <= MICROS_MASK;
    }

    /** The same, with the places of another table where they are the same: who asks both searches for a number only once. */
    PrefixTable placedAs(final PrefixTable other) {
        return other != null && all.sameAs(other.all) ? new PrefixTable(other.all, columns, entries) : this;
    }

    /** The row of a column that holds for a query, or {@link RateIndex#NO_ROW}. */
    int find(final RateQuery query, final int column, final RateIndex index) {
        final int place = query.placeIn(all);
        if (place == PrefixPlaces.NO_PLACE) {
            return RateIndex.NO_ROW;
        }
        final int at = 2 * (place * columns + column);
        final long times = entries[at];
        final long what = entries[at + 1];
        final int number = (int) (what >>> MICROS_BITS);
        final long to = times & LOWER;
        if (query.atSecond >= times >>> Integer.SIZE && (query.atSecond < to || to == LOWER)) {
            query.micros = what & MICROS_MASK;
            return number == NO_NUMBER ? RateIndex.NO_ROW : number;
        }
        return times == NEVER ? index.findFrom(number, query) : index.find(query);
    }
}
