package io.trunkline.perf.claims;

import io.trunkline.perf.billing.SampleJournal;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Seconds from the start of the process to ready after a kill -9, with a journal of 10 GB and a million open units, and the
 * memory that these take; with the journal's files out of the page cache, and in it.
 *
 * <p>The history, of units that have ended, is written through the journal's own writer: it is the weight that a restart must not
 * read. All that a restart does read comes from the daemon itself under load: the open units, the checkpoint over them, and
 * the traffic after it, of another tenant over another carrier, in the midst of which it is killed.
 */
final class Recovery implements Claim {
    private static final String TAIL = "tail";
    private static final long HISTORY_BYTES_A_UNIT = 600;
    private static final int HISTORY_OPEN = 20_000;
    private static final double MIB = 1 << 20;
    private static final Duration START_WITHIN = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public String describe() {
        return "killed with 10 GB of journal and 1,000,000 open units: ready in 5 s, at most 600 MB for them; page cache cold and warm";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final ClaimResult result = new ClaimResult();
        final Memory empty = memoryOfEmptyDaemon(context);
        final Stage stage = stage(context);
        final Path data = stage.setup().data();
        final long before = context.option("megabytes", 10_000) * 1_000_000 / HISTORY_BYTES_A_UNIT;
        context.say("writing %,d units that have ended", before);
        SampleJournal.write(data, before, HISTORY_OPEN, context.option("seed", 1));
        final Daemon daemon = daemon(context, stage);
        final long beganNs = System.nanoTime();
        daemon.start(START_WITHIN);
        context.say("read as a whole, without any checkpoint: ready after %.1f s", (System.nanoTime() - beganNs) / 1e9);
        final long units = context.option("units", 1_000_000);
        OpenUnits.flood(context, stage, units, "open").close();
        awaitCheckpoint(context, daemon, data);
        killUnderLoad(context, stage, daemon);
        result.value("journalGB", bytes(data) / 1e9).value("openUnits", units);
        restarts(context, daemon, data, empty, result);
        return result;
    }

    /** One carrier keeps its receipts back, the other does not. */
    static Stage stage(final ProveContext context) {
        final Stage stage = new Stage(context);
        stage.setup()
                .durability(context.option("durability", "disk"))
                .journal("  retention: {keep: 3650d}\n  checkpoint: {every: " + context.option("checkpoint-every", "1m")
                        + "}")
                .gateway("limits: {openUnits: 2000000}")
                .tenant(Stage.TENANT, Stage.UNLIMITED)
                .tenant(TAIL, Stage.UNLIMITED)
                .route("*," + Stage.TENANT + ",,alpha")
                .route("*," + TAIL + ",,beta");
        stage.carrier(
                "alpha",
                Faults.none().with("receipt-delay", "60m"),
                2,
                Stage.FAST_BIND,
                List.of("receipts: {timeout: 2h}"));
        stage.carrier("beta", Faults.none().with("receipt-delay", "5ms"), 2, Stage.FAST_BIND, Stage.QUICK_DOUBT);
        return stage;
    }

    private static Daemon daemon(final ProveContext context, final Stage stage) {
        return context.ending(new Daemon(stage.setup(), Map.of("TRUNKLINE_HEAP", context.option("heap", "2g"))));
    }

    /** What a daemon takes: what lives in the heap, and what is resident outside of it. */
    private record Memory(double heapMiB, double residentMiB) {
        static Memory of(final Daemon daemon) throws IOException, InterruptedException {
            return new Memory(daemon.liveHeapMiB(), daemon.residentMiB());
        }

        /** The heap is touched at the start, so what the process grows by lies outside of it. */
        double megabytesAbove(final Memory other) {
            return (heapMiB - other.heapMiB + Math.max(0, residentMiB - other.residentMiB)) * MIB / 1e6;
        }
    }

    private static Memory memoryOfEmptyDaemon(final ProveContext context) throws Exception {
        try (ProveContext own = context.part("empty")) {
            final Daemon daemon = daemon(own, stage(own)).start(START_WITHIN);
            final Memory memory = Memory.of(daemon);
            daemon.kill();
            context.say("an empty daemon: heap %.0f MiB, resident %.0f MiB", memory.heapMiB, memory.residentMiB);
            return memory;
        }
    }

