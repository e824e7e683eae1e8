package io.trunkline.gateway.billing;

import io.trunkline.routing.rates.RateBook;

/** What is owed for one message or call. Filled and reused by {@link Rater}. Amounts are {@link io.trunkline.routing.rates.Micros}. */
public final class Rated {
    public int senderClass;

    /** Row of the {@link RateBook}; {@link RateBook#NO_RATE} where nothing is charged or no rate holds. */
    public int priceRow = RateBook.NO_RATE;

    public int priceSegments;
    public long price;
    /** Something is charged and no price holds. */
    public boolean priceMissing;
    /** A carrier took something and no cost holds. */
    public boolean costMissing;

    /** Of a call: seconds that are charged. */
    public long priceSeconds;

    public long costSeconds;
    public long feeSeconds;

    private static final int USUAL_TAKERS = 2;
    private static final int COST_ROW = 0;
    private static final int COST_SEGMENTS = 1;
    private static final int COST = 2;
    private static final int FEE_ROW = 3;
    private static final int FEE_SEGMENTS = 4;
    private static final int FEE = 5;
    private static final int STRIDE = 6;

    /** By taker. */
    private long[] owed = new long[USUAL_TAKERS * STRIDE];

    void reset(final int takers) {
        priceRow = RateBook.NO_RATE;
        priceSegments = 0;
        price = 0;
        priceSeconds = 0;
        costSeconds = 0;
        feeSeconds = 0;
        priceMissing = false;
        costMissing = false;
        if (takers * STRIDE > owed.length) {
            owed = new long[takers * STRIDE];
        }
        for (int taker = 0; taker < takers; taker++) {
            cost(taker, RateBook.NO_RATE, 0, 0);
            fee(taker, RateBook.NO_RATE, 0, 0);
        }
    }

    void cost(final int taker, final int row, final int segments, final long micros) {
        owed[taker * STRIDE + COST_ROW] = row;
        owed[taker * STRIDE + COST_SEGMENTS] = segments;
        owed[taker * STRIDE + COST] = micros;
    }

    void fee(final int taker, final int row, final int segments, final long micros) {
        owed[taker * STRIDE + FEE_ROW] = row;
        owed[taker * STRIDE + FEE_SEGMENTS] = segments;
        owed[taker * STRIDE + FEE] = micros;
    }

    /** By taker, as in {@link UnitFacts}; of a unit without any, of the first all the same. */
    public int costRow(final int taker) {
        return (int) owed[taker * STRIDE + COST_ROW];
    }

    public int costSegments(final int taker) {
        return (int) owed[taker * STRIDE + COST_SEGMENTS];
    }

    public long cost(final int taker) {
        return owed[taker * STRIDE + COST];
    }

    public int feeRow(final int taker) {
        return (int) owed[taker * STRIDE + FEE_ROW];
    }

    public int feeSegments(final int taker) {
        return (int) owed[taker * STRIDE + FEE_SEGMENTS];
    }

    public long fee(final int taker) {
        return owed[taker * STRIDE + FEE];
    }
}
