package io.trunkline.gateway.billing;

/**
 * Sums of one thread by tenant, carrier and price row: a quarter of a million of them in a busy month with large decks, so they lie
 * flat, each in 128 octets, and a unit touches no more.
 *
 * <pre>
 *   0 key + 1   1 units   2 segments   3..7 by the rates in force   8..12 by the others   13..15 unused
 *   of a side:  price | cost | fee | units without a rate | price row + 1 (32), cost row + 1 (32)
 * </pre>
 *
 * Rows stand for their currencies: of a line all prices have one, and all costs have one.
 */
final class ReratedSums {
    /** Where the sides begin. */
    static final int BEFORE = 3;

    static final int AFTER = 8;

    private static final int STRIDE = 16;
    private static final int UNITS = 1;
    private static final int SEGMENTS = 2;
    private static final int PRICE = 0;
    private static final int COST = 1;
    private static final int FEE = 2;
    private static final int MISSING = 3;
    private static final int ROWS = 4;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int FIRST_LINES = 1 << 10;
    private static final int ROW_BITS = 32;

    private long[] words = new long[FIRST_LINES * STRIDE];
    private int lines;

    /** Told of each line. */
    @FunctionalInterface
    interface Visitor {
        void line(long key, Line line);
    }

    /** One line, valid during the call. */
    final class Line {
        private int at;

        long units() {
            return words[at + UNITS];
        }

        long segments() {
            return words[at + SEGMENTS];
        }

        long price(final int side) {
            return words[at + side + PRICE];
        }

        long cost(final int side) {
            return words[at + side + COST];
        }

        long fee(final int side) {
            return words[at + side + FEE];
        }

        long missing(final int side) {
            return words[at + side + MISSING];
        }

        /** A row of a price, or -1. */
        int priceRow(final int side) {
            return (int) (words[at + side + ROWS] >>> ROW_BITS) - 1;
        }

        /** A row of a cost or a fee, or -1. */
        int costRow(final int side) {
            return (int) words[at + side + ROWS] - 1;
        }
    }

    /** Adds a unit. */
    void add(final long key, final UnitFacts facts, final Rated before, final Rated after) {
        final int at = line(key);
        words[at + UNITS]++;
        words[at + SEGMENTS] += facts.segments;
        side(at + BEFORE, facts, before);
        side(at + AFTER, facts, after);
    }

    private void side(final int at, final UnitFacts facts, final Rated rated) {
        int costRow = -1;
        for (int taker = 0; taker < Math.max(1, facts.takers()); taker++) {
            words[at + COST] = Math.addExact(words[at + COST], rated.cost(taker));
            words[at + FEE] = Math.addExact(words[at + FEE], rated.fee(taker));
            costRow = Math.max(costRow, Math.max(rated.costRow(taker), rated.feeRow(taker)));
        }
        words[at + PRICE] = Math.addExact(words[at + PRICE], rated.price);
        words[at + MISSING] += rated.priceMissing || rated.costMissing ? 1 : 0;
        final long rows = words[at + ROWS];
        final long priceRow = rows >>> ROW_BITS == 0 ? rated.priceRow + 1L : rows >>> ROW_BITS;
        words[at + ROWS] = priceRow << ROW_BITS | ((int) rows == 0 ? costRow + 1 : (int) rows);
    }

    /** Where the line of a key begins; a new one where there was none. */
    private int line(final long key) {
        if (2 * lines * STRIDE >= words.length) {
            grow();
        }
        final int at = find(words, key);
        if (words[at] == 0) {
            words[at] = key + 1;
            lines++;
        }
        return at;
    }

    private static int find(final long[] words, final long key) {
        final int mask = words.length / STRIDE - 1;
        int slot = (int) ((key * MIX) >>> 32) & mask;
        while (words[slot * STRIDE] != 0 && words[slot * STRIDE] != key + 1) {
            slot = slot + 1 & mask;
        }
        return slot * STRIDE;
    }

    private void grow() {
        final long[] larger = new long[2 * words.length];
        for (int at = 0; at < words.length; at += STRIDE) {
            if (words[at] != 0) {
                System.arraycopy(words, at, larger, find(larger, words[at] - 1), STRIDE);
            }
        }
        words = larger;
    }

    /** Hands out all lines. */
    void forEach(final Visitor visitor) {
        final Line line = new Line();
        for (int at = 0; at < words.length; at += STRIDE) {
            if (words[at] != 0) {
                line.at = at;
                visitor.line(words[at] - 1, line);
            }
        }
    }
}
