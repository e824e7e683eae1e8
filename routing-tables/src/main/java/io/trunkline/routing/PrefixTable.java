package io.trunkline.routing;

import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.agrona.DirectBuffer;

/**
 * Finds the rows with the longest prefix of a number that are meant for a unit. Immutable; a lookup walks at most 18 nodes and
 * allocates nothing.
 *
 * <p>Of two scopes that fit, the one with the longer prefix wins; with equal prefixes the tenant's before its group's before
 * everyone's, and then as {@link ScopeKey} orders them. The rows of the scope that won are a <em>run</em>: they stand side by
 * side, and are the offers among which a policy chooses.
 *
 * <p>A node is one long. The children of a node lie side by side, and what is below the first of them before what is below the
 * next. In a table worth it, {@code jump} leads from the first four or six digits straight to their node, and this node lies
 * before its own children and not beside its siblings: so all that a number visits behind the jump is in one or two lines of the
 * cache, and so are the rows. What a lookup costs is the number of places in memory that it waits for, one after the other.
 *
 * <pre>
 *   63          38  37  36  35             10 9         0
 *   +-------------+---+---+-----------------+-----------+
 *   | first row   | P | R | first child     | childBits |
 *   +-------------+---+---+-----------------+-----------+
 *
 *   childBits    bit d: there is a child for digit d, at first child + number of bits below d; where {@code jump} leads if the
 *                child has as many digits as are jumped over
 *   R            the node has rows: those from first row to the next node's first row, by scope
 *   P            plain: all of them are for everyone
 * </pre>
 */
final class PrefixTable {
    /** In place of a run: no row is meant for the unit. */
    static final long NO_RUN = -1;

    static final int CHILD_BITS = 10;
    static final int FIRST_CHILD_BITS = 26;
    static final long HAS_ROWS = 1L << (CHILD_BITS + FIRST_CHILD_BITS);
    static final long PLAIN = HAS_ROWS << 1;
    static final int FIRST_ROW_SHIFT = CHILD_BITS + FIRST_CHILD_BITS + 2;
    static final int MAX_NODES = 1 << FIRST_CHILD_BITS;
    private static final int MAX_ROWS = (1 << (Long.SIZE - FIRST_ROW_SHIFT)) - 1;
    static final int NO_NODE = -1;
    static final int ROOT = 0;

    /** Rows from which on 40 kB for jumps over four digits are worth it, and 4 MB for six. */
    private static final int SHORT_JUMP_FROM_ROWS = 10_000;

    private static final int LONG_JUMP_FROM_ROWS = 200_000;
    private static final int SHORT_JUMP = 4;
    private static final int LONG_JUMP = 6;

    private final RouteRows rows;
    private final WindowTable windows;
    private final long[] node;
    /** How many digits are jumped over; 0 where a lookup begins at the root. */
    private final int jumpDigits;

    /** The node that so many digits lead to, or {@link #NO_NODE}. */
    private final int[] jump;

    /**
     * Packs rows, and numbers them anew in the order of the table.
     *
     * @throws IllegalArgumentException where there are too many
     */
    PrefixTable(final RouteRows rows, final WindowTable windows) {
        if (rows.size() > MAX_ROWS) {
            throw new IllegalArgumentException(rows.size() + " rows are more than the " + MAX_ROWS + " of a table");
        }
        this.rows = rows;
        this.windows = windows;
        jumpDigits =
                rows.size() < SHORT_JUMP_FROM_ROWS ? 0 : rows.size() < LONG_JUMP_FROM_ROWS ? SHORT_JUMP : LONG_JUMP;
        final PrefixPacking packing = new PrefixPacking(rows, jumpDigits);
        node = packing.nodes();
        jump = packing.jump();
        rows.reorder(packing.placed());
    }

    /** The same table, for times at which other windows are open. */
    PrefixTable(final PrefixTable same, final WindowTable windows) {
        this.windows = windows;
        rows = same.rows;
        node = same.node;
        jump = same.jump;
        jumpDigits = same.jumpDigits;
    }

    /**
     * Tells of rows that cannot stand side by side.
     *
     * @param oneOfEach whether two rows of one prefix and scope are a mistake in any case
     */
    void checkScopes(final boolean oneOfEach, final Consumer<RouteClash> clashes) {
        int first = 0;
        for (int row = 1; row < rows.size(); row++) {
            if (rows.packedPrefix(row) != rows.packedPrefix(first) || rows.scope(row) != rows.scope(first)) {
                first = row;
            }
            if (row - first == RouteChoice.MAX_OFFERS) {
                clashes.accept(clash(row, first, RouteClash.Kind.TOO_MANY));
            }
            if (oneOfEach && row > first) {
                clashes.accept(clash(row, first, RouteClash.Kind.SAME_UNITS));
            }
            for (int before = first; before < row && !oneOfEach && row - first < RouteChoice.MAX_OFFERS; before++) {
                if (rows.route(before) == rows.route(row)) {
                    clashes.accept(clash(row, before, RouteClash.Kind.SAME_ROUTE));
                }
            }
        }
    }

