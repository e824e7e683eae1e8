package io.trunkline.routing.rates;

import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.collections.IntArrayList;

/**
 * Finds the row with the longest prefix of a number that holds at a time, among rows that differ in nothing else. Immutable; a
 * lookup allocates nothing.
 */
final class RateIndex {
    static final int NO_ROW = -1;

    private final RateRows rows;
    private final PrefixPlaces places;

    /** Where the rows of each place begin, and one more behind the last place. They follow by the time from which they hold. */
    private final int[] firstRow;

    /**
     * An index.
     *
     * @param ids of its rows
     * @param order takes these ids in the order in which the index has them: rows are put in order when all indexes are there
     * @param problems told of rows whose times overlap or leave a gap
     */
    RateIndex(
            final RateRows rows,
            final IntArrayList ids,
            final IntArrayList order,
            final Consumer<RateProblem> problems) {
        this.rows = rows;
        final int base = order.size();
        final int[] row = sorted(rows, ids);
        final long[] keys = new long[row.length];
        final byte[] lengths = new byte[row.length];
        final int[] begins = new int[row.length + 1];
        int count = 0;
        for (int i = 0; i < row.length; i++) {
            order.addInt(row[i]);
            final boolean same = i > 0
                    && rows.prefix(row[i]) == rows.prefix(row[i - 1])
                    && rows.prefixLength(row[i]) == rows.prefixLength(row[i - 1]);
            if (same) {
                checkTimes(rows, row[i - 1], row[i], problems);
            } else {
                keys[count] = aligned(rows, row[i]);
                lengths[count] = (byte) rows.prefixLength(row[i]);
                begins[count++] = base + i;
            }
        }
        begins[count] = base + row.length;
        places = new PrefixPlaces(Arrays.copyOf(keys, count), Arrays.copyOf(lengths, count));
        firstRow = Arrays.copyOf(begins, count + 1);
    }

    private static int[] sorted(final RateRows rows, final IntArrayList ids) {
        final Integer[] order = new Integer[ids.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = ids.getInt(i);
        }
        Arrays.sort(order, (a, b) -> {
            final int byKey = Long.compare(aligned(rows, a), aligned(rows, b));
            if (byKey != 0) {
                return byKey;
            }
            final int byLength = Integer.compare(rows.prefixLength(a), rows.prefixLength(b));
            return byLength != 0 ? byLength : Long.compare(rows.from(a), rows.from(b));
        });
        final int[] sorted = new int[order.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = order[i];
        }
        return sorted;
    }

    private static long aligned(final RateRows rows, final int id) {
        return PrefixPlaces.aligned(rows.prefix(id), rows.prefixLength(id));
    }

    private static void checkTimes(
            final RateRows rows, final int before, final int after, final Consumer<RateProblem> problems) {
        if (rows.to(before) > rows.from(after)) {
            problems.accept(new RateProblem(
                    RateProblem.Kind.OVERLAP,
                    rows.line(after),
                    "line " + rows.line(before) + " holds for the same units at the same time",
                    "end that row (`to`) where this one begins (`from`)"));
        } else if (rows.to(before) < rows.from(after)) {
            problems.accept(new RateProblem(
                    RateProblem.Kind.GAP,
                    rows.line(after),
                    "between the end of line " + rows.line(before) + " and this row no rate holds",
                    "let that row end where this one begins, or add a row for the time between"));
        }
    }

    /** Its prefixes. */
    PrefixPlaces places() {
        return places;
    }

    /** The row of a place, where there is only one; otherwise {@link #NO_ROW}. */
    int onlyRow(final int place) {
        return firstRow[place + 1] - firstRow[place] == 1 ? firstRow[place] : NO_ROW;
    }

    /** The row for a number, or {@link #NO_ROW}. A row whose time is over, or yet to come, is as if it were not there. */
    int find(final RateQuery query) {
        return findFrom(places.longest(query.aligned(), query.digits()), query);
    }

    /** The same, where the place of the longest prefix is known. */
    int findFrom(final int longest, final RateQuery query) {
        int place = longest;
        while (place != PrefixPlaces.NO_PLACE) {
            final int found = at(firstRow[place], firstRow[place + 1], query.atSecond);
            if (found != NO_ROW) {
                query.micros = rows.micros(found);
                return found;
            }
            place = places.around(place);
        }
        return NO_ROW;
    }

    private int at(final int first, final int behind, final long second) {
        for (int row = behind - 1; row >= first; row--) {
            if (rows.from(row) <= second) {
                return second < rows.to(row) ? row : NO_ROW;
            }
        }
        return NO_ROW;
    }
}
