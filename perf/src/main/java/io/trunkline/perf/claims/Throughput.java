package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadReport;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.Profile;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Binary protocol in, SMPP out, receipts back, statuses to the client, everything journaled, on one machine that the
 * daemon shares with generator and simulator. A message counts when its last word has reached the client.
 */
final class Throughput implements Claim {
    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public String describe() {
        return "messages per second end to end, at durability process and disk, with CPU and allocation per message";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final ClaimResult result = new ClaimResult();
        for (final String durability :
                context.option("durability", "process,disk").split(",", -1)) {
            measure(context, durability, result);
        }
        return result;
    }

    private static void measure(final ProveContext context, final String durability, final ClaimResult result)
            throws Exception {
        final long seconds = context.option("seconds", 10);
        try (ProveContext part = context.part(durability)) {
            final Stage stage = stage(part, durability);
            final Daemon daemon = stage.start();
            final LoadRun load = part.load(stage.plan()
                    .sending(MessageMix.Shape.plain(part.option("seed", 1)))
                    .withWindow((int) part.option("window", 8192), (int) part.option("open", 30_000)));
            Thread.sleep(Duration.ofSeconds(context.option("warmup", 8)).toMillis());
            load.latencies().reset();
            final ShardAllocation allocation = new ShardAllocation(daemon);
            final long terminalBefore = load.counters().get(Counter.TERMINAL);
            final double cpuBefore = daemon.cpuSeconds();
            final double loadCpuBefore = HarnessCpu.seconds("load-");
            final double simCpuBefore = HarnessCpu.seconds("mc-");
            final long allocatedBefore = allocation.bytes();
            final long start = System.nanoTime();
            Thread.sleep(seconds * 1000);
            final double elapsed = (System.nanoTime() - start) / 1e9;
            final long messages = load.counters().get(Counter.TERMINAL) - terminalBefore;
            final long allocated = allocation.bytes() - allocatedBefore;
            final double cpu = daemon.cpuSeconds() - cpuBefore;
            final double loadCpu = HarnessCpu.seconds("load-") - loadCpuBefore;
            final double simCpu = HarnessCpu.seconds("mc-") - simCpuBefore;
            profile(part, daemon);
            load.stopSending();
            load.awaitSettled(Duration.ofSeconds(30));
            final LoadReport report = LoadReport.of(load);
            part.say(
                    "%s: %.0f messages/s; CPU each: daemon %.2f, generator %.2f, simulator %.2f us; answer %s; end %s",
                    durability,
                    messages / elapsed,
                    cpu / messages * 1e6,
                    loadCpu / messages * 1e6,
                    simCpu / messages * 1e6,
                    report.answered(),
                    report.terminal());
            result.value(durability, messages / elapsed)
                    .value(durability + "CpuUsPerMessage", cpu / messages * 1e6)
                    .value(durability + "BytesPerMessage", allocated / (double) messages)
                    .value(durability + "P50us", report.answered().p50())
                    .value(durability + "P99us", report.answered().p99())
                    .value(durability + "P999us", report.answered().p999());
            result.require(
                    messages / elapsed >= part.option("least-" + durability, leastOf(durability)),
                    durability + " is below " + part.option("least-" + durability, leastOf(durability)) + "/s");
            result.require(
                    allocated / (double) messages < part.option("most-bytes", 100),
                    "the shard allocates " + allocated / messages + " bytes a message");
            final ClaimResult verdict = new ClaimResult();
            stage.judge(verdict, load);
            verdict.violations().forEach(violation -> result.require(false, durability + ": " + violation));
        }
    }

    /** With {@code --set profile=SECONDS}: where the shard's time goes, after the figures so that it costs none of them. */
    private static void profile(final ProveContext part, final Daemon daemon) throws IOException, InterruptedException {
        final long seconds = part.option("profile", 0);
        if (seconds > 0) {
            final Path recording = Files.createTempFile("trunkline-profile-", ".jfr");
            final Profile profile = Profile.start(daemon, recording);
            Thread.sleep(seconds * 1000);
            final List<String> top = profile.stop();
            part.say("profile of the shard, recorded in %s, stacks in %s.collapsed", recording, recording);
            top.forEach(line -> part.say("%s", line));
        }
    }

    private static long leastOf(final String durability) {
        return "disk".equals(durability) ? 60_000 : 100_000;
    }

    static Stage stage(final ProveContext part, final String durability) {
        final Stage stage = new Stage(part);
        stage.setup()
                .durability(durability)
                .tenant(Stage.TENANT, Stage.UNLIMITED)
                .route("*,,,alpha")
                .gateway("limits: {openUnits: 2000000, dedupe: {window: 1h, entries: "
                        + part.option("dedupe", 2_000_000) + "}}");
        final int binds = (int) part.option("binds", 2);
        stage.carrier("alpha", Faults.none(), binds, Stage.FAST_BIND, List.of("receipts: {timeout: 60s}"));
        return stage;
    }
}
