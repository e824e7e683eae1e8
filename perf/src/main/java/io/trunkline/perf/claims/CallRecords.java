package io.trunkline.perf.claims;

import io.trunkline.gateway.calls.CallEndReason;
import io.trunkline.perf.billing.CdrCalls;
import io.trunkline.perf.billing.CdrRows;
import io.trunkline.perf.prove.CallBook;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.JournalFiles;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sipp.Sipp;
import io.trunkline.perf.sipp.SippPlan;
import io.trunkline.perf.sipp.SippScenario;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls of every ending through one daemon, some of them while it is killed: in the journal and in the files that billing reads
 * each has exactly one record, which says how it ended and how long it was: {@link CallVerdict}.
 */
final class CallRecords implements Claim {
    private static final long RING_MS = 100;
    private static final String KILLED_PREFIX = "49309";
    private static final String FIRST_PREFIX = "49308";
    private static final int KILLED_PERCENT = 5;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(45);
    private static final double FIRST_PER_SECOND = 40;
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration FILES_WITHIN = Duration.ofSeconds(60);
    /** Where the logs of both sides differ for more calls than this, the machine has no time for the claim. */
    private static final long APART_PERCENT = 5;

    @Override
    public String name() {
        return "call-records";
    }

    @Override
    public String describe() {
        return "calls of every ending, kills included: one record each in journal and CDR files, as long as between SIPp's"
                + " own logs";
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
                // A file ends where the journal comes to the next period, without traffic by a checkpoint.
                .journal("  checkpoint: {every: 2s}")
                .tenant(
                        "vanishing",
                        "sip: {sources: [\"" + CallStage.OTHER_PLATFORM + "/32\"], cps: 0, maxCalls: 0, maxDuration: "
                                + CallScript.MAX_DURATION_MS + "ms}")
                .file("rates.csv", CdrCalls.rates())
                .file("billing.yaml", "cdr: {period: " + PERIOD.toSeconds() + "s}\n")
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
        Thread.sleep(CallScript.MAX_DURATION_MS + 2_000);
        for (final Sipp callee : callees.values()) {
            callee.finish();
        }
        final Sipp killed = callsDuringAKill(context, stage, daemon, result);
        awaitFiles(stage, result);
        final int exit = daemon.stop(STOP_WITHIN);
        result.require(exit == 0, "the daemon's last stop had exit code " + exit + "; " + daemon.tailOfLog());
        final CallBook book = new CallBook();
        JournalFiles.read(stage.setup().data(), book);
        final CdrCalls billed = new CdrCalls().hear(files(stage));
        judge(context, CallLogs.read(first, callers, callees, killed), book, billed, result);
        return result;
    }

    private static CdrRows files(final CallStage stage) {
        return new CdrRows(stage.setup().data().resolve("cdr"));
    }

    /** Waits until the daemon has written the file in which the calls are that were open when it was killed. */
    private static void awaitFiles(final CallStage stage, final ClaimResult result)
            throws IOException, InterruptedException {
        final long endNs = System.nanoTime() + FILES_WITHIN.toNanos();
        final AtomicBoolean there = new AtomicBoolean();
        while (!there.get() && System.nanoTime() < endNs) {
            Thread.sleep(PERIOD.toMillis());
            files(stage)
                    .forEach(row -> there.compareAndSet(
                            false, CallEndReason.DAEMON_DIED.word().equals(row.text("end_reason"))));
        }
        result.require(there.get(), "no file has the calls of the killed daemon within " + FILES_WITHIN);
        // They may be in two.
        Thread.sleep(2 * PERIOD.toMillis());
    }

    private static void judge(
            final ProveContext context,
            final CallLogs logs,
            final CallBook book,
            final CdrCalls billed,
            final ClaimResult result) {
        logs.callers().forEach((script, calls) -> context.say("%s: %d calls", script.word(), calls.size()));
        final CallVerdict journal = CallVerdict.of(context, logs, book);
        final double apart = 100.0 * journal.logsApart() / Math.max(1, journal.answered());
        result.value("calls", journal.calls())
                .value("answered", journal.answered())
                .value("logsApart", journal.logsApart())
                .value("offCallersLog", journal.offCallers())
                .require(
                        apart <= context.option("apart-percent", APART_PERCENT),
                        "the machine is too busy: for " + apart + " % of the calls SIPp's own logs differ by more than"
                                + " the tolerance");
        journal.tell("journal", result);
        result.zero("journalOpen", book.open());
        CallVerdict.of(context, logs, billed).tell("cdr", result);
        result.zero("cdrWrongPrices", billed.wrongPrices());
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
}
