package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.peers.HttpFlood;
import io.trunkline.perf.peers.Kannel;
import io.trunkline.perf.peers.LibraryPeer;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.FetchedJars;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McConfig;
import io.trunkline.perf.sim.McSimulator;
import io.trunkline.perf.sim.SimCounters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Trunkline end to end (binary protocol in, SMPP out, receipts, statuses, journal) beside what others do: two SMPP
 * libraries with no gateway between client and server, and Kannel as a gateway. All in turns, round after round, on one
 * machine, so that a busy minute hits all of them.
 */
final class Peers implements Claim {
    private static final String TRUNKLINE = "trunkline";

    @Override
    public String name() {
        return "peers";
    }

    @Override
    public String describe() {
        return "messages per second beside cloudhopper and jSMPP (client to server) and Kannel (as gateway), in turns";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final List<String> names =
                new ArrayList<>(List.of(context.option("peers", "cloudhopper,jsmpp,kannel,kannelReceipts")
                        .split(",", -1)));
        final ClaimResult result = new ClaimResult();
        final Stage stage = new Stage(context);
        final McSimulator carrier = setUp(context, stage);
        stage.start();
        final Map<String, Callable<Double>> measured = new LinkedHashMap<>();
        measured.put(TRUNKLINE, () -> trunkline(context, stage));
        for (final String name : names) {
            add(context, name, carrier, measured, result);
        }
        final int rounds = (int) context.option("rounds", 5);
        final Map<String, double[]> rates = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (final Map.Entry<String, Callable<Double>> each : measured.entrySet()) {
                final double rate = each.getValue().call();
                rates.computeIfAbsent(each.getKey(), name -> new double[rounds])[round] = rate;
                context.say("round %d: %s %.0f/s", round + 1, each.getKey(), rate);
            }
        }
        report(context, rates, result);
        return result;
    }

    private static McSimulator setUp(final ProveContext context, final Stage stage) {
        // Without a log: rounds of a peer would be in it, and the judge of `throughput` has spoken already.
        final McSimulator carrier = context.ending(McSimulator.start(McConfig.named("alpha")));
        stage.setup()
                .durability(context.option("durability", "process"))
                .tenant(Stage.TENANT, Stage.UNLIMITED)
                .route("*,,,alpha")
                .gateway("limits: {openUnits: 2000000, dedupe: {window: 1h, entries: 2000000}}")
                .carrier(carrier, 2, Stage.FAST_BIND, List.of("receipts: {timeout: 60s}"));
        return carrier;
    }

    private static void add(
            final ProveContext context,
            final String name,
            final McSimulator carrier,
            final Map<String, Callable<Double>> measured,
            final ClaimResult result)
            throws Exception {
        final long warmup = context.option("peer-warmup", 5);
        final long seconds = context.option("seconds", 8);
        switch (name) {
            case "cloudhopper" -> {
                final LibraryPeer peer = new LibraryPeer(
                        context, FetchedJars.of("peers"), "CloudhopperPeer", (int) context.option("sessions", 4), (int)
                                context.option("cloudhopper-window", 1000));
                measured.put(name, () -> peer.measure(warmup, seconds));
            }
            case "jsmpp" -> {
                final LibraryPeer peer = new LibraryPeer(
                        context, FetchedJars.of("peers"), "JsmppPeer", (int) context.option("sessions", 4), (int)
                                context.option("jsmpp-window", 10));
                measured.put(name, () -> peer.measure(warmup, seconds));
            }
            case "kannel", "kannelReceipts" -> {
                if (Kannel.isInstalled()) {
                    measured.put(name, () -> kannel(context, carrier, "kannelReceipts".equals(name)));
                } else {
                    result.require(false, "Kannel is not installed: apt-get install kannel");
                }
            }
            default ->
                throw new IllegalArgumentException(
                        "peers are cloudhopper, jsmpp, kannel and kannelReceipts, not " + name);
        }
    }

    /** Messages that had their last word, a second. */
    private static double trunkline(final ProveContext context, final Stage stage) throws InterruptedException {
        // Not kept by the context: what a run knows of its units would fill the memory, round after round. One name for
        // all rounds: a new one would first be told of everything that earlier rounds sent.
        try (LoadRun run = LoadRun.start(stage.plan()
                .named("rounds")
                .startingAt(System.currentTimeMillis() % 10_000_000 * 1000)
                .sending(MessageMix.Shape.plain(context.option("seed", 1)))
                .withWindow(8192, 30_000))) {
            Thread.sleep(context.option("warmup", 6) * 1000);
            final long before = run.counters().get(Counter.TERMINAL);
            final long beganNs = System.nanoTime();
            Thread.sleep(context.option("seconds", 8) * 1000);
            final double rate = (run.counters().get(Counter.TERMINAL) - before) / ((System.nanoTime() - beganNs) / 1e9);
            run.stopSending();
            if (!run.awaitSettled(Duration.ofSeconds(30))
                    || run.counters().get(Counter.DELIVERED) != run.counters().get(Counter.SENT)) {
                throw new IllegalStateException("Trunkline did not deliver all: " + run.trouble());
            }
            return rate;
        }
    }

    /** Messages that reached the carrier, a second. */
    private static double kannel(final ProveContext context, final McSimulator carrier, final boolean receipts)
            throws Exception {
        final Path directory = Files.createDirectories(context.directory().resolve("kannel-" + System.nanoTime()));
        carrier.behave(Faults.none().with("receipts", receipts ? "requested" : "none"));
        try (Kannel kannel = new Kannel(directory, carrier.port());
                HttpFlood flood = new HttpFlood(
                        kannel.sendPort(),
                        (int) context.option("http-connections", 16),
                        number -> kannel.request(receipts, "49151" + (1_000_000 + number % 1_000_000), text(number)))) {
            Thread.sleep(context.option("peer-warmup", 5) * 1000);
            final long submitsBefore = carrier.counters().get(SimCounters.Counter.SUBMITS);
            final long statusesBefore = kannel.statuses();
            final long takenBefore = flood.taken();
            final long beganNs = System.nanoTime();
            Thread.sleep(context.option("seconds", 8) * 1000);
            final double seconds = (System.nanoTime() - beganNs) / 1e9;
            context.say(
                    "Kannel took %.0f/s, refused %d, told %.0f statuses/s",
                    (flood.taken() - takenBefore) / seconds,
                    flood.refused(),
                    (kannel.statuses() - statusesBefore) / seconds);
            return (carrier.counters().get(SimCounters.Counter.SUBMITS) - submitsBefore) / seconds;
        } finally {
            carrier.behave(Faults.none());
        }
    }

    private static final String TEXT = "Your+parcel+is+on+its+way+and+will+be+with+you+between+ten+and+noon;+reply+STOP"
            + "+to+hear+no+more+of+it,+or+HELP+for+help+with+this+service,+at+any+time.";

    private static String text(final long number) {
        return TEXT.substring(0, 40 + (int) (number % 101));
    }

    private static void report(
            final ProveContext context, final Map<String, double[]> rates, final ClaimResult result) {
        final double own = Median.of(rates.get(TRUNKLINE));
        result.value(TRUNKLINE, own).value("trunklineSpread", spread(rates.get(TRUNKLINE)));
        rates.forEach((name, values) -> {
            if (!TRUNKLINE.equals(name)) {
                final double ratio = own / Median.of(values);
                context.say(
                        "%s: median %.0f/s, spread %.0f %%; Trunkline does %.1f times as much",
                        name, Median.of(values), spread(values) * 100, ratio);
                result.value(name, ratio)
                        .value(name + "Rate", Median.of(values))
                        .value(name + "Spread", spread(values));
                final double least = switch (name) {
                    case "cloudhopper" -> 4;
                    case "kannelReceipts" -> 10;
                    default -> 1;
                };
                result.require(
                        ratio >= context.option("least-" + name, (long) least),
                        "only " + ratio + " times as much as " + name);
            }
        });
    }

    /** From the least to the most, relative to the median. */
    private static double spread(final double[] values) {
        return (Arrays.stream(values).max().orElse(0)
                        - Arrays.stream(values).min().orElse(0))
                / Median.of(values);
    }
}
