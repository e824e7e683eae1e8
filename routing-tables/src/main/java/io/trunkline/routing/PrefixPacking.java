package io.trunkline.routing;

import static io.trunkline.routing.PrefixTable.CHILD_BITS;
import static io.trunkline.routing.PrefixTable.FIRST_ROW_SHIFT;
import static io.trunkline.routing.PrefixTable.HAS_ROWS;
import static io.trunkline.routing.PrefixTable.MAX_NODES;
import static io.trunkline.routing.PrefixTable.NO_NODE;
import static io.trunkline.routing.PrefixTable.PLAIN;
import static io.trunkline.routing.PrefixTable.ROOT;

import java.util.Arrays;

/** The work of laying out the nodes and rows of a {@link PrefixTable}, in one pass over the sorted rows. */
final class PrefixPacking {
    private final RouteRows rows;
    private final RowOrder order;
    private final int[] sorted;
    private final int[] placed;
    private final int jumpDigits;
    private final int[] jump;
    private long[] node = new long[1024];
    private int nodes;
    private int rowsPlaced;

    /**
     * Lays them out.
     *
     * @param jumpDigits how many digits lead straight to their node; 0 where there are no jumps
     */
    PrefixPacking(final RouteRows rows, final int jumpDigits) {
        this.rows = rows;
        this.jumpDigits = jumpDigits;
        int places = 1;
        for (int digit = 0; digit < jumpDigits; digit++) {
            places *= 10;
        }
        jump = new int[places];
        Arrays.fill(jump, NO_NODE);
        order = new RowOrder(rows);
        sorted = order.sorted();
        placed = new int[sorted.length];
        final int own = newNode(0, sorted.length, 0);
        children(ROOT, own, sorted.length, 0, 0, 0);
    }

    /** All nodes, and one more that says where the last one's rows end. */
    long[] nodes() {
        final long[] all = Arrays.copyOf(node, nodes + 1);
        all[nodes] = (long) rows.size() << FIRST_ROW_SHIFT;
        return all;
    }

    /** The node that each of the numbers of so many digits leads to, or {@link PrefixTable#NO_NODE}. */
    int[] jump() {
        return jump;
    }

    /** The rows in the order of the table, by where they stood. */
    int[] placed() {
        return placed;
    }

    /**
     * Puts a node into the next place, and its own rows, which come first among those below it, into theirs.
     *
     * @param prefix {@link AlignedDigits} of the node
     * @return where the rows below the node's children begin
     */
    private int newNode(final int from, final int to, final long prefix) {
        if (nodes == MAX_NODES) {
            throw new IllegalArgumentException("the rows need more than " + MAX_NODES + " nodes");
        }
        if (nodes + 1 >= node.length) {
            node = Arrays.copyOf(node, node.length + (node.length >> 1));
        }
        long packed = (long) rowsPlaced << FIRST_ROW_SHIFT;
        boolean plain = true;
        int row = from;
        while (row < to && order.digits(sorted[row]) == prefix) {
            plain &= rows.scope(sorted[row]) == ScopeKey.EVERYONE;
            placed[rowsPlaced++] = sorted[row++];
        }
        if (row > from) {
            packed |= plain ? HAS_ROWS | PLAIN : HAS_ROWS;
        }
        node[nodes++] = packed;
        return row;
    }

    /**
     * Puts the children of a node side by side, then what is below each; or, where a jump leads to them, each before what is
     * below it.
     *
     * @param place of the node's digits among all of so many digits
     */
    private void children(
            final int parent, final int from, final int to, final int depth, final long prefix, final int place) {
        if (from == to) {
            return;
        }
        final boolean jumpedTo = depth == jumpDigits - 1;
        final int firstChild = nodes;
        final int[] begins = new int[10];
        final int[] ends = new int[10];
        final long unit = AlignedDigits.unit(depth);
        int row = from;
        for (int digit = 0; digit < 10; digit++) {
            final long childPrefix = prefix + (digit + 1) * unit;
            final int begin = row;
            while (row < to && order.digits(sorted[row]) - childPrefix < unit) {
                row++;
            }
            if (row > begin) {
                node[parent] |= 1L << digit;
                final int child = nodes;
                begins[digit] = newNode(begin, row, childPrefix);
                ends[digit] = row;
                if (jumpedTo) {
                    jump[place * 10 + digit] = child;
                    children(child, begins[digit], row, depth + 1, childPrefix, 0);
                }
            }
        }
        if (jumpedTo) {
            return;
        }
        node[parent] |= (long) firstChild << CHILD_BITS;
        int child = firstChild;
        for (int digit = 0; digit < 10; digit++) {
            if ((node[parent] >>> digit & 1) != 0) {
                children(
                        child++,
                        begins[digit],
                        ends[digit],
                        depth + 1,
                        prefix + (digit + 1) * unit,
                        place * 10 + digit);
            }
        }
    }
}
