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
import io.trunkline.perf.wire.RawSip;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Hostile SIP on every listener while honest calls go on: torture, scanners, guessers, copies of credentials, streams without
 * end, and a flood at ten times what the tenants may call together. What each attack may be answered with is stated with it
 * ({@link SipAllowance}). No honest call fails, none that was up before is lost, and memory stays flat.
 */
final class SipHostile implements Claim {
    private static final long HEAP_SLACK_MIB = 32;
    private static final long RESIDENT_SLACK_MIB = 96;
    private static final String HONEST_PREFIX = "49301";
    private static final int RING_MS = 100;
    /** Transactions and bans of the first load are gone after that, so that the heap can be compared. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(35);

    private static final long ESTABLISHED = 20;
    private static final int TIMES_CAPACITY = 10;
    /** A flood that does not come to this share of what it was to be has shown nothing. */
    private static final double FLOOD_AT_LEAST = 0.9;
    /** Challenges a second to all strangers together; as many may be saved up. */
    private static final long CHALLENGES_PER_SECOND = 200;

    private static final long GREEDY_CPS = 5;
    private static final int REFUSED = 503;
    /** What such a tenant may hear; 0 are BYEs that end calls which it did not acknowledge. */
    private static final Integer[] REFUSED_OR_CALLED = {0, 100, 180, 200, REFUSED};
    /** What it hears of a call that it makes and does not acknowledge: 100, 180, the 200 and the BYE eleven times each, and some to spare. */
    private static final long MOST_OF_A_CALL = 30;

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
        final CallStage stage = new CallStage(context, capacity(context));
        final int port = ProveContext.freePorts(1)[0];
        stage.setup()
                .tenant(
                        "traveller",
                        "sip: {digest: {user: traveller, password: \""
                                + stage.setup().secret() + "\"}, cps: 10, maxCalls: 100}")
                .tenant(
                        "greedy",
                        "sip: {sources: [\"" + CallStage.OTHER_PLATFORM + "/32\"], cps: " + GREEDY_CPS
                                + ", maxCalls: 20}")
                .sip("realm: prove.example");
        stage.carrier("alpha", port, HONEST_PREFIX);
        stage.callee(SippPlan.callee("callee", SippScenario.callee(RING_MS), CallStage.CARRIER, port));
        final Daemon daemon = stage.start();
        honest(context, stage, "warm-up", context.option("warmup", 10)).end(result);

        final Honest before = honest(context, stage, "before", context.option("quiet", 10));
        before.end(result);
        final double heapBefore = daemon.liveHeapMiB();
        final double residentBefore = daemon.residentMiB();

        final long wholeSeconds = context.option("seconds", 60) + context.option("attacks", 60);
        final Honest established = established(stage, wholeSeconds);
        final Honest during = honest(context, stage, "during", wholeSeconds);
        attack(context, stage, result);
        flood(context, stage, result);
        during.end(result);
        established.end(result);

