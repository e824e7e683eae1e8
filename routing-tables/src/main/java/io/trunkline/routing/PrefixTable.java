package io.trunkline.routing;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.agrona.DirectBuffer;

/**
 * Finds the row with the longest prefix of a number that is meant for a tenant and a class. Immutable; a lookup walks at most
 * 18 nodes and allocates nothing.
 *
 * <p>Of two rows that fit, the one with the longer prefix wins; with equal prefixes the one that names tenant and class, then
 * the one that names the tenant, then the one that names the class, then the one that names neither.
 *
 * <p>A node is one long. The children of a node lie side by side, and what is below the first of them before what is below the
 * next: so the nodes that a number visits after its first digits are neighbours in memory, and so are their rows.
 *
 * <pre>
 *   63          38  37 36             10 9         0
 *   +-------------+---+-----------------+-----------+
 *   | first row   | P | first child     | childBits |
 *   +-------------+---+-----------------+-----------+
 *
 *   childBits    bit d: there is a child for digit d, at first child + number of bits below d
 *   first row    the node's rows are those from here to the next node's first row, ascending by
 *                rowKey, which is tenant and class
 *   P            plain: the node has one row, and it is for everyone
 * </pre>
 */
final class PrefixTable {
    static final int NO_ROW = -1;

    /** Above the row's index in a sort key, below which there is room for it. */
    private static final int INDEX_BITS = 24;

    private static final int CLASS_BITS = 8;

    private static final int CHILD_BITS = 10;
    private static final int FIRST_CHILD_BITS = 27;
    private static final long PLAIN = 1L << (CHILD_BITS + FIRST_CHILD_BITS);
    private static final int FIRST_ROW_SHIFT = CHILD_BITS + FIRST_CHILD_BITS + 1;
    private static final int MAX_NODES = 1 << FIRST_CHILD_BITS;
    private static final int MAX_ROWS = (1 << (Long.SIZE - FIRST_ROW_SHIFT)) - 1;
    private static final int NO_NODE = -1;

    private final long[] node;
    private final long[] rowKey;

    /**
     * Packs rows, and numbers them anew in the order of the table.
     *
     * @throws IllegalArgumentException where two rows have the same prefix, tenant and class
     */
    PrefixTable(final RouteRows rows) {
        final PrefixTrie trie = new PrefixTrie();
        final int[] nextRow = new int[rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            nextRow[row] = trie.put(rows.packedPrefix(row), row);
        }
        final int nodes = trie.nodes();
        if (nodes > MAX_NODES || rows.size() > MAX_ROWS) {
            throw new IllegalArgumentException(rows.size() + " rows are more than a table holds");
        }
        node = new long[nodes + 1];
        rowKey = new long[rows.size()];
        final int[] order = layOut(trie);
        final int[] oldRow = new int[rows.size()];
        int row = 0;
        for (int n = 0; n < nodes; n++) {
            final int from = row;
            row = placeRows(rows, trie.firstRow(order[n]), nextRow, from, oldRow);
            node[n] |= (long) from << FIRST_ROW_SHIFT;
            if (row - from == 1 && rowKey[from] == 0) {
                node[n] |= PLAIN;
            }
        }
        node[nodes] = (long) row << FIRST_ROW_SHIFT;
        rows.reorder(oldRow);
    }

    /** Gives every node its place and its children theirs; returns which node of the trie came to which place. */
    private int[] layOut(final PrefixTrie trie) {
        final int[] order = new int[trie.nodes()];
        final int[] stack = new int[10 * (PackedNumber.MAX_DIGITS + 1)];
        int depth = 1;
        int known = 1;
        while (depth > 0) {
            final int n = stack[--depth];
            long packed = (long) known << CHILD_BITS;
            final int firstChild = known;
            for (int child = trie.firstChild(order[n]); child != PrefixTrie.NONE; child = trie.nextSibling(child)) {
                packed |= 1L << trie.digit(child);
                order[known++] = child;
            }
            for (int child = known - 1; child >= firstChild; child--) {
                stack[depth++] = child;
            }
            node[n] = packed;
        }
        return order;
    }

    private int firstRow(final int n) {
        return (int) (node[n] >>> FIRST_ROW_SHIFT);
    }

