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
 * <p>The trie's nodes lie in the order of their levels, the children of a node side by side:
 *
 * <pre>
 *   childBits[n]   bit d: there is a child for digit d
 *   firstChild[n]  the child for digit d is firstChild[n] + number of bits below d
 *   firstRow[n]    the node's rows are places firstRow[n] .. firstRow[n + 1] - 1 of
 *   rowKey[p]      tenant and class, ascending within a node
 *   rowId[p]
 * </pre>
 */
final class PrefixTable {
    static final int NO_ROW = -1;

    /** Above the row's index in a sort key, below which there is room for it. */
    private static final int INDEX_BITS = 24;

    private static final int CLASS_BITS = 8;

    private final short[] childBits;
    private final int[] firstChild;
    private final int[] firstRow;
    private final long[] rowKey;
    private final int[] rowId;

    /**
     * Packs rows.
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
        childBits = new short[nodes];
        firstChild = new int[nodes];
        firstRow = new int[nodes + 1];
        rowKey = new long[rows.size()];
        rowId = new int[rows.size()];
        final int[] order = new int[nodes];
        int known = 1;
        int places = 0;
        for (int node = 0; node < nodes; node++) {
            firstChild[node] = known;
            for (int child = trie.firstChild(order[node]); child != PrefixTrie.NONE; child = trie.nextSibling(child)) {
                childBits[node] |= (short) (1 << trie.digit(child));
                order[known++] = child;
            }
            firstRow[node] = places;
            places = placeRows(rows, trie.firstRow(order[node]), nextRow, places);
        }
        firstRow[nodes] = places;
    }

    private int placeRows(final RouteRows rows, final int head, final int[] nextRow, final int from) {
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
            rowId[place] = ids[(int) sorted[i] & ((1 << INDEX_BITS) - 1)];
            if (i > 0 && rowKey[place] == rowKey[place - 1]) {
                throw new IllegalArgumentException(
                        rows.place(rowId[place]) + " and " + rows.place(rowId[place - 1]) + " are for the same");
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
        int node = 0;
        int best = match(0, tenant, messageClass);
        for (int i = 0; i < length; i++) {
            final int digit = digits.getByte(offset + i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            final int bits = childBits[node];
            if ((bits >>> digit & 1) == 0) {
                break;
            }
            node = firstChild[node] + Integer.bitCount(bits & ((1 << digit) - 1));
            final int row = match(node, tenant, messageClass);
            if (row != NO_ROW) {
                best = row;
            }
        }
        return best;
    }

    /** The node's row that is meant for a tenant and a class, the one that names more before the others. */
    private int match(final int node, final int tenant, final int messageClass) {
        final int from = firstRow[node];
        final int to = firstRow[node + 1];
        if (from == to) {
            return NO_ROW;
        }
        if (to - from == 1 && rowKey[from] == 0) {
            return rowId[from];
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
                return rowId[middle];
            }
        }
        return NO_ROW;
    }

    /** Shows all rows whose prefix the number begins with, longest prefix first; ends early where {@code row} says false. */
    void walkUp(final DirectBuffer digits, final int offset, final int length, final IntPredicate row) {
        final int[] path = new int[PackedNumber.MAX_DIGITS + 1];
        int depth = 0;
        for (int i = 0; i < length; i++) {
            final int node = path[depth];
            final int digit = digits.getByte(offset + i) - '0';
            if (digit < 0 || digit > 9 || (childBits[node] >>> digit & 1) == 0) {
                break;
            }
            path[++depth] = firstChild[node] + Integer.bitCount(childBits[node] & ((1 << digit) - 1));
        }
        for (; depth >= 0; depth--) {
            for (int place = firstRow[path[depth] + 1] - 1; place >= firstRow[path[depth]]; place--) {
                if (!row.test(rowId[place])) {
                    return;
                }
            }
        }
    }
}
