package io.trunkline.perf.claims;

import io.trunkline.perf.claims.CallTrial.Outcome;
import io.trunkline.perf.peers.Kamailio;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sipp.Sipp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls a second over UDP, as SIPp makes and takes them: through Trunkline, a journaling B2BUA, and in turns through Kamailio
 * as a stateful proxy, with the same pair of SIPp on the same machine.
 */
final class Calls implements Claim {
    private static final String TRUNKLINE = "trunkline";
    private static final String KAMAILIO = "kamailio";

    @Override
    public String name() {
        return "calls";
    }

    @Override
    public String describe() {
        return "highest rate of calls over UDP without a failed one, beside Kamailio, with CPU, bytes and setup delay";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final ClaimResult result = new ClaimResult();
        if (!Sipp.isInstalled()) {
            return result.require(false, "SIPp is not installed: apt-get install sip-tester");
        }
        final List<String> gateways =
                List.of(context.option("gateways", TRUNKLINE + "," + KAMAILIO).split(",", -1));
        if (gateways.contains(KAMAILIO) && !Kamailio.isInstalled()) {
            return result.require(false, "Kamailio is not installed: apt-get install kamailio");
        }
        final int calleePort = ProveContext.freePorts(1)[0];
        final String callee = CallStage.CARRIER + ":" + calleePort;
        final CallTrial trial = new CallTrial(context, calleePort);
        final CallSearch search = new CallSearch(context, trial, new CallPath.Direct(callee));
        final Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
        final List<CallPath> paths = new ArrayList<>();
        for (final String gateway : gateways) {
            paths.add(context.ending(
                    switch (gateway) {
                        case TRUNKLINE -> trunkline(context, calleePort);
                        case KAMAILIO -> new CallPath.ThroughKamailio(context, callee);
                        default ->
                            throw new IllegalArgumentException("gateways are trunkline and kamailio, not " + gateway);
                    }));
        }
        warmUp(context, trial, paths);
        final long rounds = context.option("rounds", 3);
        for (long round = 1; round <= rounds; round++) {
            for (final CallPath path : paths) {
                final Outcome best = search.highest(path);
                outcomes.computeIfAbsent(path.name(), name -> new ArrayList<>()).add(best);
                context.say("round %d: %s holds %s", round, path.name(), best);
            }
        }
        report(context, outcomes, result);
        for (final CallPath path : paths) {
            if (TRUNKLINE.equals(path.name())) {
                overload(context, trial, path, median(outcomes.get(TRUNKLINE)).rate(), result);
            }
        }
        return result;
    }

    /** More than it holds: how many calls are still made, where many have to be refused. */
    private static void overload(
            final ProveContext context,
            final CallTrial trial,
            final CallPath path,
            final double held,
            final ClaimResult result)
            throws Exception {
        for (final String load : context.option("loads", "").split(",", -1)) {
            if (!load.isBlank()) {
                path.recover();
                final Outcome outcome = trial.run(path, held * Long.parseLong(load) / 100);
                context.say("at %s %% of that: %s", load, outcome);
                result.value("doneAt" + load + "Percent", outcome.done());
            }
        }
    }

    private static CallPath trunkline(final ProveContext context, final int calleePort) throws InterruptedException {
        final CallStage stage = new CallStage(context);
        stage.setup()
                .durability(context.option("durability", "process"))
                .sip("limits: {calls: 200000, transactions: 2000000, memory: 512MiB, behind: "
                        + context.option("behind", "0s") + "}");
        stage.carrier("alpha", calleePort, CallTrial.PREFIX);
        final Daemon daemon = stage.start();
        return new CallPath.ThroughTrunkline(
                daemon,
                new ShardAllocation(daemon),
                stage.target(),
                Duration.ofMillis(context.option("recover-ms", CallPath.ThroughTrunkline.FORGOTTEN_WITHIN.toMillis())));
    }

    /** A JVM needs some ten thousand calls until it runs what it compiled; a proxy in C needs none. */
    private static void warmUp(final ProveContext context, final CallTrial trial, final List<CallPath> paths)
            throws Exception {
        final long rounds = context.option("warmups", 5);
        for (final CallPath path : paths) {
            for (long i = 0; i < rounds && TRUNKLINE.equals(path.name()); i++) {
                context.say("warming up: %s", trial.run(path, (double) context.option("from", 800)));
            }
        }
    }

    private static void report(
            final ProveContext context, final Map<String, List<Outcome>> outcomes, final ClaimResult result) {
        final Map<String, Outcome> medians = new LinkedHashMap<>();
        outcomes.forEach((name, all) -> medians.put(name, median(all)));
        medians.forEach((name, outcome) -> result.value(name, outcome.failed() > 0 ? 0.0 : outcome.rate()));
        final Outcome own = medians.get(TRUNKLINE);
        final Outcome other = medians.get(KAMAILIO);
        if (own != null && other != null) {
            final double ratio = own.rate() / other.rate();
            result.value("ratio", ratio)
                    .require(
                            ratio * 100 >= context.option("least-ratio-percent", 100),
                            "only " + ratio + " times Kamailio's rate");
        }
        medians.forEach((name, outcome) -> {
            result.value(name + "CpuUsPerCall", outcome.cpuUs())
                    .value(name + "SetupP50us", outcome.setupUs(50))
                    .value(name + "SetupP99us", outcome.setupUs(99))
                    .value(name + "SetupP999us", outcome.setupUs(99.9))
                    .value(name + "Spread", spread(outcomes.get(name)));
            if (TRUNKLINE.equals(name)) {
                result.value("bytesPerCall", outcome.bytes());
            }
            result.require(outcome.failed() == 0, name + " failed calls at the lowest rate: " + outcome);
        });
    }

    private static Outcome median(final List<Outcome> all) {
        final List<Outcome> sorted =
                all.stream().sorted(Comparator.comparingDouble(Outcome::rate)).toList();
        return sorted.get(sorted.size() / 2);
    }

    /** From the least to the most, relative to the median. */
    private static double spread(final List<Outcome> all) {
        final double least = all.stream().mapToDouble(Outcome::rate).min().orElse(0);
        final double most = all.stream().mapToDouble(Outcome::rate).max().orElse(0);
        return (most - least) / median(all).rate();
    }
}
