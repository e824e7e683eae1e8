package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.load.StageSeries;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.CarrierLog;
import io.trunkline.perf.sim.CarrierLogReader;
import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McConfig;
import io.trunkline.perf.sim.McSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.HdrHistogram.Histogram;
import org.agrona.collections.Int2IntHashMap;

/**
 * A thousand binds of which each may send 30 a second with a window of 10, 5 % of them to carriers that answer slowly.
 * First all have more to send than they may: what each sends is counted at the peer. Then there is less: the latency of
 * what goes over fast ones, with the slow ones idle and with the slow ones choking, in turns, since a busy machine moves a
 * 99th percentile more than any neighbour does.
 */
final class ManyBinds implements Claim {
    /** Most binds of a carrier in the configuration. */
    private static final int BINDS_PER_CARRIER = 64;
    /** A tenant's fast binds: 15 carriers of them, since a route has 16 at most. */
    private static final int BINDS_PER_TENANT = 950;

    private static final String FAST = "fast";
    private static final String SLOW = "slow";
    /** One name for all runs of a tenant: a new one would first be told of what earlier runs sent. */
    private static final String CLIENT = "load";

    /** Until the JVM's compilers, which take a third of two cores at first, have done with the code of a day's traffic. */
    private static final int WARMUP_SECONDS = 25;

    /** Of all binds one in twenty is slow. */
    private static final int SLOW_ONE_IN = 20;

    @Override
    public String name() {
        return "many-binds";
    }

    @Override
    public String describe() {
        return "1,000 binds at 30 a second each, window 10, 5 % slow carriers: pacing at the peer, and fast ones' p99";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final int binds = (int) context.option("binds", 1000);
        final int tps = (int) context.option("tps", 30);
        final long seconds = context.option("seconds", 10);
        final Stage stage = new Stage(context);
        final McSimulator fast = carrier(context, FAST, Faults.none());
        final McSimulator slow = carrier(context, SLOW, Faults.none().with("answer-delay", "700ms..1200ms"));
        setUp(context, stage, fast, slow, binds, tps);
        final Daemon daemon = stage.start();
        if (!ProveContext.await(Duration.ofSeconds(60), () -> fast.binds() + slow.binds() >= binds)) {
            throw new IllegalStateException("only " + (fast.binds() + slow.binds()) + " of " + binds + " binds are up");
        }
        context.say("%d binds are up", fast.binds() + slow.binds());
        final int fastBinds = fast.binds();
        final double cpuBefore = daemon.cpuSeconds();
        final List<LoadRun> flood = new ArrayList<>();
        for (int group = 0; group < groups(binds); group++) {
            flood.add(context.load(stage.plan(FAST + group)
                    .named(CLIENT)
                    .sending(MessageMix.Shape.plain(1))
                    .withWindow(20_000, bindsOf(binds, group) * tps * 3)));
        }
        final long warmup = context.option("warmup", WARMUP_SECONDS);
        Thread.sleep(warmup * 1000);
        final long fromNs = CarrierLog.timeOf(System.nanoTime());
        Thread.sleep(seconds * 1000);
        final long toNs = CarrierLog.timeOf(System.nanoTime());
        settle(flood, 30);
        flood.forEach(LoadRun::close);
        final double cpu = (daemon.cpuSeconds() - cpuBefore) / (warmup + seconds);
        fast.flushLog();
        final PeerPacing pacing = new PeerPacing(context.carrierLog(FAST), fromNs, toNs, fastBinds, tps);
        context.say("%s; daemon's CPU %.2f cores", pacing, cpu);

        final List<LoadRun> all = new ArrayList<>(flood);
        final double[] alone = new double[(int) context.option("rounds", 5)];
        final double[] beside = new double[alone.length];
        for (int round = 0; round < alone.length; round++) {
            alone[round] = steadyP99Us(context, stage, binds, tps, all);
            final LoadRun choking = context.load(stage.plan(SLOW)
                    .named(CLIENT)
                    .at(new Schedule.Constant(slow.binds() * tps))
                    .sending(MessageMix.Shape.plain(2)));
            Thread.sleep(2_000);
            beside[round] = steadyP99Us(context, stage, binds, tps, all);
            settle(List.of(choking), 120);
            choking.close();
            all.add(choking);
            context.say(
                    "fast binds, intended send to last word: p99 %.0f us, beside choking ones %.0f us",
                    alone[round], beside[round]);
        }
        final double before = Median.of(alone);
        final double during = Median.of(beside);
        final ClaimResult result = new ClaimResult()
                .value("binds", binds)
                .value("tps", tps)
                .value("pacingWorstPercent", pacing.worstPercent)
                .value("pacingMeanPercent", pacing.meanPercent)
                .value("outsideOnePercent", pacing.outside)
                .value("fastP99us", before)
                .value("fastP99usBesideSlow", during)
                .value("ratio", during / before)
                .value("daemonCores", cpu);
        result.require(
                        pacing.worstPercent <= context.option("most-pacing-percent", 1),
                        pacing.outside + " binds are more than 1 % off, the worst by " + pacing.worstPercent + " %")
                .require(
                        during <= before * 1.25 + context.option("slack-us", 2000),
                        "fast binds' p99 moved from " + before + " to " + during + " us");
        stage.judge(result, all.toArray(LoadRun[]::new));
        return result;
    }

    private static McSimulator carrier(final ProveContext context, final String name, final Faults faults) {
        return context.ending(McSimulator.start(McConfig.named(name)
                .withLog(context.carrierLog(name))
                .withFaults(faults.with("receipt-window", "100").with("max-binds", "100000"))));
    }

