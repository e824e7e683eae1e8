package io.trunkline.gateway.billing;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.routing.rates.RateBook;
import io.trunkline.routing.rates.RateQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
        private String priceCurrency;
        private String costCurrency;

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

        private Side(final ReratedSums.Line line, final int which, final RateBook rates) {
            price = line.price(which);
            cost = line.cost(which);
            fee = line.fee(which);
            missing = line.missing(which);
            priceCurrency = currency(rates, line.priceRow(which));
            costCurrency = currency(rates, line.costRow(which));
        }

        private void add(final Side more) {
            price = Math.addExact(price, more.price);
            cost = Math.addExact(cost, more.cost);
            fee = Math.addExact(fee, more.fee);
            missing += more.missing;
            priceCurrency = priceCurrency.isEmpty() ? more.priceCurrency : priceCurrency;
            costCurrency = costCurrency.isEmpty() ? more.costCurrency : costCurrency;
        }

        private static String currency(final RateBook rates, final int row) {
            return row == RateBook.NO_RATE ? "" : rates.currency(row);
        }
    }

    /** One line of the comparison. */
    public static final class Comparison {
        private final Group group;
        private long units;
        private long segments;
        private final Side before;
        private final Side after;

        private Comparison(
                final Group group, final ReratedSums.Line line, final RateBook ratesBefore, final RateBook ratesAfter) {
            this.group = group;
            units = line.units();
            segments = line.segments();
            before = new Side(line, ReratedSums.BEFORE, ratesBefore);
            after = new Side(line, ReratedSums.AFTER, ratesAfter);
        }

        public Group group() {
            return group;
        }

        /** Those that were with the carrier in the end; another that took copies of them has its cost and fee on a line of its own. */
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

        private void add(final Comparison more) {
            units += more.units;
            segments += more.segments;
            before.add(more.before);
            after.add(more.after);
        }
    }

    /**
     * Rates everything twice.
     *
     * @param threads that share the work, 1 or more
     */
    public Result run(final List<JournalFiles> shards, final int threads) throws InterruptedException {
        final List<Comparison> lines = new ArrayList<>();
        final Set<Damage> damaged = new LinkedHashSet<>();
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
                damaged.addAll(first.damaged);
            }
        } catch (final ExecutionException e) {
            throw new IllegalStateException("re-rating failed: " + e.getCause(), e.getCause());
        } finally {
            workers.shutdownNow();
        }
        return new Result(inOrder(lines), List.copyOf(damaged));
    }

    /**
     * What came of it.
     *
     * @param lines by their groups
     * @param damaged places of the journal that could not be read: units among them are in no line
     */
    public record Result(List<Comparison> lines, List<Damage> damaged) {}

    /** Of those of one group one. They come in long stretches that are in order: sorting looks at each a few times. */
    private static List<Comparison> inOrder(final List<Comparison> lines) {
        lines.sort(Comparator.comparing(Comparison::group));
        final List<Comparison> merged = new ArrayList<>(lines.size());
        Comparison last = null;
        for (final Comparison line : lines) {
            if (last != null && last.group.equals(line.group)) {
                last.add(line);
            } else {
                merged.add(line);
                last = line;
            }
        }
        return merged;
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
        private List<Damage> damaged = List.of();

        Worker(final UnitFold.Share share) {
            this.share = share;
            fold = new UnitFold(names, share, this::unit);
        }

        Worker run(final JournalFiles shard) {
            names.ahead(shard);
            damaged = shard.read(share::has, fold).damaged();
            return this;
        }

        /**
         * Adds what another thread has made of the same records. A record's checksum is looked at by one of them alone, and then the
         * others find that the file is not the one of its manifest.
         */
        void add(final Worker other) {
            sums.add(other.sums);
            final Set<Damage> all = new LinkedHashSet<>(damaged);
            all.addAll(other.damaged);
            all.removeIf(damage ->
                    damage.kind() == Damage.Kind.HASH && !(damaged.contains(damage) && other.damaged.contains(damage)));
            damaged = List.copyOf(all);
        }

        /** Adds all sums with their names. */
        void name(final List<Comparison> lines) {
            sums.forEach((key, line) -> lines.add(new Comparison(group(key), line, before.rates(), after.rates())));
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
            for (int taker = 0; taker < facts.takers(); taker++) {
                final int carrier = facts.takerCarrier(taker);
                if (carrier != facts.carrier) {
                    sums.addCopies(key(facts.tenant, carrier, ratedAfter.priceRow), taker, ratedBefore, ratedAfter);
                }
            }
        }
    }
}
