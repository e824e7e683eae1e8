package io.trunkline.gateway.billing.cdr;

import io.trunkline.gateway.billing.Rated;
import io.trunkline.gateway.billing.UnitFacts;
import io.trunkline.routing.rates.Micros;
import io.trunkline.routing.rates.RateBook;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums over records, to be held against what a reader of them sums up. */
final class CdrTotals {
    private final SortedMap<String, long[]> byCurrency = new TreeMap<>();
    private long records;
    private long segments;
    private long priceMissing;
    private long costMissing;
    private long incomplete;

    /** Sums in one currency, as decimals. */
    record Sum(String currency, String price, String cost, String fee) {}

    void add(final CdrRecord record) {
        final UnitFacts facts = record.facts();
        final Rated rated = record.rated();
        final RateBook rates = record.rater().rates();
        records++;
        segments += facts.segments;
        priceMissing += rated.priceMissing ? 1 : 0;
        costMissing += rated.costMissing ? 1 : 0;
        incomplete += facts.incomplete() ? 1 : 0;
        add(rates, rated.priceRow, 0, rated.price);
        for (int taker = 0; taker < Math.max(1, facts.takers()); taker++) {
            add(rates, rated.costRow(taker), 1, rated.cost(taker));
            add(rates, rated.feeRow(taker), 2, rated.fee(taker));
        }
    }

    private void add(final RateBook rates, final int row, final int which, final long micros) {
        if (row != RateBook.NO_RATE) {
            final long[] sums = byCurrency.computeIfAbsent(rates.currency(row), added -> new long[3]);
            sums[which] = Math.addExact(sums[which], micros);
        }
    }

    long records() {
        return records;
    }

    long segments() {
        return segments;
    }

    /** Records whose price no deck has. */
    long priceMissing() {
        return priceMissing;
    }

    /** Records with a cost that no deck has. */
    long costMissing() {
        return costMissing;
    }

    /** Records of units whose beginning the journal does not have any more. */
    long incomplete() {
        return incomplete;
    }

    List<Sum> sums() {
        final List<Sum> sums = new ArrayList<>();
        byCurrency.forEach((currency, amounts) ->
                sums.add(new Sum(currency, Micros.text(amounts[0]), Micros.text(amounts[1]), Micros.text(amounts[2]))));
        return sums;
    }
}
