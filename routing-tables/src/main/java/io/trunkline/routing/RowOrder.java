package io.trunkline.routing;

import java.util.List;

/**
 * The order in which rows are packed: by their digits, a prefix before what begins with it; those of one prefix by scope; those
 * of one scope with the first offer first. It does not depend on the order in which they came.
 */
final class RowOrder {
    private final RouteRows rows;
    private final List<Route> routes;
    private final long[] digits;

    RowOrder(final RouteRows rows) {
        this.rows = rows;
        routes = rows.routes();
        digits = new long[rows.size()];
        for (int row = 0; row < digits.length; row++) {
            digits[row] = AlignedDigits.of(rows.packedPrefix(row));
        }
    }

    /** The {@link AlignedDigits} of a row's prefix. */
    long digits(final int row) {
        return digits[row];
    }

    /** All rows in order; rows that are as good as equal stand side by side. */
    int[] sorted() {
        int[] from = new int[digits.length];
        for (int row = 0; row < from.length; row++) {
            from[row] = row;
        }
        int[] to = new int[from.length];
        for (int width = 1; width < from.length; width <<= 1) {
            for (int begin = 0; begin < from.length; begin += 2 * width) {
                merge(from, to, begin, Math.min(begin + width, from.length), Math.min(begin + 2 * width, from.length));
            }
            final int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private void merge(final int[] from, final int[] to, final int begin, final int middle, final int end) {
        if (middle == end || compare(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, begin, to, begin, end - begin);
            return;
        }
        int left = begin;
        int right = middle;
        for (int i = begin; i < end; i++) {
            final boolean takeLeft = right == end || (left < middle && compare(from[left], from[right]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private int compare(final int a, final int b) {
        final int byDigits = Long.compare(digits[a], digits[b]);
        if (byDigits != 0) {
            return byDigits;
        }
        final int byScope = Long.compare(rows.scope(a), rows.scope(b));
        return byScope != 0 ? byScope : compareOffers(a, b);
    }

    private int compareOffers(final int a, final int b) {
        final int byPriority = Integer.compare(rows.priority(b), rows.priority(a));
        if (byPriority != 0) {
            return byPriority;
        }
        // Unpriced is -1 and comes after every price.
        final int byCost = Integer.compareUnsigned(rows.cost(a), rows.cost(b));
        if (byCost != 0) {
            return byCost;
        }
        final int byWeight = Integer.compare(rows.weight(b), rows.weight(a));
        return byWeight != 0 ? byWeight : compare(routes.get(rows.route(a)), routes.get(rows.route(b)));
    }

    private static int compare(final Route a, final Route b) {
        return a.equals(b) ? 0 : a.toString().compareTo(b.toString());
    }
}
