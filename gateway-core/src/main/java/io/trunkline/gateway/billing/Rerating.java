package io.trunkline.gateway.billing;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.routing.rates.RateBook;
import io.trunkline.routing.rates.RateQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What recorded messages come to under one set of decks and under another, by tenant, carrier and prefix. Sums do not depend on
 * their order, so several threads each read all records and rate their share of the units.
 */
public final class Rerating {
    private final BillingConfig before;
    private final BillingConfig after;
    /** Those after, for lookups of a number in both. */
    private final RateBook ratesAfter;

    private final long fromMs;
    private final long toMs;

    /**
     * A comparison.
     *
     * @param fromMs units that were accepted at this time or later, milliseconds since the epoch
     * @param toMs and before this
     */
    public Rerating(final BillingConfig before, final BillingConfig after, final long fromMs, final long toMs) {
        this.before = before;
        this.after = after;
        ratesAfter = after.rates().placedAs(before.rates());
        this.fromMs = fromMs;
        this.toMs = toMs;
    }

    /**
     * What is summed up together.
     *
     * @param prefix of the price that holds after; {@code *} for one that holds for all numbers, empty where none holds
     */
    public record Group(String tenant, String carrier, String prefix) implements Comparable<Group> {
        @Override
        public int compareTo(final Group other) {
            final int byTenant = tenant.compareTo(other.tenant);
            final int byCarrier = byTenant == 0 ? carrier.compareTo(other.carrier) : byTenant;
            return byCarrier == 0 ? prefix.compareTo(other.prefix) : byCarrier;
        }
    }

    /** Sums of one side. */
    public static final class Side {
        private long price;
        private long cost;
        private long fee;
        private long missing;
        private String priceCurrency = "";
        private String costCurrency = "";

        public long price() {
            return price;
        }

        public long cost() {
            return cost;
        }

        public long fee() {
            return fee;
        }

        /** Units for which a price or a cost is missing. */
        public long missing() {
            return missing;
        }

        /** Empty where there is none. */
        public String priceCurrency() {
            return priceCurrency;
        }

        /** Empty where there is none. */
        public String costCurrency() {
            return costCurrency;
        }

        private void add(final ReratedSums.Line line, final int which, final RateBook rates) {
            price = Math.addExact(price, line.price(which));
            cost = Math.addExact(cost, line.cost(which));
            fee = Math.addExact(fee, line.fee(which));
            missing += line.missing(which);
            priceCurrency = priceCurrency.isEmpty() ? currency(rates, line.priceRow(which)) : priceCurrency;
            costCurrency = costCurrency.isEmpty() ? currency(rates, line.costRow(which)) : costCurrency;
        }

        private static String currency(final RateBook rates, final int row) {
            return row == RateBook.NO_RATE ? "" : rates.currency(row);
        }
    }

    /** One line of the comparison. */
    public static final class Comparison {
        private long units;
        private long segments;
        private final Side before = new Side();
        private final Side after = new Side();

        public long units() {
            return units;
        }

        public long segments() {
            return segments;
        }

        public Side before() {
            return before;
        }

        public Side after() {
            return after;
        }

        private void add(final ReratedSums.Line line, final RateBook ratesBefore, final RateBook ratesAfter) {
            units += line.units();
            segments += line.segments();
            before.add(line, ReratedSums.BEFORE, ratesBefore);
            after.add(line, ReratedSums.AFTER, ratesAfter);
        }
    }

    /**
     * Rates everything twice.
     *
     * @param threads that share the work, 1 or more
     */
    public SortedMap<Group, Comparison> run(final List<JournalFiles> shards, final int threads)
            throws InterruptedException {
        final SortedMap<Group, Comparison> lines = new TreeMap<>();
        final ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            for (final JournalFiles shard : shards) {
                final List<Future<Worker>> shares = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    final UnitFold.Share share = new UnitFold.Share(i, threads);
                    shares.add(workers.submit(() -> new Worker(share).run(shard)));
                }
                final Worker first = shares.get(0).get();
                for (final Future<Worker> share : shares.subList(1, threads)) {
                    first.add(share.get());
                }
                first.name(lines);
            }
        } catch (final ExecutionException e) {
            throw new IllegalStateException("re-rating failed: " + e.getCause(), e.getCause());
        } finally {
            workers.shutdownNow();
        }
        return lines;
    }

    /** One thread's part. */
    private final class Worker {
        private final NamesByNumber names = new NamesByNumber();
        private final RateQuery query = new RateQuery();
        private final Rater rateBefore = new Rater(before, before.rates(), names, query);
        private final Rater rateAfter = new Rater(after, ratesAfter, names, query);
        private final Rated ratedBefore = new Rated();
        private final Rated ratedAfter = new Rated();
        private final ReratedSums sums = new ReratedSums();
        private final UnitFold.Share share;
        private final UnitFold fold;

        Worker(final UnitFold.Share share) {
            this.share = share;
            fold = new UnitFold(names, share, this::unit);
        }

        Worker run(final JournalFiles shard) {
            names.ahead(shard);
            shard.read(share::has, fold);
            return this;
        }

        /** Adds what another thread has made of the same records. */
        void add(final Worker other) {
            sums.add(other.sums);
        }

        /** Adds all sums to those of their names. */
        void name(final SortedMap<Group, Comparison> lines) {
            sums.forEach((key, line) -> lines.computeIfAbsent(group(key), added -> new Comparison())
                    .add(line, before.rates(), after.rates()));
        }

        /** 20 bits for the tenant, 16 for the carrier, and 28 for the row. */
        private static long key(final int tenant, final int carrier, final int row) {
            return (long) tenant << 44 | (long) carrier << 28 | (row + 1);
        }

        private Group group(final long key) {
            return new Group(
                    names.tenant((int) (key >>> 44)),
                    names.carrier((int) (key >>> 28) & 0xFFFF),
                    prefix((int) (key & 0xFFF_FFFF) - 1));
        }

        private String prefix(final int row) {
            if (row == RateBook.NO_RATE) {
                return "";
            }
            final String prefix = after.rates().prefix(row);
            return prefix.isEmpty() ? "*" : prefix;
        }

        private void unit(final UnitFacts facts) {
            if (facts.acceptedAtMs < fromMs || facts.acceptedAtMs >= toMs) {
                return;
            }
            rateBefore.rate(facts, ratedBefore);
            rateAfter.rate(facts, ratedAfter);
            sums.add(key(facts.tenant, facts.carrier, ratedAfter.priceRow), facts, ratedBefore, ratedAfter);
        }
    }
}