    /** Waits until there is a checkpoint that began after all the units were open. */
    private static void awaitCheckpoint(final ProveContext context, final Daemon daemon, final Path data)
            throws IOException, InterruptedException {
        final long after = (long) daemon.metric("trunkline_journal_published_records_total");
        final boolean there =
                ProveContext.await(Duration.ofMinutes(3), () -> lastCheckpoint(data)[0] >= after && after > 0);
        if (!there) {
            throw new IllegalStateException("no checkpoint after record " + after + "; " + daemon.tailOfLog());
        }
        final long[] checkpoint = lastCheckpoint(data);
        context.say("checkpoint of %,d records", checkpoint[1] - checkpoint[0] + 1);
    }

    /** First and last record of the newest complete checkpoint, as the journal's state names it. */
    private static long[] lastCheckpoint(final Path data) {
        try {
            final Path state = data.resolve("journal/shard-0/journal.state");
            for (final String line : Files.readAllLines(state)) {
                if (line.startsWith("checkpoint ")) {
                    final String[] words = line.split(" ", -1);
                    return new long[] {Long.parseLong(words[1]), Long.parseLong(words[2])};
                }
            }
        } catch (final IOException e) {
            // It is replaced at this moment.
        }
        return new long[] {0, 0};
    }

    /** Traffic until the journal has grown by as much as may follow a checkpoint; in the midst of it the daemon is killed. */
    private static void killUnderLoad(final ProveContext context, final Stage stage, final Daemon daemon)
            throws IOException, InterruptedException {
        final double tail = context.option("tail-megabytes", 300) * 1e6;
        final double before = daemon.metric("trunkline_journal_bytes");
        try (LoadRun load = context.load(stage.plan(TAIL)
                .named(TAIL)
                .sending(MessageMix.Shape.plain(context.option("seed", 1)))
                .withWindow(2_000, 20_000))) {
            while (daemon.metric("trunkline_journal_bytes") - before < tail) {
                Thread.sleep(20);
            }
            daemon.kill();
            context.say(
                    "killed %,d messages after the checkpoint", load.counters().get(Counter.ACCEPTED));
        }
    }

    private static void restarts(
            final ProveContext context,
            final Daemon daemon,
            final Path data,
            final Memory empty,
            final ClaimResult result)
            throws IOException, InterruptedException {
        final long rounds = context.option("times", 3);
        final PageCache cache = new PageCache(data.resolve("journal"));
        final List<Double> cold = new ArrayList<>();
        final List<Double> warm = new ArrayList<>();
        final List<Double> cpu = new ArrayList<>();
        double megabytes = 0;
        for (int round = 0; round < 2 * rounds; round++) {
            final boolean isCold = round % 2 == 0;
            if (isCold) {
                context.say("out of the page cache but for %.1f MiB", cache.drop());
            }
            final double seconds = restart(daemon);
            cpu.add(daemon.cpuSeconds());
            context.say(
                    "%s: ready after %.2f s, %.2f s of CPU; %s",
                    isCold ? "cold" : "warm", seconds, cpu.get(round), readingOf(daemon));
            (isCold ? cold : warm).add(seconds);
            final long open = (long) daemon.metric("trunkline_tenant_open_units");
            result.require(
                    open >= context.option("units", 1_000_000),
                    "of the open units " + open + " are there after a kill");
            megabytes = Math.max(megabytes, Memory.of(daemon).megabytesAbove(empty));
            daemon.kill();
        }
        final double allowed = context.option("most-ready-ms", 5_000) / 1_000.0;
        final double worst = Math.max(most(cold), most(warm));
        result.value("coldSeconds", median(cold))
                .value("coldSecondsMost", most(cold))
                .value("warmSeconds", median(warm))
                .value("warmSecondsMost", most(warm))
                .value("cpuSeconds", median(cpu))
                .value("openUnitsMB", megabytes)
                .require(worst <= allowed, "ready only after " + worst + " s")
                .require(
                        megabytes <= context.option("most-open-mb", 600),
                        "the open units take " + megabytes + " MB after a restart");
    }

    private static double restart(final Daemon daemon) throws InterruptedException {
        final long beganNs = System.nanoTime();
        daemon.start(START_WITHIN);
        return (System.nanoTime() - beganNs) / 1e9;
    }

    /** What the daemon itself says of its reading. */
    private static String readingOf(final Daemon daemon) throws IOException {
        return Files.readAllLines(daemon.log()).stream()
                .filter(line -> line.contains("journal read:"))
                .map(line -> line.substring(line.indexOf("journal read:")))
                .findFirst()
                .orElse("");
    }

    private static double median(final List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double most(final List<Double> values) {
        return values.stream().mapToDouble(value -> value).max().orElse(0);
    }

    private static long bytes(final Path data) throws IOException {
        try (var files = Files.walk(data.resolve("journal"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