    /** The child of a node for a digit, or {@link #NO_NODE}. */
    private static int child(final long packed, final int digit) {
        if (digit < 0 || digit > 9 || (packed >>> digit & 1) == 0) {
            return NO_NODE;
        }
        final int firstChild = (int) (packed >>> CHILD_BITS) & (MAX_NODES - 1);
        return firstChild + Integer.bitCount((int) packed & ((1 << digit) - 1));
    }

    private int placeRows(
            final RouteRows rows, final int head, final int[] nextRow, final int from, final int[] oldRow) {
        int count = 0;
        for (int row = head; row != PrefixTrie.NONE; row = nextRow[row]) {
            count++;
        }
        if (count == 0) {
            return from;
        }
        final int[] ids = new int[count];
        final long[] sorted = new long[count];
        int i = 0;
        for (int row = head; row != PrefixTrie.NONE; row = nextRow[row]) {
            ids[i] = row;
            sorted[i] = key(rows.tenant(row), rows.messageClass(row)) << INDEX_BITS | i;
            i++;
        }
        Arrays.sort(sorted);
        for (i = 0; i < count; i++) {
            final int place = from + i;
            rowKey[place] = sorted[i] >>> INDEX_BITS;
            oldRow[place] = ids[(int) sorted[i] & ((1 << INDEX_BITS) - 1)];
            if (i > 0 && rowKey[place] == rowKey[place - 1]) {
                throw new IllegalArgumentException(
                        rows.place(oldRow[place]) + " and " + rows.place(oldRow[place - 1]) + " are for the same");
            }
        }
        return from + count;
    }

    /** Tenants below 2^31 and classes below 2^8 leave 24 bits of a positive long. */
    private static long key(final int tenant, final int messageClass) {
        return (long) tenant << CLASS_BITS | messageClass;
    }

    /**
     * The row for a number, or {@link #NO_ROW}. What follows the first octet that is no digit does not count.
     *
     * @param length octets of the number; more than 18 do no harm
     */
    int lookup(
            final int tenant, final int messageClass, final DirectBuffer digits, final int offset, final int length) {
        int row = NO_ROW;
        int at = 0;
        for (int i = 0; ; i++) {
            final long packed = node[at];
            // The row of a plain node is known without looking at it.
            final int found =
                    (packed & PLAIN) != 0 ? (int) (packed >>> FIRST_ROW_SHIFT) : match(at, tenant, messageClass);
            if (found != NO_ROW) {
                row = found;
            }
            final int child = i < length ? child(packed, digits.getByte(offset + i) - '0') : NO_NODE;
            if (child == NO_NODE) {
                return row;
            }
            at = child;
        }
    }

    /** The node's row that is meant for a tenant and a class, the one that names more before the others. */
    private int match(final int at, final int tenant, final int messageClass) {
        final int from = firstRow(at);
        final int to = firstRow(at + 1);
        if (from == to) {
            return NO_ROW;
        }
        int row = find(from, to, key(tenant, messageClass));
        if (row == NO_ROW) {
            row = find(from, to, key(tenant, RoutingSnapshot.ANY));
        }
        if (row == NO_ROW) {
            row = find(from, to, key(RoutingSnapshot.ANY, messageClass));
        }
        return row == NO_ROW ? find(from, to, 0) : row;
    }

    private int find(final int from, final int to, final long key) {
        int low = from;
        int high = to - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            final long at = rowKey[middle];
            if (at < key) {
                low = middle + 1;
            } else if (at > key) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return NO_ROW;
    }

    /** Shows all rows whose prefix the number begins with, longest prefix first; ends early where {@code row} says false. */
    void walkUp(final DirectBuffer digits, final int offset, final int length, final IntPredicate row) {
        final int[] path = new int[PackedNumber.MAX_DIGITS + 1];
        int depth = 0;
        for (int i = 0; i < length; i++) {
            final int child = child(node[path[depth]], digits.getByte(offset + i) - '0');
            if (child == NO_NODE) {
                break;
            }
            path[++depth] = child;
        }
        for (; depth >= 0; depth--) {
            for (int place = firstRow(path[depth] + 1) - 1; place >= firstRow(path[depth]); place--) {
                if (!row.test(place)) {
                    return;
                }
            }
        }
    }
}
