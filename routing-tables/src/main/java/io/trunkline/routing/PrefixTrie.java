package io.trunkline.routing;

import java.util.Arrays;

/**
 * A trie over digits while it is being built: nodes are linked first child, next sibling, in the order of their digits. Small
 * and slow; {@link PrefixTable} packs it.
 */
final class PrefixTrie {
    static final int NONE = -1;

    private int[] firstChild = new int[1024];
    private int[] nextSibling = new int[1024];
    private int[] firstRow = new int[1024];
    private byte[] digit = new byte[1024];
    private int nodes;

    PrefixTrie() {
        newNode(0);
    }

    int nodes() {
        return nodes;
    }

    int firstChild(final int node) {
        return firstChild[node];
    }

    int nextSibling(final int node) {
        return nextSibling[node];
    }

    int digit(final int node) {
        return digit[node];
    }

    /** The last row that was put at the node, or {@link #NONE}. */
    int firstRow(final int node) {
        return firstRow[node];
    }

    /** Puts a row at a prefix; returns the row that was there before, for the caller to link. */
    int put(final long packedPrefix, final int row) {
        final String digits = PackedNumber.digits(packedPrefix);
        int node = 0;
        for (int i = 0; i < digits.length(); i++) {
            node = child(node, digits.charAt(i) - '0');
        }
        final int before = firstRow[node];
        firstRow[node] = row;
        return before;
    }

    private int child(final int node, final int wanted) {
        int before = NONE;
        int at = firstChild[node];
        while (at != NONE && digit[at] < wanted) {
            before = at;
            at = nextSibling[at];
        }
        if (at != NONE && digit[at] == wanted) {
            return at;
        }
        final int created = newNode(wanted);
        nextSibling[created] = at;
        if (before == NONE) {
            firstChild[node] = created;
        } else {
            nextSibling[before] = created;
        }
        return created;
    }

    private int newNode(final int itsDigit) {
        if (nodes == digit.length) {
            final int capacity = nodes * 2;
            firstChild = Arrays.copyOf(firstChild, capacity);
            nextSibling = Arrays.copyOf(nextSibling, capacity);
            firstRow = Arrays.copyOf(firstRow, capacity);
            digit = Arrays.copyOf(digit, capacity);
        }
        firstChild[nodes] = NONE;
        nextSibling[nodes] = NONE;
        firstRow[nodes] = NONE;
        digit[nodes] = (byte) itsDigit;
        return nodes++;
    }
}
