package io.trunkline.perf.claims;

import io.trunkline.perf.Marker;
import io.trunkline.perf.chaos.ChaosPlan;
import io.trunkline.perf.chaos.ChaosProxy;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.load.UnitLedger;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.roles.EsmePlan;
import io.trunkline.perf.roles.EsmeRole;
import io.trunkline.perf.sim.CarrierLog;
import io.trunkline.perf.sim.CarrierLogReader;
import io.trunkline.perf.sim.McSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What the gateway adds to a message's way. Within it: from the read of the socket that the submit came in by to the
 * write that hands its PDU to the carrier's socket, as the daemon takes it of every message. Seen from outside: the time
 * from the intended send to the carrier's read through the gateway, less the same through a relay that only copies
 * bytes; both ways have a client, a process between and the same simulator, and the rounds of both take turns in one run.
 * And at durability disk: intended send to acknowledgement.
 */
final class Latency implements Claim {
    /** Units of the relayed rounds: apart from those of the gateway's. */
    private static final long FIRST_RELAYED = 50_000_000_000L;

    private static final long ROUND = 100_000_000L;
    private static final double NS_PER_US = 1000;
    private static final String TO_CARRIER = "to-carrier";

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String describe() {
        return "at 20,000 messages/s: what the gateway adds on the way to the carrier, and the acknowledgement's"
                + " latency at durability disk";
    }

    /** Units that left at times that are known, and how late each was at the carrier. */
    private static final class Round {
        private final long firstUnit;
        private final long fromNs;
        private final LoadRun load;
        private final Schedule schedule;
        private final long startNs;
        private final Histogram atCarrier = new Histogram(60_000_000_000L, 3);

        /** Through the gateway, or where {@code load} is null by {@code schedule} from {@code startNs} on. */
        Round(
                final long firstUnit,
                final long fromNs,
                final LoadRun load,
                final Schedule schedule,
                final long startNs) {
            this.firstUnit = firstUnit;
            this.fromNs = fromNs;
            this.load = load;
            this.schedule = schedule;
            this.startNs = startNs;
        }

        void arrived(final long unit, final long timeNs) {
            final long index = unit - firstUnit;
            if (load != null
                    && (index >= load.ledger().size() || load.ledger().answer(index) == UnitLedger.Answer.NONE)) {
                return;
            }
            final long intendedNs =
                    load != null ? load.ledger().intendedNs(index) : startNs + schedule.intendedNs(index);
            if (intendedNs >= fromNs) {
                atCarrier.recordValue(Math.max(0, timeNs - CarrierLog.timeOf(intendedNs)));
            }
        }
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final ClaimResult result = new ClaimResult();
        final long rate = context.option("rate", 20_000);
        for (final String durability :
                context.option("durability", "process,disk").split(",", -1)) {
            try (ProveContext part = context.part(durability)) {
                if ("disk".equals(durability)) {
                    acknowledgement(part, rate, result);
                } else {
                    added(part, rate, result);
                }
            }
        }
        return result;
    }

    private static void added(final ProveContext context, final long rate, final ClaimResult result) throws Exception {
        final long rounds = context.option("rounds", 5);
        final Stage stage = Throughput.stage(context, "process");
        final Daemon daemon = stage.start();
        final McSimulator carrier = stage.carriers().get(0);
        final List<Round> gateway = new ArrayList<>();
        final List<Round> relayed = new ArrayList<>();
        final List<LoadRun> runs = new ArrayList<>();
        final List<Histogram> within = new ArrayList<>();
        runs.add(throughGateway(context, stage, rate, context.option("warmup", 10)).load);
        throughRelay(carrier, rate, context.option("warmup", 10), 0);
        for (int round = 1; round <= rounds; round++) {
            relayed.add(throughRelay(carrier, rate, context.option("seconds", 5), round));
            final Histogram before = StageHistogram.of(daemon, TO_CARRIER);
            gateway.add(throughGateway(context, stage, rate, context.option("seconds", 5)));
            final Histogram after = StageHistogram.of(daemon, TO_CARRIER);
            after.subtract(before);
            within.add(after);
            runs.add(gateway.get(gateway.size() - 1).load);
        }
        carrier.flushLog();
        runs.forEach(LoadRun::close);
        join(context, gateway, relayed);
        for (int i = 0; i < rounds; i++) {
            context.say(
                    "round %d, us p50/p99/p99.9: within the gateway %s; to the carrier through the gateway %s, through"
                            + " the relay %s; generator late by %s",
                    i + 1,
                    text(within.get(i)),
                    text(gateway.get(i).atCarrier),
                    text(relayed.get(i).atCarrier),
                    text(gateway.get(i).load.latencies().sendLag().total()));
        }
        final double p50 = median(within, 50);
        final double p99 = median(within, 99);
        result.value("addedP50us", p50)
                .value("addedP99us", p99)
                .value("addedP999us", median(within, 99.9))
                .value("outsideP50us", added(gateway, relayed, 50))
                .value("outsideP99us", added(gateway, relayed, 99))
                .value("gatewayP50us", median(atCarrier(gateway), 50))
                .value("gatewayP99us", median(atCarrier(gateway), 99))
                .value("relayP50us", median(atCarrier(relayed), 50))
                .value("relayP99us", median(atCarrier(relayed), 99));
        result.require(
                p50 <= context.option("most-p50", 40), "half of the messages are delayed by " + p50 + " us or more");
        result.require(p99 <= context.option("most-p99", 300), "p99 is delayed by " + p99 + " us");
        final ClaimResult verdict = new ClaimResult();
        stage.judge(verdict, runs.toArray(LoadRun[]::new));
        verdict.violations().forEach(violation -> result.require(false, violation));
    }

