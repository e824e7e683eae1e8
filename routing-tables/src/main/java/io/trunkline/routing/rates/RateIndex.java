package io.trunkline.routing.rates;

import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.collections.IntArrayList;

/**
 * Finds the row with the longest prefix of a number that holds at a time, among rows that differ in nothing else. Immutable; a
 * lookup allocates nothing.
 *
 * <p>A prefix is aligned to fifteen digits, 44 being 440000000000000, and is the interval of the numbers that begin with it. Such
 * intervals lie within each other or apart, so the last prefix that begins at or before a number has all that hold the number
 * among the prefixes around it. Those follow by {@code around}, from the longest to the shortest.
 *
 * <pre>
 *   place    0    1     2      3        key     440…, 440…, 447…, 44770…
 *   prefix  4    44    447   44770      around   -1     0     1     2
 * </pre>
 */
final class RateIndex {
    static final int NO_ROW = -1;

    private static final int NO_PLACE = -1;
    private static final int ALIGNED_DIGITS = RateRow.MAX_PREFIX;

    private static final int LENGTH_SHIFT = 60;
    private static final int AROUND_SHIFT = 30;
    private static final int ROW_MASK = (1 << AROUND_SHIFT) - 1;

    /** From so many prefixes on a table of the first four digits spares most steps of the search. */
    private static final int JUMP_FROM = 4096;

    private static final int JUMPS = 10_000;
    private static final long JUMP_UNIT = 100_000_000_000L;

    private final RateRows rows;
    private final long[] key;
    /**
     * Of each place: length of the prefix, the place around it and one more, where its rows begin; and one behind the last place.
     *
     * <pre>
     *   60 length, 4    30 around + 1, 30    0 first row, 30
     * </pre>
     */
    private final long[] place;

    /** Row that the first place's rows begin with; then they follow by place and the time from which they hold. */
    private final int base;

    /** The first place at or behind each beginning of four digits; null in a small index. */
    private final int[] jump;

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
        base = order.size();
        final int[] row = sorted(rows, ids);
        final long[] keys = new long[row.length];
        final long[] links = new long[row.length + 1];
        int places = 0;
        for (int i = 0; i < row.length; i++) {
            order.addInt(row[i]);
            final boolean same = i > 0
                    && rows.prefix(row[i]) == rows.prefix(row[i - 1])
                    && rows.prefixLength(row[i]) == rows.prefixLength(row[i - 1]);
            if (same) {
                checkTimes(rows, row[i - 1], row[i], problems);
            } else {
                keys[places] = aligned(rows, row[i]);
                links[places++] = (long) rows.prefixLength(row[i]) << LENGTH_SHIFT | i;
            }
        }
        links[places] = row.length;
        key = Arrays.copyOf(keys, places);
        place = Arrays.copyOf(links, places + 1);
        enclose();
        jump = places < JUMP_FROM ? null : jumps();
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
        return rows.prefix(id) * RateQuery.powerOfTen(ALIGNED_DIGITS - rows.prefixLength(id));
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

    /** Finds the place around each. */
    private void enclose() {
        for (int inner = 0; inner < key.length; inner++) {
            int outer = inner - 1;
            while (outer != NO_PLACE && !holds(place[outer], outer, key[inner], length(place[inner]))) {
                outer = around(place[outer]);
            }
            place[inner] |= (long) (outer + 1) << AROUND_SHIFT;
        }
    }

    private static int length(final long link) {
        return (int) (link >>> LENGTH_SHIFT);
    }

    private static int around(final long link) {
        return ((int) (link >>> AROUND_SHIFT) & ROW_MASK) - 1;
    }

    private static int firstRow(final long link) {
        return (int) link & ROW_MASK;
    }

    private int[] jumps() {
        final int[] result = new int[JUMPS + 1];
        int next = 0;
        for (int i = 0; i < JUMPS; i++) {
            while (next < key.length && key[next] < i * JUMP_UNIT) {
                next++;
            }
            result[i] = next;
        }
        result[JUMPS] = key.length;
        return result;
    }

    /** Whether a prefix is one of these digits, of which there are so many. */
    private boolean holds(final long link, final int ofPlace, final long alignedDigits, final int digits) {
        final int length = length(link);
        return length <= digits && alignedDigits - key[ofPlace] < RateQuery.powerOfTen(ALIGNED_DIGITS - length);
    }

    /** The row for a number, or {@link #NO_ROW}. A row whose time is over, or yet to come, is as if it were not there. */
    int find(final RateQuery query) {
        final long aligned = query.aligned();
        final int digits = query.digits();
        int at = floor(aligned);
        while (at != NO_PLACE) {
            final long link = place[at];
            if (holds(link, at, aligned, digits)) {
                final int found = at(firstRow(link), firstRow(place[at + 1]), query.atSecond);
                if (found != NO_ROW) {
                    return found;
                }
            }
            at = around(link);
        }
        return NO_ROW;
    }

    /** The last place that begins at or before a number. */
    private int floor(final long aligned) {
        int low = 0;
        int high = key.length - 1;
        if (jump != null) {
            final int first = (int) (aligned / JUMP_UNIT);
            low = jump[first];
            high = jump[first + 1] - 1;
        }
        int left = high - low + 1;
        if (left <= 0 || key[low] > aligned) {
            return low - 1;
        }
        // Without a branch that depends on the number: it would be guessed wrong every other time.
        while (left > 1) {
            final int half = left >>> 1;
            low = key[low + half] <= aligned ? low + half : low;
            left -= half;
        }
        return low;
    }

    private int at(final int first, final int behind, final long second) {
        for (int row = base + behind - 1; row >= base + first; row--) {
            if (rows.from(row) <= second) {
                return second < rows.to(row) ? row : NO_ROW;
            }
        }
        return NO_ROW;
    }
}
