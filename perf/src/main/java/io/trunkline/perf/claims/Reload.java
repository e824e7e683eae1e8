package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.JournalFiles;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.reload.Candidates;
import io.trunkline.perf.reload.Reloader;
import io.trunkline.perf.reload.Stall;
import io.trunkline.perf.reload.VersionJudge;
import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * The configuration changes many times under load, a third of the times with a mistake (promise G8): each unit is routed by
 * exactly one version, wrong ones are refused as a whole, and a change holds the shard up for less than a millisecond. What
 * acknowledgements took meanwhile stands beside it.
 */
final class Reload implements Claim {
    private static final List<String> CARRIERS = List.of("alpha", "beta", "gamma", "delta");
    private static final int PREFIXES = 16;
    private static final long MILLION = 1_000_000;
    /** What {@code show latency} calls the time that the shard is held up. */
    private static final String SWAP = "config-swap";

    @Override
    public String name() {
        return "reload";
    }

    @Override
    public String describe() {
        return "600 reloads under load, a third with mistakes: one version for each unit, nothing lost, each holds the shard up"
                + " for less than 1 ms p99";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final ClaimResult result = new ClaimResult();
        final Stage stage = new Stage(context);
        stage.setup().durability(context.option("durability", "process")).tenant(Stage.TENANT, Stage.UNLIMITED);
        for (final String carrier : CARRIERS) {
            stage.carrier(
                    carrier,
                    Faults.none().with("answer-delay", "exp:2ms").with("receipt-delay", "exp:40ms"),
                    1,
                    Stage.QUICK_DOUBT);
        }
        final Path home = stage.setup().route("*,,,alpha").write();
        final Candidates candidates = new Candidates(home, CARRIERS, PREFIXES, context.option("seed", 1));
        final Daemon daemon = stage.start();
        final Reloader reloader = new Reloader(daemon, home, candidates, context.directory());
        reloader.valid();
        final LoadRun load = context.load(stage.plan()
                .at(new Schedule.Constant(context.option("rate", 2000)))
                .sending(MessageMix.Shape.plain(context.option("seed", 1))
                        .toPrefixes(candidates.prefixes().toArray(String[]::new))));
        final int warmUp = warmUp(context, reloader);
        final long quietFromNs = System.nanoTime();
        pause(context.option("quiet", 8) * 1000 * MILLION);
        final Histogram swapsBefore = StageHistogram.of(daemon, SWAP);
        reloadAll(context, reloader, warmUp);
        final Histogram swaps = StageHistogram.of(daemon, SWAP);
        swaps.subtract(swapsBefore);
        load.stopSending();
        context.say("settled: %s", load.awaitSettled(Duration.ofSeconds(30)));
        load.close();
        answers(result, reloader, warmUp);
        swaps(context, result, swaps);
        stall(context, result, load, reloader, warmUp, quietFromNs);
        final ClaimResult units = new ClaimResult();
        stage.judge(units, load);
        versions(context, result, stage, reloader, candidates);
        units.values().forEach(result::value);
        units.violations().forEach(violation -> result.require(false, violation));
        return result;
    }

    /** A daemon that has reloaded before: its first few are compiled while they run. */
    private static int warmUp(final ProveContext context, final Reloader reloader) throws Exception {
        final long count = context.option("warmup", 30);
        for (int i = 0; i < count; i++) {
            step(reloader, i, 0, count);
            pause(50 * MILLION);
        }
        return reloader.reloads().size();
    }

    private static void reloadAll(final ProveContext context, final Reloader reloader, final int before)
            throws Exception {
        final long count = context.option("reloads", 600);
        final long everyNs = context.option("every-ms", 100) * MILLION;
        long dueNs = System.nanoTime();
        for (int i = 0; reloader.reloads().size() - before < count; i++) {
            pause(dueNs - System.nanoTime());
            dueNs = Math.max(dueNs + everyNs, System.nanoTime());
            step(reloader, i, before, count);
            if (i % 100 == 99) {
                context.say("%d of %d reloads", reloader.reloads().size() - before, count);
            }
        }
    }

    /** A third of them is to be refused; some go by signal, some two at once. */
    private static void step(final Reloader reloader, final int i, final int before, final long count)
            throws IOException, InterruptedException {
        final List<Reloader.Reload> sofar =
                reloader.reloads().subList(before, reloader.reloads().size());
        final long refused = count(sofar, reload -> !reload.applied());
        final boolean mistake = refused * 3 < sofar.size();
        final int turn = i % 15;
        if (turn == 6 && sofar.size() < count - 1) {
            reloader.meanwhile();
        } else if (turn == 3 || turn == 11) {
            if (mistake) {
                reloader.invalidBySighup();
            } else {
                reloader.validBySighup();
            }
        } else if (mistake) {
            reloader.invalid();
        } else {
            reloader.valid();
        }
    }

