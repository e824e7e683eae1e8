package io.trunkline.gateway.billing;

import static io.trunkline.gateway.billing.BilledTraffic.ACME;
import static io.trunkline.gateway.billing.BilledTraffic.ALPHA;
import static io.trunkline.gateway.billing.BilledTraffic.BETA;
import static io.trunkline.gateway.billing.BilledTraffic.NEWS;
import static io.trunkline.gateway.billing.BilledTraffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.billing.Rerating.Group;
import io.trunkline.gateway.billing.Rerating.Side;
import io.trunkline.gateway.calls.CallDirection;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.ShortJournal;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.routing.rates.RateBook;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the traffic and however many threads: the sums are those of rating one unit after the other, to the last millionth. */
final class ReratingTest {
    private static final int SEEDS = 12;
    private static final int UNITS = 400;
    private static final String[] NUMBERS = {"447700900123", "4477", "34600123456", "351912345678", "15550100", "999"};
    private static final String[] SENDERS = {"ACME", "+447700900123", "60777", "InfoInfoInf"};
    private static final String OTHER = BilledDirectory.RATES
            + "price,*,mt,34,,,EUR,0.071003,2026-01-01,,list-8\n"
            + "price,news,mt,4477,,,EUR,0.033333,2026-01-01,,news-1\n"
            + "cost,alpha,mt,*,,,EUR,0.019999,2026-01-01,,alpha-11\n"
            + "price,*,call,*,,,EUR,0.333333,2026-01-01,,list-8\n"
            + "cost,alpha,call,*,,,EUR,0.111111,2026-01-01,,alpha-11\n";
    /** A carrier that is paid in another currency than the one that takes what it does not. */
    private static final String DOLLARS = BilledDirectory.RATES.replace("cost,beta,mt,*,,,EUR", "cost,beta,mt,*,,,USD");

    @TempDir
    private Path directory;

    private BillingConfig before;
    private BillingConfig after;

    @BeforeEach
    void rates() throws IOException {
        before = BilledDirectory.write(directory.resolve("before"), DOLLARS, "");
        after = BilledDirectory.write(directory.resolve("after"), OTHER, "");
    }

    private Rerating.Result rerated(final List<JournalFiles> shards, final int threads) throws InterruptedException {
        return new Rerating(before, after, Long.MIN_VALUE, Long.MAX_VALUE).run(shards, threads);
    }