        Thread.sleep(context.option("forget-ms", FORGOTTEN_AFTER.toMillis()));
        final double heapAfter = daemon.liveHeapMiB();
        final double residentAfter = daemon.residentMiB();
        result.value("heapGrowthMiB", heapAfter - heapBefore)
                .value("residentGrowthMiB", residentAfter - residentBefore)
                .value("setupP99usBefore", before.p99())
                .value("setupP99usDuring", during.p99())
                .require(daemon.isAlive(), "the daemon died; " + daemon.tailOfLog())
                .require(
                        heapAfter - heapBefore < HEAP_SLACK_MIB,
                        "the heap grew from " + heapBefore + " to " + heapAfter + " MiB")
                .require(
                        residentAfter - residentBefore < context.option("resident-slack-mib", RESIDENT_SLACK_MIB),
                        "memory grew from " + residentBefore + " to " + residentAfter + " MiB");
        return result;
    }

    /** Calls a second that the tenants of the daemon under test may make together, as its configuration says. */
    private static long capacity(final ProveContext context) {
        return context.option("capacity", 3000);
    }

    private static void attack(final ProveContext context, final CallStage stage, final ClaimResult result)
            throws IOException {
        final SipTarget target = new SipTarget(stage.setup().sipPort(), context.option("seed", 1));
        final List<Attack> datagrams =
                new ArrayList<>(new SipAttacks(target, CallStage.PLATFORM, CallStage.STRANGER).all());
        datagrams.addAll(new SipDigestAttacks(target, "traveller", DaemonSetup.SECRET).all());
        final List<Attack> streams = new SipStreamAttacks(target, CallStage.PLATFORM).all();
        final List<String> wrong = new ArrayList<>();
        final List<String> wrongOnStreams = new ArrayList<>();
        final CompletableFuture<Integer> beside =
                CompletableFuture.supplyAsync(() -> Attacks.attack("sip over TCP", streams, wrongOnStreams));
        final int attacks = Attacks.attack("sip over UDP", datagrams, wrong) + beside.join();
        wrong.addAll(wrongOnStreams);
        wrong.stream().limit(20).forEach(each -> context.say("wrong answer: %s", each));
        result.value("attacks", attacks).zero("wrongAnswers", wrong.size());
        wrong.stream().limit(10).forEach(each -> result.require(false, each));
        context.say(
                "%d attacks; strangers sent %d octets and were answered with %d",
                attacks, target.strangersSent(), target.strangersHeard());
        result.value("strangersSent", target.strangersSent()).value("strangersHeard", target.strangersHeard());
    }

    /** From an address that nobody has, and at a tenth of that from a tenant that is over its limit. */
    private static void flood(final ProveContext context, final CallStage stage, final ClaimResult result)
            throws Exception {
        final double perSecond = capacity(context) * (double) TIMES_CAPACITY;
        final int port = stage.setup().sipPort();
        final SipFlood strange =
                new SipFlood(CallStage.STRANGER, port, HONEST_PREFIX + "99", perSecond, context.option("seed", 1));
        final SipFlood greedy = new SipFlood(
                CallStage.OTHER_PLATFORM,
                port,
                HONEST_PREFIX + "98",
                perSecond / TIMES_CAPACITY,
                context.option("seed", 1));
        final long seconds = context.option("seconds", 60);
        try {
            Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        } finally {
            strange.close();
            greedy.close();
        }
        final double reached = (strange.sent() + greedy.sent()) / (double) seconds;
        final RawSip stranger = strange.socket();
        final RawSip tenant = greedy.socket();
        context.say(
                "the flood: %.0f/s by a stranger, answered with %s; %.0f/s by a tenant over its limit, answered with %s",
                strange.sent() / (double) seconds,
                stranger.heardByStatus(),
                greedy.sent() / (double) seconds,
                tenant.heardByStatus());
        final String tooMuch =
                SipAllowance.challenges((seconds + 2) * CHALLENGES_PER_SECOND).complaint(stranger);
        // A call that it may make rings once; one that it may not is refused once, though no ACK comes.
        final long rang = tenant.heardByStatus().getOrDefault(180, 0L);
        final String tooMuchForTenant = SipAllowance.calls(greedy.sent() + rang * MOST_OF_A_CALL, REFUSED_OR_CALLED)
                .complaint(tenant);
        final long refused = tenant.heardByStatus().getOrDefault(REFUSED, 0L);
        final long octetsOfRefused = refused * greedy.octetsOfInvite();
        result.value("floodPerSecond", reached)
                .value("floodSentOctets", stranger.sentOctets())
                .value("floodHeardOctets", stranger.heardOctets())
                .value("limitedSentOctets", tenant.sentOctets())
                .value("limitedHeardOctets", tenant.heardOctets())
                .value("limitedRefusedOctets", tenant.heardOctets(REFUSED))
                .require(
                        reached >= perSecond * FLOOD_AT_LEAST,
                        "the flood came to " + reached + "/s only: this machine cannot make ten times "
                                + perSecond / 10)
                .require(tooMuch == null, "the flood by a stranger: " + tooMuch)
                .require(
                        stranger.heardOctets() <= stranger.sentOctets(),
                        "the flood by a stranger got more octets than it sent")
                .require(
                        rang <= (seconds + 2) * GREEDY_CPS,
                        "a tenant with " + GREEDY_CPS + " calls a second made " + rang + " in " + seconds + " s")
                .require(tooMuchForTenant == null, "the flood by a tenant over its limit: " + tooMuchForTenant)
                .require(
                        tenant.heardOctets(REFUSED) <= octetsOfRefused,
                        "the flood by a tenant over its limit: " + refused + " refused INVITEs of " + octetsOfRefused
                                + " octets were answered with " + tenant.heardOctets(REFUSED));
    }

    /** Calls that are up before the first attack, and hang up after the last. */
    private static Honest established(final CallStage stage, final long seconds) throws Exception {
        final long holdMs = Duration.ofSeconds(seconds).toMillis();
        final Honest calls = new Honest(
                stage.caller(caller(stage, "established", (double) ESTABLISHED, ESTABLISHED, holdMs)),
                Duration.ofSeconds(60).plusMillis(holdMs));
        Thread.sleep(Duration.ofSeconds(2).toMillis());
        return calls;
    }

    private static SippPlan caller(
            final CallStage stage, final String name, final double rate, final long calls, final long holdMs)
            throws IOException {
        return SippPlan.caller(
                "honest-" + name,
                SippScenario.caller(CallStage.CALLER, HONEST_PREFIX, holdMs),
                CallStage.PLATFORM,
                ProveContext.freePorts(1)[0],
                stage.target(),
                rate,
                calls);
    }

    private static Honest honest(
            final ProveContext context, final CallStage stage, final String name, final long seconds) throws Exception {
        final long rate = context.option("rate", 20);
        final long holdMs = context.option("hold-ms", 4000);
        return new Honest(
                stage.caller(caller(stage, name, (double) rate, rate * seconds, holdMs)),
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