    private static void setUp(
            final ProveContext context,
            final Stage stage,
            final McSimulator fast,
            final McSimulator slow,
            final int binds,
            final int tps) {
        final List<String> bind = List.of(
                "tps: " + tps,
                "burst: 1",
                "window: 10",
                "responseTimeout: 10s",
                "enquireInterval: 30s",
                "reconnect: {min: 100ms, max: 2s}");
        stage.setup()
                .durability(context.option("durability", "process"))
                .tenant(SLOW, Stage.UNLIMITED)
                .route("*," + SLOW + ",," + carriers(stage, "s", slow.port(), binds / SLOW_ONE_IN, bind))
                .gateway("limits: {openUnits: 2000000, dedupe: {window: 1h, entries: 2000000}}");
        for (int group = 0; group < groups(binds); group++) {
            final String to = carriers(stage, "f" + group + "-", fast.port(), bindsOf(binds, group), bind);
            stage.setup().tenant(FAST + group, Stage.UNLIMITED).route("*," + FAST + group + ",," + to);
        }
        stage.alsoJudging(fast, slow);
    }

    /** Carriers that have so many binds together; the route that shares among them by binds. */
    private static String carriers(
            final Stage stage, final String prefix, final int port, final int binds, final List<String> bind) {
        final int count = (binds + BINDS_PER_CARRIER - 1) / BINDS_PER_CARRIER;
        final StringJoiner route = new StringJoiner(";");
        for (int i = 0; i < count; i++) {
            final int own = binds / count + (i < binds % count ? 1 : 0);
            route.add(prefix + i + "=" + own);
            stage.setup().carrier(prefix + i, port, own, bind, List.of("receipts: {timeout: 120s}"));
        }
        return route.toString();
    }

    private static int groups(final int binds) {
        return (binds - binds / SLOW_ONE_IN + BINDS_PER_TENANT - 1) / BINDS_PER_TENANT;
    }

    /** Fast binds of one tenant. */
    private static int bindsOf(final int binds, final int group) {
        return Math.min(BINDS_PER_TENANT, binds - binds / SLOW_ONE_IN - group * BINDS_PER_TENANT);
    }

    private static void settle(final List<LoadRun> runs, final long seconds) throws InterruptedException {
        runs.forEach(LoadRun::stopSending);
        for (final LoadRun run : runs) {
            run.awaitSettled(Duration.ofSeconds(seconds));
        }
    }

    /** The 99th percentile of half of what the fast binds may send, from intended send to last word, us. */
    private static double steadyP99Us(
            final ProveContext context, final Stage stage, final int binds, final int tps, final List<LoadRun> all)
            throws InterruptedException {
        final List<LoadRun> runs = new ArrayList<>();
        for (int group = 0; group < groups(binds); group++) {
            final double may = (double) bindsOf(binds, group) * tps;
            runs.add(context.load(stage.plan(FAST + group)
                    .named(CLIENT)
                    .at(new Schedule.Constant(may * context.option("steady-percent", 50) / 100))
                    .sending(MessageMix.Shape.plain(1))
                    .withWindow(50_000, 0)));
        }
        Thread.sleep(2_000);
        runs.forEach(run -> run.latencies().reset());
        Thread.sleep(context.option("steady-seconds", 6) * 1000);
        settle(runs, 30);
        runs.forEach(LoadRun::close);
        all.addAll(runs);
        final Histogram total = new Histogram(StageSeries.HIGHEST_NS, StageSeries.DIGITS);
        runs.forEach(run -> total.add(run.latencies().terminal().total()));
        return total.getValueAtPercentile(99) / 1000.0;
    }

    /** What each bind sent within a time, against what it may send. */
    private static final class PeerPacing {
        private final double worstPercent;
        private final double meanPercent;
        private final long outside;
        private final String text;

        PeerPacing(final Path log, final long fromNs, final long toNs, final int binds, final int tps) {
            final Int2IntHashMap counts = new Int2IntHashMap(0);
            CarrierLogReader.forEach(log, entry -> {
                if (entry.kind() == CarrierLog.Kind.SUBMIT && entry.timeNs() >= fromNs && entry.timeNs() < toNs) {
                    counts.put(entry.session(), counts.get(entry.session()) + 1);
                }
            });
            final double expected = tps * (toNs - fromNs) / 1e9;
            final double[] off = new double[Math.max(binds, counts.size())];
            // A bind without an entry sent nothing: all of its rate is missing.
            Arrays.fill(off, 100);
            final int[] sent =
                    counts.values().stream().mapToInt(Integer::intValue).toArray();
            for (int i = 0; i < sent.length; i++) {
                off[i] = Math.abs(sent[i] - expected) / expected * 100;
            }
            // One message at either end of the time is not the pacer's error.
            final double grain = 100 / expected;
            worstPercent = Math.max(0, Arrays.stream(off).max().orElse(100) - grain);
            meanPercent = Math.abs(Arrays.stream(sent).average().orElse(0) - expected) / expected * 100;
            outside = Arrays.stream(off).filter(percent -> percent - grain > 1).count();
            text = String.format(
                    Locale.ROOT,
                    "%d binds sent %d to %d each where %.1f are due; mean off by %.2f %%, the worst by %.2f %%",
                    sent.length,
                    Arrays.stream(sent).min().orElse(0),
                    Arrays.stream(sent).max().orElse(0),
                    expected,
                    meanPercent,
                    worstPercent);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
