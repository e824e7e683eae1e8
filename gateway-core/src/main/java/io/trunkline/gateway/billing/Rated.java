package io.trunkline.gateway.billing;

import io.trunkline.routing.rates.RateBook;
import java.util.Arrays;

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
    private int[] costRow = new int[USUAL_TAKERS];
    private int[] costSegments = new int[USUAL_TAKERS];
    private long[] cost = new long[USUAL_TAKERS];
    private int[] feeRow = new int[USUAL_TAKERS];
    private int[] feeSegments = new int[USUAL_TAKERS];
    private long[] fee = new long[USUAL_TAKERS];

    void reset(final int takers) {
        priceRow = RateBook.NO_RATE;
        priceSegments = 0;
        price = 0;
        priceSeconds = 0;
        costSeconds = 0;
        feeSeconds = 0;
        priceMissing = false;
        costMissing = false;
        if (takers > costRow.length) {
            costRow = new int[takers];
            costSegments = new int[takers];
            cost = new long[takers];
            feeRow = new int[takers];
            feeSegments = new int[takers];
            fee = new long[takers];
        }
        Arrays.fill(costRow, RateBook.NO_RATE);
        Arrays.fill(feeRow, RateBook.NO_RATE);
        Arrays.fill(costSegments, 0);
        Arrays.fill(feeSegments, 0);
        Arrays.fill(cost, 0);
        Arrays.fill(fee, 0);
    }

    void cost(final int taker, final int row, final int segments, final long micros) {
        costRow[taker] = row;
        costSegments[taker] = segments;
        cost[taker] = micros;
    }

    void fee(final int taker, final int row, final int segments, final long micros) {
        feeRow[taker] = row;
        feeSegments[taker] = segments;
        fee[taker] = micros;
    }

    /** By taker, as in {@link UnitFacts}. */
    public int costRow(final int taker) {
        return costRow[taker];
    }

    public int costSegments(final int taker) {
        return costSegments[taker];
    }

    public long cost(final int taker) {
        return cost[taker];
    }

    public int feeRow(final int taker) {
        return feeRow[taker];
    }

    public int feeSegments(final int taker) {
        return feeSegments[taker];
    }

    public long fee(final int taker) {
        return fee[taker];
    }
}
