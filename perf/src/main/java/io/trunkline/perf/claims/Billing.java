package io.trunkline.perf.claims;

import io.trunkline.perf.billing.BillingOracle;
import io.trunkline.perf.billing.CarrierTally;
import io.trunkline.perf.billing.CdrRows;
import io.trunkline.perf.billing.FollowProcess;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.MessageMix.Alphabet;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.McSimulator;
import io.trunkline.upstream.codec.MessageClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Call detail records through kills of the daemon and of an exporter beside it: every message that ended is in one record, what is
 * owed is what an oracle computes from the carriers' logs, and three exports (the daemon's own, the one that was killed, one
 * from scratch) are the same octet by octet.
 */
final class Billing implements Claim {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "billing";
    }

    @Override
    public String describe() {
        return "kill -9 of daemon and exporter under load: every unit in one record, amounts as the carriers' logs have it";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final long times = context.option("times", 20);
        final SplittableRandom random = new SplittableRandom(context.option("seed", 1));
        final Stage stage = Stage.usual(context, context.option("durability", "process"));
        final Path conf = Files.createDirectories(context.directory().resolve("conf"));
        Files.writeString(conf.resolve("rates.csv"), BillingOracle.rates());
        Files.writeString(conf.resolve("billing.yaml"), "cdr: {period: 2s, maxRecords: 5000}\n");
        final Daemon daemon = stage.start();
        final FollowProcess exporter =
                context.ending(new FollowProcess(conf, context.directory().resolve("followed")));
        exporter.start();
        final LoadRun load = context.load(stage.plan()
                .at(new Schedule.Constant(context.option("rate", 2000)))
                .sending(ofOneSegment(context.option("seed", 1))));
        for (int kill = 1; kill <= times; kill++) {
            final long before = load.counters().get(Counter.ACCEPTED);
            ProveContext.await(Duration.ofSeconds(20), () -> load.counters().get(Counter.ACCEPTED) > before + 100);
            Thread.sleep(random.nextLong(20, 1500));
            if (random.nextBoolean()) {
                daemon.kill();
                daemon.start();
            } else {
                exporter.kill();
                exporter.start();
            }
        }
        load.stopSending();
        context.say("settled: %s", load.awaitSettled(Duration.ofSeconds(60)));
        // The last period is written when the journal comes to the next.
        Thread.sleep(2 * PERIOD.toMillis());
        final ClaimResult result = new ClaimResult().value("kills", times);
        exporter.kill();
        stage.judge(result, load);
        compare(context, conf, stage.setup().data(), result);
        oracle(context, stage, load, result);
        return result;
    }

    /** The carriers' logs know a message by its first segment alone, so that messages of several would not be judged. */
    private static MessageMix.Shape ofOneSegment(final long seed) {
        return MessageMix.Shape.plain(seed)
                .ofLength(40, 60)
                .withAlphabets(Alphabet.LATIN, Alphabet.LATIN, Alphabet.LATIN, Alphabet.CYRILLIC)
                .ofClasses(MessageClass.OTP, MessageClass.TRANSACTIONAL, MessageClass.BULK)
                .toPrefixes("49151", "33612", "44770");
    }

    /** Each exporter finishes what it has not; then a third begins with nothing. */
    private static void compare(final ProveContext context, final Path conf, final Path data, final ClaimResult result)
            throws IOException, InterruptedException {
        final Path own = data.resolve("cdr");
        final Path followed = context.directory().resolve("followed");
        final Path scratch = context.directory().resolve("scratch");
        for (final Path directory : List.of(own, followed, scratch)) {
            final String said = FollowProcess.once(conf, directory);
            context.say("%s: %s", directory.getFileName(), said.isEmpty() ? "nothing left to write" : said);
        }
        result.value("files", new CdrRows(scratch).files().size())
                .zero("daemonsFilesDiffer", differing(own, scratch))
                .zero("followedFilesDiffer", differing(followed, scratch));
    }

    private static long differing(final Path directory, final Path scratch) throws IOException {
        final List<Path> files = new CdrRows(directory).files();
        final List<Path> others = new CdrRows(scratch).files();
        long differing = Math.abs(files.size() - others.size());
        for (final Path file : files) {
            final Path other = scratch.resolve(file.getFileName());
            final Path manifest = file.resolveSibling(file.getFileName() + ".manifest.json");
            final boolean same = Files.exists(other)
                    && Arrays.equals(Files.readAllBytes(file), Files.readAllBytes(other))
                    && Arrays.equals(
                            Files.readAllBytes(manifest), Files.readAllBytes(scratch.resolve(manifest.getFileName())));
            differing += same ? 0 : 1;
        }
        return differing;
    }

    private static void oracle(
            final ProveContext context, final Stage stage, final LoadRun load, final ClaimResult result)
            throws IOException {
        final Path scratch = context.directory().resolve("scratch");
        final List<Path> logs = stage.carriers().stream()
                .map(McSimulator::config)
                .map(config -> context.carrierLog(config.name()))
                .toList();
        final BillingOracle oracle = new BillingOracle(new CarrierTally(logs), load);
        final CdrRows rows = new CdrRows(scratch);
        rows.forEach(oracle::hear);
        long price = 0;
        long cost = 0;
        final JsonMapper json = JsonMapper.builder().build();
        for (final Path file : rows.files()) {
            final JsonNode totals = json.readTree(
                            Files.readAllBytes(file.resolveSibling(file.getFileName() + ".manifest.json")))
                    .path("totals");
            for (final JsonNode sum : totals) {
                price += Long.parseLong(sum.path("price").asString().replace(".", ""));
                cost += Long.parseLong(sum.path("cost").asString().replace(".", ""));
            }
        }
        oracle.examples().forEach(example -> context.say("%s", example));
        result.value("cdrs", oracle.records())
                .value("inDoubt", oracle.doubtful())
                .zero("missing", oracle.missing())
                .zero("twice", oracle.twice())
                .zero("strangers", oracle.strangers())
                .zero("wrongSegments", oracle.wrongSegments())
                .zero("wrongPrices", oracle.wrongPrices())
                .zero("wrongCosts", oracle.wrongCosts())
                .value("priceMicros", oracle.price())
                .zero("priceTotalsDiffer", oracle.price() - price)
                .zero("costTotalsDiffer", oracle.cost() - cost);
    }
}
