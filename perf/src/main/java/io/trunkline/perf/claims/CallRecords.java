package io.trunkline.perf.claims;

import io.trunkline.gateway.calls.CallEndReason;
import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.perf.claims.CallScript.Side;
import io.trunkline.perf.prove.CallBook;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.JournalFiles;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sipp.Sipp;
import io.trunkline.perf.sipp.SippCalls;
import io.trunkline.perf.sipp.SippCalls.Call;
import io.trunkline.perf.sipp.SippPlan;
import io.trunkline.perf.sipp.SippScenario;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls of every ending through one daemon, some of them while it is killed: each has exactly one record, which says how it
 * ended, and its duration is that of SIPp's own log.
 */
final class CallRecords implements Claim {
    private static final long RING_MS = 100;
    private static final String KILLED_PREFIX = "49309";
    private static final String FIRST_PREFIX = "49308";
    private static final int KILLED_PERCENT = 5;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(45);
    private static final double FIRST_PER_SECOND = 40;
    private static final String MAX_DURATION = "5s";

    @Override
    public String name() {
        return "call-records";
    }

    @Override
    public String describe() {
        return "calls of every ending, kills included: one record each, durations right against SIPp's own log";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final ClaimResult result = new ClaimResult();
        if (!Sipp.isInstalled()) {
            return result.require(false, "SIPp is not installed: apt-get install sip-tester");
        }
        final CallStage stage = new CallStage(context);
        stage.setup()
                .durability(context.option("durability", "process"))
                .tenant(
                        "vanishing",
                        "sip: {sources: [\"" + CallStage.OTHER_PLATFORM + "/32\"], cps: 0, maxCalls: 0, maxDuration: "
                                + MAX_DURATION + "}")
                .sip("limits: {calls: 50000, transactions: 500000}");
        final Map<CallScript, Sipp> callees = callees(context, stage);
        stage.setup().route(FIRST_PREFIX + ",,," + CallScript.ANSWERED.word());
        final Daemon daemon = stage.start();
        final Sipp first = firstCalls(context, stage, result);
        final Map<CallScript, Sipp> callers = callers(context, stage);
        for (final Sipp caller : callers.values()) {
            final int exit = caller.awaitEnd(Duration.ofSeconds(context.option("patience", 300)));
            result.require(exit == 0, caller + " ended with " + exit + ": " + caller.errors());
        }
        // The last of the vanished callers' calls have yet to be ended.
        Thread.sleep(Duration.ofSeconds(7).toMillis());
        for (final Sipp callee : callees.values()) {
            callee.finish();
        }
        final Sipp killed = callsDuringAKill(context, stage, daemon, result);
        final int exit = daemon.stop(STOP_WITHIN);
        result.require(exit == 0, "the daemon's last stop had exit code " + exit + "; " + daemon.tailOfLog());
        final CallBook book = new CallBook();
        JournalFiles.read(stage.setup().data(), book);
        new Verdict(context, book, result).of(first, callers, callees, killed);
        return result;
    }

    /** Carriers and those behind them. */
    private static Map<CallScript, Sipp> callees(final ProveContext context, final CallStage stage) throws Exception {
        final Map<CallScript, Sipp> callees = new EnumMap<>(CallScript.class);
        for (final CallScript script : CallScript.values()) {
            final int port = ProveContext.freePorts(1)[0];
            switch (script) {
                case FAILED_OVER -> {
                    final int refusing = ProveContext.freePorts(1)[0];
                    stage.setup().trunk(script.word(), "t0", CallStage.CARRIER, refusing, List.of());
                    stage.callee(SippPlan.callee(
                            "refusing-first", SippScenario.refusingCallee(503), CallStage.CARRIER, refusing));
                    stage.carrier(script.word(), port, script.prefix());
                }
                case NO_ANSWER -> stage.carrier(script.word(), port, script.prefix(), "failover: {ring: 2s, on: []}");
                case CALLEE_VANISHED ->
                    stage.carrier(script.word(), port, script.prefix(), "failover: {response: 1s, on: []}");
                default -> stage.carrier(script.word(), port, script.prefix());
            }
            final SippScenario scenario = switch (script) {
                case ANSWERED, FAILED_OVER, CALLER_VANISHED -> SippScenario.callee(RING_MS);
                case BUSY -> SippScenario.refusingCallee(486);
                case NO_ANSWER, CANCELLED -> SippScenario.ringingCallee();
                case CALLEE_VANISHED -> null;
            };
            if (scenario == null) {
                // Nobody reads it.
                context.ending(new DatagramSocket(port, InetAddress.getByName(CallStage.CARRIER)));
            } else {
                callees.put(
                        script,
                        stage.callee(SippPlan.callee("callee-" + script.word(), scenario, CallStage.CARRIER, port)
                                .logging()));
            }
        }
        final int port = ProveContext.freePorts(1)[0];
        stage.carrier("killed", port, KILLED_PREFIX);
        stage.callee(SippPlan.callee("callee-killed", SippScenario.callee(RING_MS), CallStage.CARRIER, port));
        return callees;
    }