    private RouteClash clash(final int row, final int other, final RouteClash.Kind kind) {
        final boolean inOrder = rows.line(row) > rows.line(other);
        return new RouteClash(rows.place(inOrder ? row : other), rows.place(inOrder ? other : row), kind);
    }

    private int firstRow(final int n) {
        return (int) (node[n] >>> FIRST_ROW_SHIFT);
    }

    /**
     * The child of any node for a digit, or {@link #NO_NODE}.
     *
     * @param place of the node's digits among all of so many digits, as far as they are jumped over
     */
    private int child(final int at, final int depth, final int place, final int digit) {
        final boolean there = digit >= 0 && digit <= 9 && (node[at] >>> digit & 1) != 0;
        return there && depth == jumpDigits - 1 ? jump[place * 10 + digit] : child(node[at], digit);
    }

    /** The place of a child's digits; behind the jump nobody asks for it. */
    private int place(final int depth, final int place, final int digit) {
        return depth < jumpDigits ? place * 10 + digit : 0;
    }

    /** The child of a node to which no jump leads, for a digit, or {@link #NO_NODE}. */
    private static int child(final long packed, final int digit) {
        if (digit < 0 || digit > 9 || (packed >>> digit & 1) == 0) {
            return NO_NODE;
        }
        final int firstChild = (int) (packed >>> CHILD_BITS) & (MAX_NODES - 1);
        return firstChild + Integer.bitCount((int) packed & ((1 << digit) - 1));
    }

    /**
     * The run of rows for a number, or {@link #NO_RUN}. What follows the first octet that is no digit does not count.
     *
     * @param length octets of the number; more than 18 do no harm
     * @param path room for the nodes on the way, {@link PackedNumber#MAX_DIGITS} + 1
     * @return the first row in the upper 32 bits, the row after the last in the lower ones
     */
    long lookup(
            final RouteQuery query, final DirectBuffer digits, final int offset, final int length, final int[] path) {
        if (jumpDigits == 0 || length < jumpDigits) {
            return walk(ROOT, query, digits, offset, offset + length, path);
        }
        final int place = jumpPlace(digits, offset);
        final int start = place < 0 ? NO_NODE : jump[place];
        if (start != NO_NODE) {
            final long run = walk(start, query, digits, offset + jumpDigits, offset + length, path);
            if (run != NO_RUN) {
                return run;
            }
        }
        // Nothing behind the jump: what is left are the nodes that it leaps over.
        return walk(ROOT, query, digits, offset, offset + jumpDigits - 1, path);
    }

    private int jumpPlace(final DirectBuffer digits, final int offset) {
        int place = 0;
        for (int i = 0; i < jumpDigits; i++) {
            final int digit = digits.getByte(offset + i) - '0';
            if (digit < 0 || digit > 9) {
                return NO_NODE;
            }
            place = place * 10 + digit;
        }
        return place;
    }

    private long walk(
            final int from,
            final RouteQuery query,
            final DirectBuffer digits,
            final int offset,
            final int end,
            final int[] path) {
        int at = from;
        int depth = 0;
        for (int i = offset; at != NO_NODE; i++) {
            final long packed = node[at];
            if ((packed & PLAIN) != 0) {
                // It is for everyone, so what is above it is out of the question.
                depth = 0;
            }
            if ((packed & HAS_ROWS) != 0) {
                path[depth++] = at;
            }
            at = i < end ? child(packed, digits.getByte(i) - '0') : NO_NODE;
        }
        while (depth > 0) {
            final long run = match(path[--depth], query);
            if (run != NO_RUN) {
                return run;
            }
        }
        return NO_RUN;
    }

    /** The node's run for a unit: its tenant's, else its group's, else everyone's. */
    private long match(final int at, final RouteQuery query) {
        final int from = firstRow(at);
        final int to = firstRow(at + 1);
        if ((node[at] & PLAIN) != 0) {
            return run(from, to);
        }
        long run = fitting(from, to, ScopeKey.firstOfTenant(query.tenant()), query);
        if (run == NO_RUN && query.group() != RoutingSnapshot.ANY) {
            run = fitting(from, to, ScopeKey.firstOfGroup(query.group()), query);
        }
        return run == NO_RUN ? fitting(from, to, ScopeKey.firstOfGroup(RoutingSnapshot.ANY), query) : run;
    }

