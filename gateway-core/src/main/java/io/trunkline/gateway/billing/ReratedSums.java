package io.trunkline.gateway.billing;

import io.trunkline.routing.rates.RateBook;
import java.util.Arrays;

/**
 * Sums of one thread by tenant, carrier and price row: a quarter of a million of them in a busy month with large decks, so that
 * what a unit costs here is the memory that it waits for. A line is as long as a line of the cache, lines lie one behind the other
 * in the order in which they came, and slots by a hash of their keys lead to them.
 *
 * <pre>
 *   slot    line + 1 (28 bits), which rows of the line are known (4 bits)
 *   line    0 key   1 units (32), segments (32)   2..4 by the rates in force: price, cost, fee   5..7 by the others
 *   rare    0 a price's row (32), a cost's row (32)   1 units without a rate; of each side
 * </pre>
 *
 * Rows stand for their currencies: of a line all prices have one, and all costs have one.
 */
final class ReratedSums {
    /** The sides. */
    static final int BEFORE = 0;

    static final int AFTER = 1;

    private static final int STRIDE = 8;
    private static final int KEY = 0;
    private static final int COUNTS = 1;
    private static final int AMOUNTS = 2;
    private static final int SIDE = 3;
    private static final int PRICE = 0;
    private static final int COST = 1;
    private static final int FEE = 2;
    private static final int RARE_STRIDE = 4;
    private static final int RARE_SIDE = 2;
    private static final int MISSING = 1;
    private static final int KNOWN_BITS = 4;
    private static final int MAX_LINES = 1 << 27;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int FIRST_LINES = 1 << 10;
    private static final long LOWER = 0xFFFF_FFFFL;

    /** A unit that waits: key, counts, and for each side price, cost, fee, rows and whether a rate is missing. */
    private static final int MAX_WAITING = 32;

    private static final int WAITING_SIDES = 2;
    private static final int WAITING_ROWS = SIDE;
    private static final int WAITING_SIDE = SIDE + RARE_SIDE;
    private static final int WAITING_STRIDE = WAITING_SIDES + 2 * WAITING_SIDE;

    private final long[] wait = new long[MAX_WAITING * WAITING_STRIDE];
    private final int[] slotOf = new int[MAX_WAITING];
    private int waiting;

    private int[] slots = new int[2 * FIRST_LINES];
    private long[] words = new long[FIRST_LINES * STRIDE];
    private long[] rare = new long[FIRST_LINES * RARE_STRIDE];
    private int lines;

    /** Told of each line. */
    @FunctionalInterface
    interface Visitor {
        void line(long key, Line line);
    }

    /** One line, valid during the call. */
    final class Line {
        private int number;

        private long amount(final int side, final int what) {
            return words[number * STRIDE + AMOUNTS + side * SIDE + what];
        }

        private long rare(final int side, final int what) {
            return rare[number * RARE_STRIDE + side * RARE_SIDE + what];
        }

        long units() {
            return words[number * STRIDE + COUNTS] >>> Integer.SIZE;
        }

        long segments() {
            return words[number * STRIDE + COUNTS] & LOWER;
        }

        long price(final int side) {
            return amount(side, PRICE);
        }

        long cost(final int side) {
            return amount(side, COST);
        }

        long fee(final int side) {
            return amount(side, FEE);
        }

        long missing(final int side) {
            return rare(side, MISSING);
        }

        /** A row of a price, or -1. */
        int priceRow(final int side) {
            return (int) (rare(side, 0) >>> Integer.SIZE) - 1;
        }

        /** A row of a cost or a fee, or -1. */
        int costRow(final int side) {
            return (int) rare(side, 0) - 1;
        }
    }

    /** Adds a unit, with what the carrier is owed that it was with in the end. */
    void add(final long key, final UnitFacts facts, final Rated before, final Rated after) {
        final int taker = facts.takers() == 0 ? 0 : facts.mainTaker();
        final int at = begin(key, (1L << Integer.SIZE) | facts.segments);
        unit(at + WAITING_SIDES, before, taker);
        unit(at + WAITING_SIDES + WAITING_SIDE, after, taker);
        end();
    }

    /** Adds what another carrier is owed for its copies of a unit, which may be in another currency. */
    void addCopies(final long key, final int taker, final Rated before, final Rated after) {
        final int at = begin(key, 0);
        owed(at + WAITING_SIDES, before, taker, RateBook.NO_RATE);
        owed(at + WAITING_SIDES + WAITING_SIDE, after, taker, RateBook.NO_RATE);
        end();
    }

    private int begin(final long key, final long counts) {
        final int at = waiting++ * WAITING_STRIDE;
        Arrays.fill(wait, at, at + WAITING_STRIDE, 0);
        wait[at] = key;
        wait[at + 1] = counts;
        return at;
    }

    /** What waits is added when there is more of it: lines are then looked for side by side, and not each after the other. */
    private void end() {
        if (waiting == MAX_WAITING) {
            flush();
        }
    }

    private void unit(final int at, final Rated rated, final int taker) {
        wait[at + PRICE] = rated.price;
        wait[at + WAITING_ROWS + MISSING] = rated.priceMissing || rated.costMissing ? 1 : 0;
        owed(at, rated, taker, rated.priceRow);
    }

    private void owed(final int at, final Rated rated, final int taker, final int priceRow) {
        int costRow = RateBook.NO_RATE;
        if (taker >= 0) {
            wait[at + COST] = rated.cost(taker);
            wait[at + FEE] = rated.fee(taker);
            costRow = Math.max(rated.costRow(taker), rated.feeRow(taker));
        }
        wait[at + WAITING_ROWS] = rows(priceRow, costRow);
    }

