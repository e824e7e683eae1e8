package io.trunkline.perf.claims;

import io.trunkline.perf.claims.Attacks.Attack;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sipp.SetupDelays;
import io.trunkline.perf.sipp.Sipp;
import io.trunkline.perf.sipp.SippPlan;
import io.trunkline.perf.sipp.SippScenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hostile SIP on every listener while honest calls go on: torture, scanners, guessers, copies of credentials, streams without
 * end, and a flood at ten times what the gateway can carry. No honest call fails, memory stays flat, and nobody gets more than
 * he sent, least of all somebody who sent nothing.
 */
final class SipHostile implements Claim {
    private static final double MEMORY_SLACK_MIB = 32;
    private static final String HONEST_PREFIX = "49301";
    private static final int RING_MS = 100;
    /** Transactions and bans of the first load are gone after that, so that the heap can be compared. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(35);

    @Override
    public String name() {
        return "sip-hostile";
    }

    @Override
    public String describe() {
        return "torture, floods, guessing, replays and slow readers on SIP listeners; calls go on, memory is flat";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final ClaimResult result = new ClaimResult();
        if (!Sipp.isInstalled()) {
            return result.require(false, "SIPp is not installed: apt-get install sip-tester");
        }
        final CallStage stage = new CallStage(context);
        final int port = ProveContext.freePorts(1)[0];
        stage.setup()
                .tenant(
                        "traveller",
                        "sip: {digest: {user: traveller, password: \""
                                + stage.setup().secret() + "\"}, cps: 10, maxCalls: 100}")
                .tenant("greedy", "sip: {sources: [\"" + CallStage.OTHER_PLATFORM + "/32\"], cps: 5, maxCalls: 20}")
                .sip("realm: prove.example");
        stage.carrier("alpha", port, HONEST_PREFIX);
        stage.callee(SippPlan.callee("callee", SippScenario.callee(RING_MS), CallStage.CARRIER, port));
        final Daemon daemon = stage.start();
        honest(context, stage, "warm-up", context.option("warmup", 10)).end(result);

        final Honest before = honest(context, stage, "before", context.option("quiet", 10));
        before.end(result);
        final double heapBefore = daemon.liveHeapMiB();
        final double residentBefore = daemon.residentMiB();

        final Honest during =
                honest(context, stage, "during", context.option("seconds", 60) + context.option("attacks", 40));
        attack(context, stage, result);
        flood(context, stage, result);
        during.end(result);

        Thread.sleep(context.option("forget-ms", FORGOTTEN_AFTER.toMillis()));
        final double heapAfter = daemon.liveHeapMiB();
        result.value("heapGrowthMiB", heapAfter - heapBefore)
                .value("residentGrowthMiB", daemon.residentMiB() - residentBefore)
                .value("setupP99usBefore", before.p99())
                .value("setupP99usDuring", during.p99())
                .require(daemon.isAlive(), "the daemon died; " + daemon.tailOfLog())
                .require(heapAfter - heapBefore < MEMORY_SLACK_MIB, "the heap grew");
        return result;
    }

    private static void attack(final ProveContext context, final CallStage stage, final ClaimResult result)
            throws IOException {
        final SipAttacks against = new SipAttacks(
                stage.setup().sipPort(),
                CallStage.PLATFORM,
                CallStage.STRANGER,
                "traveller",
                DaemonSetup.SECRET,
                context.option("seed", 1));
        final List<Attack> all = against.all();
        final List<String> wrong = new ArrayList<>();
        final int attacks = Attacks.attack("sip", all, wrong);
        wrong.stream().limit(20).forEach(each -> context.say("wrong answer: %s", each));
        result.value("attacks", attacks).zero("wrongAnswers", wrong.size());
        wrong.stream().limit(10).forEach(each -> result.require(false, each));
        context.say(
                "%d attacks; strangers sent %d octets and were answered with %d",
                attacks, against.strangersSent(), against.strangersHeard());
        result.value("strangersSent", against.strangersSent())
                .value("strangersHeard", against.strangersHeard())
                .require(against.strangersHeard() <= against.strangersSent(), "strangers got more than they sent");
    }

    /** From an address that nobody has, and at a tenth of that from a tenant that is over its limit. */
    private static void flood(final ProveContext context, final CallStage stage, final ClaimResult result)
            throws Exception {
        final double perSecond = context.option("capacity", 3000) * 10.0;
        final int port = stage.setup().sipPort();
        final SipFlood strange =
                new SipFlood(CallStage.STRANGER, port, HONEST_PREFIX + "99", perSecond, context.option("seed", 1));
        final SipFlood greedy = new SipFlood(
                CallStage.OTHER_PLATFORM, port, HONEST_PREFIX + "98", perSecond / 10, context.option("seed", 1));
        final long seconds = context.option("seconds", 60);
        try {
            Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        } finally {
            strange.close();
            greedy.close();
        }
        context.say(
                "the flood: %.0f/s by a stranger, answered with %d datagrams; %.0f/s by a tenant over its limit, %d",
                strange.sent() / (double) seconds, strange.heard(), greedy.sent() / (double) seconds, greedy.heard());
        result.value("floodPerSecond", strange.sent() / (double) seconds)
                .value("floodSentOctets", strange.sentOctets())
                .value("floodHeardOctets", strange.heardOctets())
                .require(strange.heardOctets() <= strange.sentOctets(), "the flood got more than it sent");
    }

    private static Honest honest(
            final ProveContext context, final CallStage stage, final String name, final long seconds) throws Exception {
        final long rate = context.option("rate", 20);
        final long holdMs = context.option("hold-ms", 4000);
        return new Honest(
                stage.caller(SippPlan.caller(
                        "honest-" + name,
                        SippScenario.caller(CallStage.CALLER, HONEST_PREFIX, holdMs),
                        CallStage.PLATFORM,
                        ProveContext.freePorts(1)[0],
                        stage.target(),
                        (double) rate,
                        rate * seconds)),
                Duration.ofSeconds(seconds + 60).plusMillis(holdMs));
    }

    /** Calls that must not fail. */
    private record Honest(Sipp caller, Duration patience) {
        void end(final ClaimResult result) throws IOException, InterruptedException {
            final int exit = caller.awaitEnd(patience);
            result.require(
                    exit == 0, caller + " ended with " + exit + ", " + caller.figures() + ": " + caller.errors());
        }

        /** Of the time to ringing, us; 0 where there were too few calls for SIPp to write any. */
        long p99() throws IOException {
            final Optional<Path> times = caller.responseTimes();
            return times.isPresent() ? SetupDelays.read(times.get()).getValueAtPercentile(99) : 0;
        }
    }
}