    private static long run(final int from, final int to) {
        return (long) from << Integer.SIZE | to;
    }

    /** The rows of one audience, which begin at a key, are in the order of preference: the first that fits is it. */
    private long fitting(final int from, final int to, final long firstKey, final RouteQuery query) {
        int row = lowerBound(from, to, firstKey);
        while (row < to && ScopeKey.sameAudience(rows.scope(row), firstKey)) {
            final long scope = rows.scope(row);
            if (ScopeKey.fits(scope, query, windows)) {
                int end = row + 1;
                while (end < to && rows.scope(end) == scope) {
                    end++;
                }
                return run(row, end);
            }
            row++;
        }
        return NO_RUN;
    }

    private int lowerBound(final int from, final int to, final long key) {
        int low = from;
        int high = to;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (rows.scope(middle) < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Shows all rows whose prefix the number begins with, longest prefix first, and of one prefix in the order of preference;
     * ends early where {@code row} says false.
     */
    void walkUp(final DirectBuffer digits, final int offset, final int length, final IntPredicate row) {
        final int[] path = new int[PackedNumber.MAX_DIGITS + 1];
        int depth = 0;
        int place = 0;
        for (int i = 0; i < length; i++) {
            final int digit = digits.getByte(offset + i) - '0';
            final int child = child(path[depth], depth, place, digit);
            if (child == NO_NODE) {
                break;
            }
            place = place(depth, place, digit);
            path[++depth] = child;
        }
        for (; depth >= 0; depth--) {
            if (!showNode(path[depth], row)) {
                return;
            }
        }
    }

    /** Takes a row that is never asked for, and one of those that are asked instead. */
    interface Covered {
        void accept(int row, int by);
    }

    /**
     * Tells of rows whose units are all for rows of longer prefixes: every number goes on with one of ten digits, and each of
     * these has such a row.
     *
     * @param minDigits of a number: one that may end where the prefix does is the row's own
     */
    void forEachCovered(final ScopeCover scopes, final int minDigits, final Covered covered) {
        cover(ROOT, 0, 0, scopes, minDigits, covered);
    }

    private void cover(
            final int at,
            final int depth,
            final int place,
            final ScopeCover scopes,
            final int minDigits,
            final Covered covered) {
        if (depth < minDigits) {
            for (int row = firstRow(at); row < firstRow(at + 1); row++) {
                final int by = coveredBelow(at, place, rows.scope(row), scopes, depth, minDigits);
                if (by != RoutingSnapshot.NO_ROUTE) {
                    covered.accept(row, by);
                }
            }
            for (int digit = 0; digit < 10; digit++) {
                final int child = child(at, depth, place, digit);
                if (child != NO_NODE) {
                    cover(child, depth + 1, place(depth, place, digit), scopes, minDigits, covered);
                }
            }
        }
    }

    /** A row of the first child that takes a scope's units, where every child has one; else {@link RoutingSnapshot#NO_ROUTE}. */
    private int coveredBelow(
            final int at,
            final int place,
            final long scope,
            final ScopeCover scopes,
            final int depth,
            final int minDigits) {
        if (Integer.bitCount((int) node[at] & ((1 << CHILD_BITS) - 1)) < 10 || depth >= minDigits) {
            return RoutingSnapshot.NO_ROUTE;
        }
        int first = RoutingSnapshot.NO_ROUTE;
        for (int digit = 0; digit < 10; digit++) {
            final int child = child(at, depth, place, digit);
            int by = firstCovering(child, scope, scopes);
            if (by == RoutingSnapshot.NO_ROUTE) {
                by = coveredBelow(child, place(depth, place, digit), scope, scopes, depth + 1, minDigits);
            }
            if (by == RoutingSnapshot.NO_ROUTE) {
                return by;
            }
            first = first == RoutingSnapshot.NO_ROUTE ? by : first;
        }
        return first;
    }

    private int firstCovering(final int at, final long scope, final ScopeCover scopes) {
        for (int row = firstRow(at); row < firstRow(at + 1); row++) {
            if (scopes.covers(rows.scope(row), scope)) {
                return row;
            }
        }
        return RoutingSnapshot.NO_ROUTE;
    }

    /** The audiences stand in the order everyone, groups, tenants; within each the preferred row stands first. */
    private boolean showNode(final int at, final IntPredicate row) {
        int end = firstRow(at + 1);
        while (end > firstRow(at)) {
            int begin = end - 1;
            while (begin > firstRow(at) && ScopeKey.sameAudience(rows.scope(begin - 1), rows.scope(begin))) {
                begin--;
            }
            for (int place = begin; place < end; place++) {
                if (!row.test(place)) {
                    return false;
                }
            }
            end = begin;
        }
        return true;
    }
}