    /** A JVM that has just started passes an answer on tens of milliseconds late: these calls have records, and time to spare. */
    private static Sipp firstCalls(final ProveContext context, final CallStage stage, final ClaimResult result)
            throws Exception {
        final Sipp caller = stage.caller(SippPlan.caller(
                        "caller-first",
                        SippScenario.caller(CallStage.CALLER, FIRST_PREFIX, 200),
                        CallStage.PLATFORM,
                        ProveContext.freePorts(1)[0],
                        stage.target(),
                        FIRST_PER_SECOND,
                        context.option("first", 300))
                .logging());
        final int exit = caller.awaitEnd(Duration.ofSeconds(context.option("patience", 300)));
        result.require(exit == 0, caller + " ended with " + exit + ": " + caller.errors());
        return caller;
    }

    /** All at the same time, each at its share of the rate. */
    private static Map<CallScript, Sipp> callers(final ProveContext context, final CallStage stage) throws Exception {
        final long calls = context.option("calls", 10_000);
        final double rate = context.option("rate", 120);
        final Map<CallScript, Sipp> callers = new EnumMap<>(CallScript.class);
        for (final CallScript script : CallScript.values()) {
            final String address = script == CallScript.CALLER_VANISHED ? CallStage.OTHER_PLATFORM : CallStage.PLATFORM;
            callers.put(
                    script,
                    stage.caller(SippPlan.caller(
                                    "caller-" + script.word(),
                                    script.caller(),
                                    address,
                                    ProveContext.freePorts(1)[0],
                                    stage.target(),
                                    rate * script.percent() / 100,
                                    Math.max(1, calls * script.percent() / 100))
                            .logging()));
        }
        return callers;
    }

    /** Calls that are up, or on their way up, when the daemon is killed. */
    private static Sipp callsDuringAKill(
            final ProveContext context, final CallStage stage, final Daemon daemon, final ClaimResult result)
            throws Exception {
        final long calls = Math.max(1, context.option("calls", 10_000) * KILLED_PERCENT / 100);
        final Sipp caller = stage.caller(SippPlan.caller(
                        "caller-killed",
                        SippScenario.caller(CallStage.CALLER, KILLED_PREFIX, 120_000),
                        CallStage.PLATFORM,
                        ProveContext.freePorts(1)[0],
                        stage.target(),
                        // So fast that some are still ringing.
                        calls / 2.0,
                        calls)
                .logging());
        Thread.sleep(Duration.ofMillis(1900).toMillis());
        daemon.kill();
        context.say("killed the daemon during %d calls", calls);
        caller.kill();
        daemon.start();
        result.require(daemon.isAlive(), "the daemon did not come back; " + daemon.tailOfLog());
        return caller;
    }

    /** What the records are held against. */
    private static final class Verdict {
        private final ProveContext context;
        private final CallBook book;
        private final ClaimResult result;
        private final double toleranceMs;
        private long calls;
        private long missing;
        private long doubled;
        private long wrongEnding;
        private long wrongDuration;
        private double worstMs;
        private double firstWorstMs;
        private final List<String> examples = new ArrayList<>();