    private static void pause(final long nanos) {
        final long untilNs = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void answers(final ClaimResult result, final Reloader reloader, final int warmUp) {
        final List<Reloader.Reload> measured =
                reloader.reloads().subList(warmUp, reloader.reloads().size());
        final Histogram took = new Histogram(60_000 * MILLION, 3);
        measured.forEach(reload -> took.recordValue(reload.endNs() - reload.startNs()));
        final long applied = count(measured, Reloader.Reload::applied);
        result.value("reloads", measured.size())
                .value("applied", applied)
                .value("invalid", measured.size() - applied)
                .value("busy", count(measured, reload -> reload.code().equals("busy")))
                .value("bySighup", count(measured, reload -> reload.how().equals("sighup")))
                .value("reloadP50ms", took.getValueAtPercentile(50) / 1e6);
        reloader.surprises().stream().limit(5).forEach(surprise -> result.require(false, surprise));
        result.require(
                count(measured, reload -> reload.code().equals("busy")) > 0,
                "no reload was refused because another one was under way, so that was not shown");
    }

    /** For how long the shard did nothing else, as it measured itself: also where it lost its core meanwhile. */
    private static void swaps(final ProveContext context, final ClaimResult result, final Histogram swaps) {
        final double p99Us = swaps.getValueAtPercentile(99) / 1e3;
        result.value("swaps", swaps.getTotalCount())
                .value("swapP50us", swaps.getValueAtPercentile(50) / 1e3)
                .value("swapP99us", p99Us)
                .value("swapMaxUs", swaps.getMaxValue() / 1e3)
                .require(swaps.getTotalCount() > 0, "the daemon measured no swap")
                .require(
                        p99Us < context.option("most-swap-us", 1000),
                        "a swap holds the shard up for " + p99Us + " us, p99");
    }

    private static long count(final List<Reloader.Reload> reloads, final Predicate<Reloader.Reload> which) {
        return reloads.stream().filter(which).count();
    }

    private static void stall(
            final ProveContext context,
            final ClaimResult result,
            final LoadRun load,
            final Reloader reloader,
            final int warmUp,
            final long quietFromNs) {
        final Stall stall = Stall.of(
                load.ledger(),
                quietFromNs,
                reloader.reloads().subList(warmUp, reloader.reloads().size()),
                (int) context.option("rounds", 5));
        context.say(
                "us to the acknowledgement p50/p99/p99.9/max: during reloads %.0f/%.0f/%.0f/%.0f (%d units), between them"
                        + " %.0f/%.0f/%.0f/%.0f (%d), before them %.0f/%.0f/%.0f/%.0f",
                stall.duringUs(50),
                stall.duringUs(99),
                stall.duringUs(99.9),
                stall.duringUs(100),
                stall.unitsDuring(),
                stall.outsideUs(50),
                stall.outsideUs(99),
                stall.outsideUs(99.9),
                stall.outsideUs(100),
                stall.unitsOutside(),
                stall.quietUs(50),
                stall.quietUs(99),
                stall.quietUs(99.9),
                stall.quietUs(100));
        // Told and not judged: generator, carriers and whoever reads the candidates share the cores with the daemon.
        result.value("ackAddedP99us", stall.addedUs(99))
                .value("ackP99us", stall.duringUs(99))
                .value("betweenP99us", stall.outsideUs(99))
                .value("quietP99us", stall.quietUs(99))
                .value("worstAckUs", stall.duringUs(100))
                .require(stall.unitsDuring() > 0 && stall.unitsOutside() > 0, "nothing to compare");
    }

    private static void versions(
            final ProveContext context,
            final ClaimResult result,
            final Stage stage,
            final Reloader reloader,
            final Candidates candidates)
            throws IOException {
        final VersionJudge judge = new VersionJudge(
                candidates, candidates.byHash(context.directory().resolve("judged")), reloader.refusedCandidates());
        JournalFiles.read(stage.setup().data(), judge);
        for (final McSimulator carrier : stage.carriers()) {
            judge.carrier(
                    carrier.config().name(), context.carrierLog(carrier.config().name()));
        }
        final long applied = count(reloader.reloads(), Reloader.Reload::applied);
        result.value("versions", judge.versions())
                .value("versionsUsed", judge.versionsUsed())
                .zero("wrongVersion", judge.wrongVersion())
                .zero("wrongCarrier", judge.wrongCarrier())
                .zero("wrongRow", judge.wrongRow())
                .zero("refusedInForce", judge.refusedInForce())
                .zero("strays", judge.strays())
                .require(
                        judge.versions() == applied,
                        applied + " candidates were applied, and the journal names " + judge.versions());
        judge.examples().forEach(example -> result.require(false, example));
    }
}
