package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.Faults;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the daemon takes of memory and time: bytes that the shard's thread allocates for a message after the warm-up,
 * memory for a million units that wait for their receipts, and seconds from start to ready with an empty journal.
 */
final class Allocation implements Claim {
    @Override
    public String name() {
        return "allocation";
    }

    @Override
    public String describe() {
        return "bytes a message on the shard's thread, memory of a million open units, seconds from start to ready";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final ClaimResult result = new ClaimResult();
        final List<String> parts =
                List.of(context.option("parts", "start,message,open").split(",", -1));
        for (final String part : parts) {
            try (ProveContext own = context.part(part)) {
                switch (part) {
                    case "start" -> start(own, result);
                    case "message" -> perMessage(own, result);
                    case "open" -> openUnits(own, result);
                    default -> throw new IllegalArgumentException("parts are start, message, open: " + part);
                }
            }
        }
        return result;
    }

    private static void start(final ProveContext context, final ClaimResult result) throws Exception {
        final int rounds = (int) context.option("starts", 5);
        final double[] seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            final Stage stage = new Stage(context.part("start-" + round));
            stage.setup().tenant(Stage.TENANT, Stage.UNLIMITED).route("*,,,alpha");
            stage.setup().carrier("alpha", 9, 1, Stage.FAST_BIND, List.of());
            final long beganNs = System.nanoTime();
            try (Daemon daemon = stage.start()) {
                seconds[round] = (System.nanoTime() - beganNs) / 1e9;
                daemon.stop(Duration.ofSeconds(20));
            }
            context.say("ready after %.2f s", seconds[round]);
        }
        Arrays.sort(seconds);
        result.value("readySeconds", seconds[rounds / 2]).value("readySecondsMost", seconds[rounds - 1]);
        result.require(
                seconds[rounds / 2] <= context.option("most-ready-ms", 2000) / 1000.0,
                "ready only after " + seconds[rounds / 2] + " s");
    }

    private static void perMessage(final ProveContext context, final ClaimResult result) throws Exception {
        final Stage stage = Throughput.stage(context, "process");
        final Daemon daemon = stage.start();
        final LoadRun load = context.load(stage.plan()
                .sending(MessageMix.Shape.plain(context.option("seed", 1)))
                .withWindow(8192, 30_000));
        Thread.sleep(Duration.ofSeconds(context.option("warmup", 15)).toMillis());
        final ShardAllocation allocation = new ShardAllocation(daemon);
        final long bytesBefore = allocation.bytes();
        final long messagesBefore = load.counters().get(Counter.TERMINAL);
        Thread.sleep(Duration.ofSeconds(context.option("seconds", 15)).toMillis());
        final long bytes = allocation.bytes() - bytesBefore;
        final long messages = load.counters().get(Counter.TERMINAL) - messagesBefore;
        load.stopSending();
        load.awaitSettled(Duration.ofSeconds(30));
        final double each = bytes / (double) messages;
        context.say("%d bytes for %d messages", bytes, messages);
        result.value("bytesPerMessage", each);
        result.require(each <= context.option("most-bytes", 16), "the shard allocates " + each + " bytes a message");
        final ClaimResult verdict = new ClaimResult();
        stage.judge(verdict, load);
        verdict.violations().forEach(violation -> result.require(false, violation));
    }

    private static void openUnits(final ProveContext context, final ClaimResult result) throws Exception {
        final long units = context.option("units", 1_000_000);
        final Stage stage = new Stage(context);
        stage.setup()
                .durability("process")
                .tenant(Stage.TENANT, Stage.UNLIMITED)
                .route("*,,,alpha")
                .gateway("limits: {openUnits: 2000000, dedupe: {window: 1h, entries: 1000}}");
        stage.carrier(
                "alpha",
                Faults.none().with("receipt-delay", "60m"),
                2,
                Stage.FAST_BIND,
                List.of("receipts: {timeout: 2h}"));
        final Daemon daemon = context.ending(new Daemon(stage.setup(), Map.of("TRUNKLINE_HEAP", "2g")))
                .start();
        // A first few, so that code and pools are there before the first look.
        final LoadRun first = OpenUnits.flood(context, stage, 20_000, "first");
        final double heapBefore = daemon.liveHeapMiB();
        final double residentBefore = daemon.residentMiB();
        final LoadRun load = OpenUnits.flood(context, stage, units, "million");
        final double heap = daemon.liveHeapMiB() - heapBefore;
        // The heap is touched at the start, so what the process grows by lies outside of it.
        final double outside = Math.max(0, daemon.residentMiB() - residentBefore);
        final long open =
                first.counters().get(Counter.ACCEPTED) + load.counters().get(Counter.ACCEPTED);
        context.say("%d open units: heap +%.0f MiB, outside of it +%.0f MiB", open, heap, outside);
        final double total = (heap + outside) * 1.048576;
        result.value("openUnits", units).value("openUnitsMB", total).value("bytesPerOpenUnit", total * 1e6 / units);
        result.require(
                load.counters().get(Counter.ACCEPTED) == units
                        && load.counters().get(Counter.TERMINAL) == 0,
                "not all units are open");
        result.require(total <= context.option("most-open-mb", 400), "a million open units take " + total + " MB");
        daemon.kill();
    }
}