    private static long rows(final int priceRow, final int costRow) {
        return ((priceRow + 1L) << Integer.SIZE) | (costRow + 1);
    }

    /**
     * Adds what waits.
     *
     * @throws ArithmeticException where a sum has no room for it
     */
    private void flush() {
        for (int i = 0; i < waiting; i++) {
            slotOf[i] = find(wait[i * WAITING_STRIDE]);
        }
        for (int i = 0; i < waiting; i++) {
            add(wait, i * WAITING_STRIDE, slotOf[i]);
        }
        waiting = 0;
    }

    /** Adds the sums of another, made with the same numbers. */
    void add(final ReratedSums other) {
        flush();
        other.flush();
        for (int number = 0; number < other.lines; number++) {
            final int from = number * STRIDE;
            wait[0] = other.words[from + KEY];
            wait[1] = other.words[from + COUNTS];
            for (int side = 0; side < 2; side++) {
                final int to = WAITING_SIDES + side * WAITING_SIDE;
                System.arraycopy(other.words, from + AMOUNTS + side * SIDE, wait, to, SIDE);
                final int rareAt = number * RARE_STRIDE + side * RARE_SIDE;
                System.arraycopy(other.rare, rareAt, wait, to + WAITING_ROWS, RARE_SIDE);
            }
            add(wait, 0, find(wait[0]));
        }
    }

    /** @param found the slot of the key, as it was when last looked for */
    private void add(final long[] from, final int at, final int found) {
        final long key = from[at];
        int slot = found;
        if (slots[slot] == 0 || words[((slots[slot] >>> KNOWN_BITS) - 1) * STRIDE + KEY] != key) {
            slot = slot(key);
        }
        final int number = (slots[slot] >>> KNOWN_BITS) - 1;
        final int counts = number * STRIDE + COUNTS;
        final long sum = words[counts] + from[at + 1];
        if ((words[counts] & LOWER) + (from[at + 1] & LOWER) > LOWER || Long.compareUnsigned(sum, words[counts]) < 0) {
            throw new ArithmeticException("more than " + LOWER + " segments of one tenant, carrier and prefix");
        }
        words[counts] = sum;
        int known = 0;
        for (int side = 0; side < 2; side++) {
            final int amounts = number * STRIDE + AMOUNTS + side * SIDE;
            final int added = at + WAITING_SIDES + side * WAITING_SIDE;
            words[amounts + PRICE] = Math.addExact(words[amounts + PRICE], from[added + PRICE]);
            words[amounts + COST] = Math.addExact(words[amounts + COST], from[added + COST]);
            words[amounts + FEE] = Math.addExact(words[amounts + FEE], from[added + FEE]);
            final long rows = from[added + WAITING_ROWS];
            known |= ((rows >>> Integer.SIZE != 0 ? 1 : 0) | ((int) rows != 0 ? 2 : 0)) << (2 * side);
        }
        final long missing = from[at + WAITING_SIDES + WAITING_ROWS + MISSING]
                | from[at + WAITING_SIDES + WAITING_SIDE + WAITING_ROWS + MISSING];
        if ((known & ~slots[slot]) != 0 || missing != 0) {
            note(slot, known, number, from, at);
        }
    }

    /** What is new of a line, or seldom comes. */
    private void note(final int slot, final int known, final int number, final long[] from, final int at) {
        for (int side = 0; side < 2; side++) {
            final int to = number * RARE_STRIDE + side * RARE_SIDE;
            final int added = at + WAITING_SIDES + side * WAITING_SIDE + WAITING_ROWS;
            final long price =
                    rare[to] >>> Integer.SIZE == 0 ? from[added] >>> Integer.SIZE : rare[to] >>> Integer.SIZE;
            final long cost = (rare[to] & LOWER) == 0 ? from[added] & LOWER : rare[to] & LOWER;
            rare[to] = price << Integer.SIZE | cost;
            rare[to + MISSING] += from[added + MISSING];
        }
        slots[slot] |= known;
    }

    /** The slot of a key's line; of a new one where there was none. */
    private int slot(final long key) {
        int slot = find(key);
        if (slots[slot] == 0) {
            if (2 * lines >= slots.length) {
                grow();
                slot = find(key);
            }
            if (lines == MAX_LINES) {
                throw new ArithmeticException("more than " + lines + " of tenant, carrier and prefix");
            }
            if ((lines + 1) * STRIDE > words.length) {
                words = Arrays.copyOf(words, words.length + (words.length >> 1));
                rare = Arrays.copyOf(rare, words.length / STRIDE * RARE_STRIDE);
            }
            words[lines * STRIDE + KEY] = key;
            slots[slot] = ++lines << KNOWN_BITS;
        }
        return slot;
    }

    private int find(final long key) {
        final int mask = slots.length - 1;
        int slot = (int) ((key * MIX) >>> Integer.SIZE) & mask;
        while (slots[slot] != 0 && words[((slots[slot] >>> KNOWN_BITS) - 1) * STRIDE + KEY] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        final int[] old = slots;
        slots = new int[2 * old.length];
        for (final int each : old) {
            if (each != 0) {
                // Nothing there has this key: where it would be is free.
                slots[find(words[((each >>> KNOWN_BITS) - 1) * STRIDE + KEY])] = each;
            }
        }
    }

    /** Hands out all lines, by their keys. */
    void forEach(final Visitor visitor) {
        flush();
        final long[] keys = new long[lines];
        for (int number = 0; number < lines; number++) {
            keys[number] = words[number * STRIDE + KEY];
        }
        Arrays.sort(keys);
        final Line line = new Line();
        for (final long key : keys) {
            line.number = (slots[find(key)] >>> KNOWN_BITS) - 1;
            visitor.line(key, line);
        }
    }
}