    private static Round throughGateway(
            final ProveContext context, final Stage stage, final long rate, final long seconds)
            throws InterruptedException {
        final LoadRun load = context.load(stage.plan()
                .named("rounds")
                .at(new Schedule.Constant(rate))
                .sending(MessageMix.Shape.plain(context.option("seed", 1)))
                .withWindow(50_000, 0)
                .lasting(Duration.ofSeconds(seconds)));
        while (load.sending()) {
            Thread.sleep(20);
        }
        if (!load.awaitSettled(Duration.ofSeconds(30))) {
            throw new IllegalStateException("not all messages came to an end: " + load.trouble());
        }
        // The next round goes on under the same name: a new one would first be told of what earlier rounds sent.
        load.close();
        return new Round(load.plan().firstUnit(), settledAfter(load.startNs()), load, null, 0);
    }

    private static Round throughRelay(final McSimulator carrier, final long rate, final long seconds, final int round)
            throws InterruptedException {
        final Schedule schedule = new Schedule.Constant(rate);
        final long first = FIRST_RELAYED + round * ROUND;
        try (ChaosProxy relay = new ChaosProxy(carrier.port(), ChaosPlan.none(1));
                EsmeRole esme = new EsmeRole(EsmePlan.to("127.0.0.1", relay.port(), "relay", "relay")
                        .at(schedule)
                        .over(2, 20_000)
                        .startingAt(first)
                        .endingAfter(rate * seconds))) {
            esme.start();
            while (esme.state() != RoleState.SETTLED) {
                Thread.sleep(20);
                if (esme.startNs() != 0 && System.nanoTime() - esme.startNs() > (seconds + 30) * 1_000_000_000L) {
                    throw new IllegalStateException("the relayed round does not end: " + esme.trouble());
                }
            }
            return new Round(first, settledAfter(esme.startNs()), null, schedule, esme.startNs());
        }
    }

    /** The first half second of a round is the connections' and not looked at. */
    private static long settledAfter(final long startNs) {
        return startNs + 500_000_000L;
    }

    private static void join(final ProveContext context, final List<Round> gateway, final List<Round> relayed) {
        final List<Round> all = new ArrayList<>(gateway);
        all.addAll(relayed);
        CarrierLogReader.forEach(context.carrierLog("alpha"), entry -> {
            if (entry.kind() == CarrierLog.Kind.SUBMIT && entry.marker() != Marker.NONE) {
                for (final Round round : all) {
                    if (entry.marker() >= round.firstUnit && entry.marker() < round.firstUnit + ROUND) {
                        round.arrived(entry.marker(), entry.timeNs());
                    }
                }
            }
        });
    }

    private static void acknowledgement(final ProveContext context, final long rate, final ClaimResult result)
            throws Exception {
        final Stage stage = Throughput.stage(context, "disk");
        stage.start();
        final List<LoadRun> runs = new ArrayList<>();
        runs.add(throughGateway(context, stage, rate, context.option("warmup", 10)).load);
        final long rounds = context.option("rounds", 5);
        final double[] p50 = new double[(int) rounds];
        final double[] p99 = new double[(int) rounds];
        for (int round = 0; round < rounds; round++) {
            final LoadRun run = throughGateway(context, stage, rate, context.option("seconds", 5)).load;
            final Histogram answered = run.latencies().answered().total();
            p50[round] = answered.getValueAtPercentile(50) / NS_PER_US;
            p99[round] = answered.getValueAtPercentile(99) / NS_PER_US;
            context.say("round %d at disk, us to the acknowledgement p50/p99/p99.9: %s", round + 1, text(answered));
            runs.add(run);
        }
        Arrays.sort(p50);
        Arrays.sort(p99);
        final double median = p99[p99.length / 2];
        result.value("diskAckP50us", p50[p50.length / 2])
                .value("diskAckP99us", median)
                .value("diskAckP99spread", (p99[p99.length - 1] - p99[0]) / median);
        result.require(
                median <= context.option("most-disk-p99", 6000), "at disk p99 of the acknowledgement is " + median);
        final ClaimResult verdict = new ClaimResult();
        stage.judge(verdict, runs.toArray(LoadRun[]::new));
        verdict.violations().forEach(violation -> result.require(false, "disk: " + violation));
    }

    /** Median over the rounds of the difference of the two ways at one percentile, in microseconds. */
    private static double added(final List<Round> gateway, final List<Round> relayed, final double percentile) {
        final double[] differences = new double[gateway.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = (gateway.get(i).atCarrier.getValueAtPercentile(percentile)
                            - relayed.get(i).atCarrier.getValueAtPercentile(percentile))
                    / NS_PER_US;
        }
        Arrays.sort(differences);
        return differences[differences.length / 2];
    }

    private static List<Histogram> atCarrier(final List<Round> rounds) {
        return rounds.stream().map(round -> round.atCarrier).toList();
    }

    private static double median(final List<Histogram> rounds, final double percentile) {
        final double[] values = rounds.stream()
                .mapToDouble(round -> round.getValueAtPercentile(percentile) / NS_PER_US)
                .sorted()
                .toArray();
        return values[values.length / 2];
    }

    private static String text(final Histogram histogram) {
        return histogram.getValueAtPercentile(50) / 1000
                + "/"
                + histogram.getValueAtPercentile(99) / 1000
                + "/"
                + histogram.getValueAtPercentile(99.9) / 1000;
    }
}
