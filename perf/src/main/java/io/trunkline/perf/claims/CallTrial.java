package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.roles.CallerPlan;
import io.trunkline.perf.roles.CallerRole;
import io.trunkline.perf.sim.Latency;
import io.trunkline.perf.sipp.Sipp;
import io.trunkline.perf.sipp.SippFigures;
import io.trunkline.perf.sipp.SippPlan;
import io.trunkline.perf.sipp.SippScenario;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Calls at one rate for so many seconds over one path, by a pair of SIPp: open loop, INVITE, 180, 200, ACK, BYE, 200. Each call
 * rings and holds for a moment, so that calls overlap and nobody is blamed for the order of two datagrams.
 */
final class CallTrial {
    /** Beginning of the called numbers. */
    static final String PREFIX = "49301";

    private static final Duration GRACE = Duration.ofSeconds(6);
    private static final long LOOK_MS = 50;
    private static final long PROBES_PER_SECOND = 50;

    private final ProveContext context;
    private final int calleePort;
    private final long seconds;
    private final long ringMs;
    private final long holdMs;
    private int trials;

    CallTrial(final ProveContext context, final int calleePort) {
        this.context = context;
        this.calleePort = calleePort;
        seconds = context.option("seconds", 6);
        ringMs = context.option("ring-ms", 50);
        holdMs = context.option("hold-ms", 100);
    }

    /**
     * What came of it.
     *
     * @param rate calls a second that were meant to be made
     * @param calls that were made
     * @param done calls a second that went as they should, over the time in which calls were made
     * @param failed of these, and those that came to no end
     * @param repeated messages that SIPp sent again or heard again
     * @param delays from the intended INVITE to 180, ns, of the calls of ours
     * @param cpuUs of the path, for a call
     * @param sippCpuUs of the SIPp processes, for a call, without what they used after the last look
     * @param bytes allocated by the path, for a call
     * @param trouble SIPp's own words, where calls failed
     */
    record Outcome(
            double rate,
            long calls,
            double done,
            long failed,
            long repeated,
            Histogram delays,
            double cpuUs,
            double sippCpuUs,
            double bytes,
            String trouble) {
        /** A percentile of the setup delay, us. */
        long setupUs(final double percentile) {
            return delays.getValueAtPercentile(percentile) / 1000;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f/s: %d calls, %.0f/s done, %d failed, %d messages repeated; setup us p50/p99/p99.9 %d/%d/%d;"
                            + " CPU %.0f us, SIPp %.0f us, allocated %.0f bytes a call",
                    rate,
                    calls,
                    done,
                    failed,
                    repeated,
                    setupUs(50),
                    setupUs(99),
                    setupUs(99.9),
                    cpuUs,
                    sippCpuUs,
                    bytes);
        }
    }

    /** Runs it. */
    Outcome run(final CallPath path, final double rate) throws Exception {
        trials++;
        final Path directory =
                Files.createDirectories(context.directory().resolve("trial-" + trials + "-" + path.name()));
        final long calls = Math.round(rate * seconds);
        try (Sipp callee = Sipp.start(
                SippPlan.callee("callee", SippScenario.callee(ringMs), CallStage.CARRIER, calleePort), directory)) {
            callee.awaitListening();
            final double cpuBefore = path.cpuSeconds();
            final long bytesBefore = path.allocatedBytes();
            try (Sipp caller = Sipp.start(
                    SippPlan.caller(
                            "caller",
                            SippScenario.caller(CallStage.CALLER, PREFIX, holdMs),
                            CallStage.PLATFORM,
                            ProveContext.freePorts(1)[0],
                            path.target(),
                            rate,
                            calls),
                    directory)) {
                try (CallerRole probe = probe(path)) {
                    probe.start();
                    final long deadline = System.nanoTime()
                            + Duration.ofSeconds(seconds).plus(GRACE).toNanos();
                    double sippCpu = 0;
                    while ((caller.isAlive() || probe.state() != RoleState.SETTLED) && System.nanoTime() < deadline) {
                        Thread.sleep(LOOK_MS);
                        sippCpu = Math.max(sippCpu, caller.cpuSeconds() + callee.cpuSeconds());
                    }
                    final double cpu = path.cpuSeconds() - cpuBefore;
                    final long bytes = path.allocatedBytes() - bytesBefore;
                    callee.finish();
                    return outcome(rate, calls, caller, callee, probe, new Cost(cpu, sippCpu, bytes));
                }
            }
        }
    }

    /** What a trial took. */
    private record Cost(double cpu, double sippCpu, long bytes) {}

    /** A few calls of our own among SIPp's, whose clock ticks every 4 ms only. */
    private CallerRole probe(final CallPath path) {
        final String[] target = path.target().split(":", -1);
        return new CallerRole(
                new CallerPlan(
                        new Destination(
                                TransportProtocol.UDP,
                                new InetSocketAddress(target[0], Integer.parseInt(target[1])),
                                ""),
                        new InetSocketAddress(CallStage.PLATFORM, 0),
                        new Schedule.Constant(PROBES_PER_SECOND),
                        CallStage.CALLER,
                        List.of(PREFIX),
                        Latency.parse(holdMs + "ms"),
                        0,
                        Latency.NONE,
                        Integer.MAX_VALUE,
                        PROBES_PER_SECOND * seconds,
                        Duration.ofSeconds(seconds + 1),
                        1),
                1);
    }

    private Outcome outcome(
            final double rate,
            final long meant,
            final Sipp caller,
            final Sipp callee,
            final CallerRole probe,
            final Cost cost)
            throws IOException {
        long repeated = 0;
        String trouble = probe.trouble();
        for (final Sipp each : List.of(caller, callee)) {
            final SippFigures figures = each.figures();
            repeated += figures.resent() + figures.heardAgain();
            trouble = figures.failed() > 0 ? each.errors() : trouble;
        }
        final RoleCounts probed = probe.counts();
        final long calls = meant + probed.sent();
        // What a caller that had to be stopped left open has failed too; and so has a call that only the callee
        // complains of.
        final long failed =
                meant - caller.figures().succeeded() + callee.figures().failed() + probed.sent() - probed.delivered();
        return new Outcome(
                rate,
                calls,
                (caller.figures().succeeded() + probed.delivered()) / (double) seconds,
                failed,
                repeated,
                probe.stages().get(LoadStage.RINGING).total(),
                cost.cpu() / calls * 1e6,
                cost.sippCpu() / calls * 1e6,
                cost.bytes() / (double) calls,
                trouble);
    }
}
