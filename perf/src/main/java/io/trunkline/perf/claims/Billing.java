package io.trunkline.perf.claims;

import io.trunkline.perf.billing.BillingOracle;
import io.trunkline.perf.billing.CarrierTally;
import io.trunkline.perf.billing.CdrPrints;
import io.trunkline.perf.billing.CdrRows;
import io.trunkline.perf.billing.FollowProcess;
import io.trunkline.perf.kafka.KafkaBroker;
import io.trunkline.perf.kafka.TopicJudge;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.MessageMix.Alphabet;
import io.trunkline.perf.load.MessageMix.Band;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McSimulator;
import io.trunkline.upstream.codec.MessageClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Call detail records through kills of the daemon, of an exporter beside it and of the Kafka that it writes to, under traffic that
 * ends in every way there is: every message that ended is in one record, what is owed is what an oracle computes from the carriers'
 * logs, four exports (the daemon's own, the one that was killed, two from scratch) are the same octet by octet, and the topic has
 * the same records, each once.
 */
final class Billing implements Claim {
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final String PATIENT = "patient";
    private static final String NOWHERE = "gamma";
    private static final String TOPIC = "trunkline-cdr";
    private static final int PARTITIONS = 3;
    /** Of each carrier: what is sent at the rate of the claim does not pile up before them. */
    private static final int BINDS = 3;
    /** What must have happened at least once. */
    private static final List<String> OUTCOMES =
            List.of("delivered", "undelivered", "unknown", "in-doubt", "failed", "expired", "cancelled");
    /** Of so many messages one more goes to a carrier that never binds. */
    private static final long IN_VAIN_ONE_IN = 100;

    /** Receipts that were lost need not be waited for as long as elsewhere. */
    private static final String RECEIPTS = "receipts: {timeout: 20s";

    @Override
    public String name() {
        return "billing";
    }

    @Override
    public String describe() {
        return "kill -9 of daemon, exporter and broker under load: every unit in one record, amounts as the carriers' logs have it";
    }

    /** Those who are killed. */
    private record Victims(Daemon daemon, FollowProcess exporter, Optional<KafkaBroker> broker) {
        /** Kills one of them, starts it again and says which it was. */
        String kill(final SplittableRandom random, final Map<String, Integer> kills)
                throws IOException, InterruptedException {
            final int which = random.nextInt(broker.isPresent() ? 3 : 2);
            final String name;
            if (which == 0) {
                name = "daemon";
                daemon.kill();
                daemon.start();
            } else if (which == 1) {
                name = "exporter";
                exporter.kill();
                exporter.start();
            } else {
                name = "broker";
                broker.orElseThrow().kill();
                broker.orElseThrow().start();
            }
            kills.merge(name, 1, Integer::sum);
            return name;
        }
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final long units = context.option("units", 1_000_000);
        final long times = context.option("times", 20);
        final SplittableRandom random = new SplittableRandom(context.option("seed", 1));
        final Optional<KafkaBroker> broker = broker(context);
        final Stage stage = stage(context);
        broker.ifPresent(kafka -> stage.setup()
                .gateway("exports: {kafka: {bootstrap: [\"" + kafka.bootstrap() + "\"], cdrTopic: " + TOPIC + "}}"));
        final Daemon daemon = stage.start();
        final Path conf = context.directory().resolve("conf");
        final FollowProcess exporter =
                context.ending(new FollowProcess(conf, context.directory().resolve("followed")));
        exporter.start();
        final long rate = context.option("rate", 4_000);
        final LoadRun load = context.load(
                stage.plan().at(new Schedule.Constant(rate)).sending(everyLength(context.option("seed", 1))));
        final LoadRun inVain =
                context.load(stage.plan(PATIENT).at(new Schedule.Constant(Math.max(1, rate / IN_VAIN_ONE_IN))));
        inVain.cancelEvery(2);
        final Victims victims = new Victims(daemon, exporter, broker);
        final Map<String, Integer> kills = new TreeMap<>(Map.of("daemon", 0, "exporter", 0));
        broker.ifPresent(kafka -> kills.put("broker", 0));
        for (int kill = 1; kill <= times; kill++) {
            awaitAccepted(context, load, units * kill / (times + 1));
            Thread.sleep(random.nextLong(20, 1500));
            context.say(
                    "kill %d of %d: the %s, %,d accepted",
                    kill, times, victims.kill(random, kills), load.counters().get(Counter.ACCEPTED));
        }
        awaitAccepted(context, load, units);
        load.stopSending();
        inVain.stopSending();
        Settling.await(context, load, inVain);
        // The last period is written when the journal comes to the next.
        Thread.sleep(2 * PERIOD.toMillis());
        final ClaimResult result = new ClaimResult().value("kills", times);
        kills.forEach((victim, count) -> result.value("kills." + victim, count));
        if (broker.isPresent()) {
            result.zero("topicLag", KafkaExport.awaitLag(context, daemon));
        }
        exporter.kill();
        stage.judge(result, load, inVain);
        compare(context, conf, stage.setup().data(), result);
        oracle(context, stage, result, load, inVain);
        if (broker.isPresent()) {
            topic(context, broker.get(), result);
        }
        return result;
    }

    /** A Kafka; none where it cannot be fetched, or is not wanted. */
    private static Optional<KafkaBroker> broker(final ProveContext context) throws Exception {
        if (context.option("kafka", 1) == 0) {
            return Optional.empty();
        }
        final KafkaBroker broker;
        try {
            broker = context.ending(new KafkaBroker(context.directory().resolve("kafka"), Map.of()));
        } catch (final IOException e) {
            context.say("without a Kafka: %s", e.getMessage());
            return Optional.empty();
        }
        broker.start().create(TOPIC, PARTITIONS, Map.of());
        return Optional.of(broker);
    }

    /** The topic against the files, which the oracle has judged. */
    private static void topic(final ProveContext context, final KafkaBroker broker, final ClaimResult result)
            throws IOException {
        final CdrPrints prints = new CdrPrints();
        new CdrRows(context.directory().resolve("scratch")).forEach(prints::hear);
        final TopicJudge judge = new TopicJudge(Set.of(), prints::matches);
        prints.records().forEach(judge::expect);
        judge.read(broker.bootstrap(), TOPIC, true);
        judge.examples().forEach(example -> context.say("%s", example));
        result.value("topicRecords", judge.records())
                .zero("topicMissing", judge.missing())
                .zero("topicRepeated", judge.repeated())
                .zero("topicStrangers", judge.strangers())
                .zero("topicDisorder", judge.disorder())
                .zero("topicWrong", judge.wrong());
    }

    private static void awaitAccepted(final ProveContext context, final LoadRun load, final long units)
            throws InterruptedException {
        final Duration most = Duration.ofSeconds(context.option("at-most", 1_500));
        if (!ProveContext.await(most, () -> load.counters().get(Counter.ACCEPTED) >= units)) {
            throw new IllegalStateException("only " + load.counters().get(Counter.ACCEPTED) + " of " + units
                    + " units were accepted: " + load.trouble());
        }
    }

    /**
     * Two carriers with every fault that changes what is owed: they refuse, leave unanswered, fail to deliver, and lose receipts.
     * A third takes no bind, so that what waits for it expires or is taken back.
     */
    private static Stage stage(final ProveContext context) {
        final Stage stage = new Stage(context);
        stage.setup()
                .durability(context.option("durability", "process"))
                .tenant(Stage.TENANT, Stage.UNLIMITED)
                .tenant(PATIENT, "defaults: {validity: 8s}")
                .file("rates.csv", BillingOracle.rates())
                .file("billing.yaml", "cdr: {period: 2s, maxRecords: 5000}\n")
                .file("blocks.csv", "prefix,list,tenant,end,expires,reason\n88213,block,,destination,,refused\n")
                .route("*,,,alpha=50;beta=50")
                .route("*," + PATIENT + ",," + NOWHERE);
        // A message that one carrier refuses goes to the other: one in a thousand is refused by both, and fails.
        final Faults faults = Faults.none()
                .with("receipt-delay", "exp:40ms")
                .with("receipt-retry", "300ms")
                .with("receipt-duplicated", "1")
                .with("receipt-early", "1")
                .with("receipt-lost", "0.2")
                .with("answer-missing", "0.05")
                .with("answer-errors", "0x58=0.2,0x0b=3")
                .with("receipt-states", "UNDELIV=2,EXPIRED=0.5,REJECTD=0.5");
        // A refusal for rate holds a bind for a while: of those that come here it passes some 2,000 segments a second.
        stage.carrier("alpha", faults.with("answer-delay", "exp:2ms"), BINDS, receipts("}"));
        stage.carrier(
                "beta",
                faults.with("message-ids", "hex-then-decimal"),
                BINDS,
                receipts(", answerId: hex, receiptId: decimal}"));
        stage.carrier(NOWHERE, Faults.none().with("bind-status", "0x0d"), 1, receipts("}"));
        return stage;
    }

    private static List<String> receipts(final String more) {
        final List<String> lines = new ArrayList<>(Stage.QUICK_DOUBT);
        lines.set(0, RECEIPTS + more);
        return lines;
    }

    /** From one segment to five, every class, and now and then a destination that is blocked. */
    private static MessageMix.Shape everyLength(final long seed) {
        return new MessageMix.Shape(
                seed,
                List.of(new Band(40, 140, 7), new Band(150, 330, 3)),
                List.of(Alphabet.LATIN, Alphabet.LATIN, Alphabet.LATIN, Alphabet.CYRILLIC),
                List.of(MessageClass.OTP, MessageClass.TRANSACTIONAL, MessageClass.BULK),
                List.of("49151", "33612", "44770", "34612", "39320", "48601", "88213"));
    }

    /** Each exporter finishes what it has not; then two begin with nothing. */
    private static void compare(final ProveContext context, final Path conf, final Path data, final ClaimResult result)
            throws IOException, InterruptedException, ExecutionException {
        final Path own = data.resolve("cdr");
        final Path followed = context.directory().resolve("followed");
        final Path scratch = context.directory().resolve("scratch");
        final Path again = context.directory().resolve("again");
        final ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            final Map<Path, Future<String>> saying = new LinkedHashMap<>();
            for (final Path directory : List.of(scratch, again, own, followed)) {
                saying.put(directory, two.submit(() -> FollowProcess.once(conf, directory)));
            }
            for (final var each : saying.entrySet()) {
                final String said = each.getValue().get();
                context.say(
                        "%s: %s", each.getKey().getFileName(), said.isEmpty() ? "nothing left to write" : last(said));
            }
        } finally {
            two.shutdownNow();
        }
        result.value("files", new CdrRows(scratch).files().size())
                .zero("daemonsFilesDiffer", differing(own, scratch))
                .zero("followedFilesDiffer", differing(followed, scratch))
                .zero("secondExportDiffers", differing(again, scratch));
    }

    private static String last(final String said) {
        return said.substring(said.lastIndexOf('\n') + 1);
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
            final ProveContext context, final Stage stage, final ClaimResult result, final LoadRun... runs)
            throws IOException {
        final Path scratch = context.directory().resolve("scratch");
        final List<Path> logs = stage.carriers().stream()
                .map(McSimulator::config)
                .map(config -> context.carrierLog(config.name()))
                .toList();
        final BillingOracle oracle = new BillingOracle(new CarrierTally(logs), runs);
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
                .value("ofSeveralSegments", oracle.several())
                .value("inDoubt", oracle.doubtful());
        oracle.outcomes().forEach((outcome, count) -> result.value("cdrs." + outcome, count));
        for (final String outcome : OUTCOMES) {
            result.require(oracle.outcomes().containsKey(outcome), "no message ended as " + outcome);
        }
        result.zero("missing", oracle.missing())
                .zero("twice", oracle.twice())
                .zero("strangers", oracle.strangers())
                .zero("refusedAndBilled", oracle.refused())
                .zero("wrongSegments", oracle.wrongSegments())
                .zero("wrongPrices", oracle.wrongPrices())
                .zero("wrongCosts", oracle.wrongCosts())
                .value("priceMicros", oracle.price())
                .zero("priceOffExpected", oracle.price() - oracle.expectedPrice())
                .zero("priceTotalsDiffer", oracle.price() - price)
                .zero("costTotalsDiffer", oracle.cost() - cost);
    }
}