    @Test
    void sumsDoNotDependOnThreads() throws Exception {
        final long first = Long.getLong("test.seed", System.nanoTime());
        for (long seed = first; seed < first + SEEDS; seed++) {
            final List<JournalFiles> shards = journal(directory.resolve("data-" + seed), seed);
            final List<String> expected = oneByOne(shards.get(0), before, after);
            assertThat(expected).as("seed %d", seed).hasSizeGreaterThan(5);
            for (final int threads : new int[] {1, 2, 3, 5}) {
                assertThat(told(rerated(shards, threads)))
                        .as("seed %d, %d threads", seed, threads)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void damageIsToldOnceHoweverManyThreadsThereAre() throws Exception {
        final long seed = Long.getLong("test.seed", System.nanoTime());
        final List<JournalFiles> shards = journal(directory.resolve("data"), seed);
        final SplittableRandom random = new SplittableRandom(seed);
        for (long lost = 0; lost == 0; lost = read(shards).recordsLost()) {
            flip(shards.get(0), random);
        }
        final List<Damage> damaged = read(shards).damaged();
        final List<String> expected = oneByOne(shards.get(0), before, after);
        for (final int threads : new int[] {1, 2, 3, 5}) {
            final Rerating.Result result = rerated(shards, threads);
            assertThat(result.damaged())
                    .as("seed %d, %d threads", seed, threads)
                    .containsExactlyInAnyOrderElementsOf(damaged);
            assertThat(told(result)).as("seed %d, %d threads", seed, threads).isEqualTo(expected);
        }
    }

    private static RecoveryReport read(final List<JournalFiles> shards) {
        return shards.get(0).read(record -> {});
    }

    private static void flip(final JournalFiles shard, final SplittableRandom random) throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.walk(shard.directory())) {
            files = all.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
        final Path file = files.get(random.nextInt(files.size()));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final long offset = random.nextLong(channel.size());
            final ByteBuffer octet = ByteBuffer.allocate(1);
            channel.read(octet, offset);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (octet.get(0) ^ (1 << random.nextInt(8)))}), offset);
        }
    }

    private static List<JournalFiles> journal(final Path data, final long seed) {
        try (JournalStore journal = ShortJournal.open(data)) {
            traffic(new BilledTraffic(journal).named(), new SplittableRandom(seed));
        }
        return JournalFiles.in(data);
    }

    /** Messages that overlap, go to both carriers, are refused, doubted, left open; calls; messages from handsets. */
    private static void traffic(final BilledTraffic traffic, final SplittableRandom random) {
        final List<Runnable> waiting = new ArrayList<>();
        for (int i = 0; i < UNITS; i++) {
            traffic.at(NOON.plusSeconds(7L * i));
            final int tenant = random.nextBoolean() ? ACME : NEWS;
            final int carrier = random.nextBoolean() ? ALPHA : BETA;
            final String to = NUMBERS[random.nextInt(NUMBERS.length)];
            switch (random.nextInt(8)) {
                case 0 -> traffic.received(tenant, carrier, "34600123456", "447700900123", 1 + random.nextInt(3));
                case 1 ->
                    traffic.call(tenant, carrier, CallDirection.OUT.number(), to, 10, random.nextInt(-1, 100_000));
                default -> message(traffic, random, tenant, carrier, to, waiting);
            }
            while (waiting.size() > random.nextInt(1, 40)) {
                waiting.remove(random.nextInt(waiting.size())).run();
            }
        }
    }

    private static void message(
            final BilledTraffic traffic,
            final SplittableRandom random,
            final int tenant,
            final int carrier,
            final String to,
            final List<Runnable> waiting) {
        final int segments = 1 + random.nextInt(4);
        final long unit = traffic.accept(tenant, SENDERS[random.nextInt(SENDERS.length)], to, segments, "");
        int with = carrier;
        for (int segment = 0; segment < segments; segment++) {
            traffic.write(unit, with, segment, 0);
            switch (random.nextInt(6)) {
                case 0 -> {
                    traffic.refused(unit, with, segment);
                    with = with == ALPHA ? BETA : ALPHA;
                    traffic.write(unit, with, segment, 1).taken(unit, with, segment, 1);
                }
                case 1 -> traffic.lost(unit, with, segment, 0);
                case 2 -> {
                    // Its answer never comes.
                }
                default -> traffic.taken(unit, with, segment, 0);
            }
        }
        final int last = with;
        final UnitState[] ends = {UnitState.DELIVERED, UnitState.UNDELIVERED, UnitState.UNKNOWN, UnitState.FAILED};
        final UnitState end = ends[random.nextInt(ends.length)];
        final boolean receipted = random.nextBoolean();
        waiting.add(() -> {
            for (int segment = 0; segment < segments && receipted; segment++) {
                traffic.receipt(unit, last, segment);
            }
            final int error = end == UnitState.UNKNOWN ? ErrorCode.IN_DOUBT_FAILED.number() : 0;
            traffic.close(
                    unit, tenant, last, end, error, segments, end == UnitState.DELIVERED ? segments : segments / 2);
        });
    }

    private static final class Sum {
        private long units;
        private long segments;
        private final BigDecimal[] amounts = new BigDecimal[6];

        Sum() {
            Arrays.fill(amounts, BigDecimal.valueOf(0, 6));
        }

        private final long[] missing = new long[2];
        private final String[] currencies = {"", "", "", ""};
    }

    private static List<String> oneByOne(
            final JournalFiles shard, final BillingConfig before, final BillingConfig after) throws IOException {
        final NamesByNumber names = new NamesByNumber();
        final Rater[] raters = {new Rater(before, names), new Rater(after, names)};
        final Rated rated = new Rated();
        final SortedMap<Group, Sum> sums = new TreeMap<>();
        shard.read(new UnitFold(names, facts -> {
            raters[1].rate(facts, rated);
            final String prefix = rated.priceRow == RateBook.NO_RATE
                    ? ""
                    : raters[1].rates().prefix(rated.priceRow).isEmpty()
                            ? "*"
                            : raters[1].rates().prefix(rated.priceRow);
            final String tenant = names.tenant(facts.tenant);
            final Sum sum =
                    sums.computeIfAbsent(new Group(tenant, names.carrier(facts.carrier), prefix), added -> new Sum());
            sum.units++;
            sum.segments += facts.segments;
            for (int side = 0; side < 2; side++) {
                raters[side].rate(facts, rated);
                final RateBook rates = raters[side].rates();
                plus(sum, side, 0, rates, rated.priceRow, rated.price);
                sum.missing[side] += rated.priceMissing || rated.costMissing ? 1 : 0;
                for (int taker = 0; taker < Math.max(1, facts.takers()); taker++) {
                    final String carrier = facts.takers() == 0
                            ? names.carrier(facts.carrier)
                            : names.carrier(facts.takerCarrier(taker));
                    final Sum its = sums.computeIfAbsent(new Group(tenant, carrier, prefix), added -> new Sum());
                    plus(its, side, 1, rates, rated.costRow(taker), rated.cost(taker));
                    plus(its, side, 2, rates, rated.feeRow(taker), rated.fee(taker));
                }
            }
        }));
        final List<String> told = new ArrayList<>();
        sums.forEach(
                (group, sum) -> told.add(group + " " + sum.units + " " + sum.segments + side(sum, 0) + side(sum, 1)));
        return told;
    }

    /** An amount is of one currency with those that it is added to. */
    private static void plus(
            final Sum sum, final int side, final int what, final RateBook rates, final int row, final long micros) {
        final int at = 3 * side + what;
        sum.amounts[at] = sum.amounts[at].add(BigDecimal.valueOf(micros, 6));
        if (row != RateBook.NO_RATE) {
            final int currency = 2 * side + (what == 0 ? 0 : 1);
            assertThat(sum.currencies[currency]).isIn("", rates.currency(row));
            sum.currencies[currency] = rates.currency(row);
        }
    }

    private static String side(final Sum sum, final int side) {
        return " | " + sum.amounts[3 * side].unscaledValue() + " " + sum.amounts[3 * side + 1].unscaledValue() + " "
                + sum.amounts[3 * side + 2].unscaledValue() + " " + sum.missing[side] + " " + sum.currencies[2 * side]
                + " " + sum.currencies[2 * side + 1];
    }

    private static List<String> told(final Rerating.Result result) {
        final List<String> told = new ArrayList<>();
        result.lines()
                .forEach(line -> told.add(line.group() + " " + line.units() + " " + line.segments()
                        + side(line.before()) + side(line.after())));
        return told;
    }

    private static String side(final Side side) {
        return " | " + side.price() + " " + side.cost() + " " + side.fee() + " " + side.missing() + " "
                + side.priceCurrency() + " " + side.costCurrency();
    }
}