        Verdict(final ProveContext context, final CallBook book, final ClaimResult result) {
            this.context = context;
            this.book = book;
            this.result = result;
            toleranceMs = context.option("tolerance-ms", 10);
        }

        void of(
                final Sipp first,
                final Map<CallScript, Sipp> callers,
                final Map<CallScript, Sipp> callees,
                final Sipp killed)
                throws IOException {
            for (final Call call : SippCalls.read(first.messages()).all()) {
                final CallBook.Entry entry = only(call);
                firstWorstMs = entry == null
                        ? firstWorstMs
                        : Math.max(firstWorstMs, Math.abs(entry.talkMs() - call.durationMs()));
            }
            for (final Map.Entry<CallScript, Sipp> entry : callers.entrySet()) {
                final CallScript script = entry.getKey();
                final Map<String, Call> atCallee =
                        script.durationBy().equals(Optional.of(Side.CALLEE)) ? byNumber(callees.get(script)) : Map.of();
                final long before = calls;
                for (final Call call :
                        SippCalls.read(entry.getValue().messages()).all()) {
                    look(script, call, atCallee.getOrDefault(call.called(), call));
                }
                context.say("%s: %d calls", script.word(), calls - before);
            }
            final long unknown = lookAtKilled(killed);
            result.value("calls", calls)
                    .value("records", book.records())
                    .zero("missing", missing)
                    .zero("doubled", doubled)
                    .zero("withoutCall", book.records() - doubled - (calls - missing))
                    .zero("open", book.open())
                    .zero("wrongEnding", wrongEnding)
                    .zero("wrongDuration", wrongDuration)
                    .value("worstMs", worstMs)
                    .value("worstMsOfTheFirst", firstWorstMs)
                    .value("killedWithThem", unknown)
                    .require(unknown > 0, "no call was open when the daemon was killed");
            examples.forEach(example -> result.require(false, example));
        }

        private static Map<String, Call> byNumber(final Sipp callee) throws IOException {
            final Map<String, Call> calls = new HashMap<>();
            SippCalls.read(callee.messages()).all().forEach(call -> calls.put(call.called(), call));
            return calls;
        }

        /** The one record of a call's number, or null where there is none; another is counted. */
        private CallBook.Entry only(final Call call) {
            calls++;
            final List<CallBook.Entry> ends = book.ends(call.called());
            doubled += Math.max(0, ends.size() - 1);
            if (ends.isEmpty()) {
                missing++;
                example("no record of the call to " + call.called());
                return null;
            }
            return ends.get(0);
        }

        private void look(final CallScript script, final Call call, final Call timed) {
            final CallBook.Entry entry = only(call);
            if (entry == null) {
                return;
            }
            if (!script.isToldBy(entry)) {
                wrongEnding++;
                example(script.word() + " is told as " + entry + "; SIPp had " + call.status());
            }
            if (script.durationBy().isEmpty()) {
                return;
            }
            final double offMs =
                    timed.durationMs() < 0 ? Double.MAX_VALUE : Math.abs(entry.talkMs() - timed.durationMs());
            worstMs = Math.max(worstMs, offMs);
            if (offMs > toleranceMs) {
                wrongDuration++;
                example(script.word() + ": " + entry + " for " + timed.durationMs() + " ms of SIPp");
            }
        }

        /** Calls that SIPp saw answered, and those that it did not: one record each, and no end is made up. */
        private long lookAtKilled(final Sipp killed) throws IOException {
            long unknown = 0;
            for (final Call call : SippCalls.read(killed.messages()).all()) {
                if (call.ringing() == 0 && book.ends(call.called()).isEmpty()) {
                    // Its INVITE met a daemon that was gone.
                    continue;
                }
                final CallBook.Entry entry = only(call);
                if (entry == null) {
                    continue;
                }
                final boolean honest =
                        entry.outcome() == CallUnitState.UNKNOWN && entry.reason() == CallEndReason.DAEMON_DIED;
                unknown += honest ? 1 : 0;
                if (!honest) {
                    wrongEnding++;
                    example("killed with the daemon, and told as " + entry);
                }
            }
            return unknown;
        }

        private void example(final String text) {
            if (examples.size() < 8) {
                examples.add(text);
            }
        }
    }
}
