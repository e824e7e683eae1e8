package io.trunkline.perf.claims;

import com.sun.management.OperatingSystemMXBean;
import io.trunkline.gateway.billing.Rerating;
import io.trunkline.gateway.billing.Rerating.Comparison;
import io.trunkline.gateway.billing.cdr.CdrExport;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.BillingSettings.Format;
import io.trunkline.gateway.config.load.BillingLoader;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.perf.billing.DuckDb;
import io.trunkline.perf.billing.SampleJournal;
import io.trunkline.perf.billing.SampleRates;
import io.trunkline.perf.billing.SqlitePeer;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.ProveContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Re-rating of a recorded journal under two sets of decks, in units a second, the journal's files in the page cache; beside
 * databases that load the call detail records of the same messages, rated before, and sum them up. All must come to the same sums.
 */
final class RatingSpeed implements Claim {
    private static final double NS_PER_SECOND = 1e9;

    @Override
    public String name() {
        return "rating-speed";
    }

    @Override
    public String describe() {
        return "recorded messages re-rated under other decks: 500,000 units/s on 2 cores; beside SQLite and DuckDB";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final long units = context.option("units", 2_000_000);
        final int prefixes = (int) context.option("prefixes", 10_000);
        final int threads = (int) context.option("threads", 2);
        final long runs = context.option("times", context.option("runs", 7));
        final long seed = context.option("seed", 1);
        final Path data = context.directory().resolve("data");
        final long records = SampleJournal.write(data, units, (int) context.option("open", 20_000), seed);
        final BillingConfig inForce = rates(context.directory().resolve("rates"), prefixes, seed, 0);
        final BillingConfig other = rates(context.directory().resolve("other"), prefixes, seed, 1_000);
        context.say(
                "%,d units in %,d records; %,d rates",
                units, records, inForce.rates().size());
        final List<JournalFiles> shards = JournalFiles.in(data);
        final List<Double> rates = new ArrayList<>();
        List<Comparison> lines = List.of();
        long cpuNs = 0;
        for (long run = 0; run <= runs; run++) {
            final long cpuBefore = cpuNs();
            final long begin = System.nanoTime();
            lines = new Rerating(inForce, other, Long.MIN_VALUE, Long.MAX_VALUE)
                    .run(shards, threads)
                    .lines();
            final double rate = units / ((System.nanoTime() - begin) / NS_PER_SECOND);
            context.say("run %d: %,.0f units/s%s", run, rate, run == 0 ? " (warms up)" : "");
            if (run > 0) {
                rates.add(rate);
                cpuNs += cpuNs() - cpuBefore;
            }
        }
        final double median = Median.of(rates);
        final ClaimResult result = new ClaimResult()
                .value("units", units)
                .value("rates", inForce.rates().size())
                .value("threads", threads)
                .value("runs", runs)
                .value("unitsPerSecond", median)
                .value("unitsPerCpuSecond", units * runs / (cpuNs / NS_PER_SECOND))
                .value("slowest", rates.stream().mapToDouble(rate -> rate).min().orElse(0))
                .zero(
                        "unitsLeftOut",
                        units - lines.stream().mapToLong(Comparison::units).sum());
        result.require(
                median >= context.option("least", 500_000),
                "re-rated " + Math.round(median) + " units/s, 500,000 promised");
        beside(context, inForce, shards, lines, units, median, result);
        return result;
    }

    /** Of all threads of this process: on a machine that others use, too, the better measure. */
    private static long cpuNs() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static BillingConfig rates(final Path directory, final int prefixes, final long seed, final long raised)
            throws IOException {
        SampleRates.write(directory, prefixes, seed, raised);
        final BillingLoader.Result loaded = BillingLoader.load(directory);
        return loaded.config().orElseThrow(() -> new IllegalStateException(loaded.report()));
    }

    /** What databases make of the same records, which were exported, and rated, before. */
    private static void beside(
            final ProveContext context,
            final BillingConfig inForce,
            final List<JournalFiles> shards,
            final List<Comparison> lines,
            final long units,
            final double median,
            final ClaimResult result)
            throws Exception {
        final Path file = context.directory().resolve("cdr.csv");
        final long begin = System.nanoTime();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (final JournalFiles shard : shards) {
                new CdrExport(inForce, Format.CSV, Long.MIN_VALUE, Long.MAX_VALUE)
                        .write(shard, out, JsonNodeFactory.instance.objectNode());
            }
        }
        result.value("exportedPerSecond", units / ((System.nanoTime() - begin) / NS_PER_SECOND));
        if (SqlitePeer.installed()) {
            final SqlitePeer sqlite = new SqlitePeer(file);
            database(context, "sqlite", sqlite::sum, sqlite::seconds, lines, units, median, result);
        } else {
            context.say("no sqlite3 here: apt-get install sqlite3");
            result.value("sqlite", "absent");
        }
        final DuckDb duckDb = new DuckDb();
        try {
            database(context, "duckdb", () -> duckDb.sum(file), duckDb::seconds, lines, units, median, result);
        } catch (final IOException e) {
            context.say("without DuckDB: %s", e.getMessage());
            result.value("duckdb", "absent");
        }
    }

    /** Sums by tenant and carrier. */
    private interface Sums {
        SortedMap<String, long[]> get() throws IOException, InterruptedException;
    }

    private static void database(
            final ProveContext context,
            final String name,
            final Sums sums,
            final DoubleSupplier seconds,
            final List<Comparison> lines,
            final long units,
            final double median,
            final ClaimResult result)
            throws IOException, InterruptedException {
        final List<Double> rates = new ArrayList<>();
        SortedMap<String, long[]> theirs = new TreeMap<>();
        for (long run = 0; run < context.option(name + "-runs", 3); run++) {
            theirs = sums.get();
            rates.add(units / seconds.getAsDouble());
            context.say("%s: %,.0f units/s", name, units / seconds.getAsDouble());
        }
        result.value(name + "PerSecond", Median.of(rates))
                .value("times." + name, median / Median.of(rates))
                .zero("differentSums." + name, differing(ours(lines), theirs));
    }

    private static SortedMap<String, long[]> ours(final List<Comparison> lines) {
        final SortedMap<String, long[]> sums = new TreeMap<>();
        lines.forEach(line -> {
            final String payers = line.group().tenant() + "|" + line.group().carrier();
            final long[] sum = sums.computeIfAbsent(payers, added -> new long[2]);
            sum[0] += line.before().price();
            sum[1] += line.before().cost() + line.before().fee();
        });
        return sums;
    }

    private static long differing(final SortedMap<String, long[]> ours, final SortedMap<String, long[]> theirs) {
        long differing = Math.abs(ours.size() - theirs.size());
        for (final var each : ours.entrySet()) {
            differing += Arrays.equals(each.getValue(), theirs.get(each.getKey())) ? 0 : 1;
        }
        return differing;
    }
}
