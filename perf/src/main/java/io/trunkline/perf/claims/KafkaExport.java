package io.trunkline.perf.claims;

import io.trunkline.gateway.journal.codec.InboundReceivedDecoder;
import io.trunkline.gateway.journal.codec.ReceiptReceivedDecoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredDecoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import io.trunkline.gateway.journal.codec.UnitProgressedDecoder;
import io.trunkline.gateway.journal.codec.UnitRejectedDecoder;
import io.trunkline.perf.billing.BillingOracle;
import io.trunkline.perf.kafka.KafkaBroker;
import io.trunkline.perf.kafka.TopicJudge;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.JournalFiles;
import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The journal in a real Kafka, through kills and stops of the broker and kills of the daemon under load: every record once, in order per
 * unit, and the lag back to zero.
 */
final class KafkaExport implements Claim {
    private static final String EVENTS = "trunkline-events";
    private static final String CDRS = "trunkline-cdr";
    private static final int PARTITIONS = 4;
    private static final Set<Integer> EVENT_RECORDS = Set.of(
            UnitAcceptedDecoder.TEMPLATE_ID,
            UnitRejectedDecoder.TEMPLATE_ID,
            SegmentWrittenDecoder.TEMPLATE_ID,
            SegmentAnsweredDecoder.TEMPLATE_ID,
            ReceiptReceivedDecoder.TEMPLATE_ID,
            UnitProgressedDecoder.TEMPLATE_ID,
            UnitClosedDecoder.TEMPLATE_ID,
            InboundReceivedDecoder.TEMPLATE_ID);
    private static final Set<Integer> CDR_RECORDS =
            Set.of(UnitClosedDecoder.TEMPLATE_ID, InboundReceivedDecoder.TEMPLATE_ID);

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String describe() {
        return "broker killed and stopped, daemon killed, under load: every record in the topic once, in order, lag zero";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final SplittableRandom random = new SplittableRandom(context.option("seed", 1));
        final KafkaBroker broker =
                context.ending(new KafkaBroker(context.directory().resolve("kafka"), Map.of()));
        broker.start();
        broker.create(EVENTS, PARTITIONS, Map.of());
        broker.create(CDRS, PARTITIONS, Map.of());
        final Stage stage = Stage.usual(context, context.option("durability", "process"));
        stage.setup()
                .file("rates.csv", BillingOracle.rates())
                .gateway("exports: {kafka: {bootstrap: [\"" + broker.bootstrap() + "\"], topic: " + EVENTS
                        + ", cdrTopic: " + CDRS + "}}");
        final Daemon daemon = stage.start();
        final LoadRun load = context.load(stage.plan()
                .at(new Schedule.Constant(context.option("rate", 1000)))
                .sending(Kill9.allClasses(context.option("seed", 1))));
        final ClaimResult result = new ClaimResult();
        trouble(context, random, broker, daemon, load, result);
        load.stopSending();
        Settling.await(context, load);
        final long lag = awaitLag(context, daemon);
        stage.judge(result, load);
        judge(context, broker, stage, lag, result);
        return result;
    }

    private static void trouble(
            final ProveContext context,
            final SplittableRandom random,
            final KafkaBroker broker,
            final Daemon daemon,
            final LoadRun load,
            final ClaimResult result)
            throws IOException, InterruptedException {
        final long times = context.option("times", 9);
        long daemonKills = 0;
        for (int turn = 0; turn < times; turn++) {
            final long before = load.counters().get(Counter.ACCEPTED);
            ProveContext.await(Duration.ofSeconds(20), () -> load.counters().get(Counter.ACCEPTED) > before + 100);
            Thread.sleep(random.nextLong(200, 2000));
            switch (turn % 3) {
                case 0 -> {
                    broker.kill();
                    Thread.sleep(random.nextLong(0, 3000));
                    broker.start();
                }
                case 1 -> {
                    daemon.kill();
                    daemonKills++;
                    daemon.start();
                }
                default -> {
                    broker.stop();
                    // One that is killed while it waits for a broker.
                    daemon.kill();
                    daemonKills++;
                    daemon.start();
                    broker.start();
                }
            }
            context.say(
                    "trouble %d of %d: accepted %d, lag %.0f records",
                    turn + 1,
                    times,
                    load.counters().get(Counter.ACCEPTED),
                    daemon.metric("trunkline_export_lag_records"));
        }
        result.value("brokerDowns", times - times / 3).value("daemonKills", daemonKills);
    }

    /** Waits until all is written; what is left. */
    static long awaitLag(final ProveContext context, final Daemon daemon) throws IOException, InterruptedException {
        // A journal goes on after the last message: who has once been level has caught up, whatever another look says.
        final AtomicLong seen = new AtomicLong(Long.MAX_VALUE);
        Settling.await(
                context,
                "caught up",
                () -> {
                    seen.set(lag(daemon));
                    return seen.get() == 0;
                },
                seen::get,
                () -> String.format(Locale.ROOT, "%,d records behind", seen.get()));
        return seen.get();
    }

    private static long lag(final Daemon daemon) {
        try {
            return (long) daemon.metric("trunkline_export_lag_records");
        } catch (final IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private static void judge(
            final ProveContext context,
            final KafkaBroker broker,
            final Stage stage,
            final long lag,
            final ClaimResult result) {
        final TopicJudge events = new TopicJudge(EVENT_RECORDS);
        final TopicJudge byHeader = new TopicJudge(EVENT_RECORDS);
        final TopicJudge cdrs = new TopicJudge(CDR_RECORDS);
        JournalFiles.read(stage.setup().data(), record -> {
            events.onRecord(record);
            byHeader.onRecord(record);
            cdrs.onRecord(record);
        });
        events.read(broker.bootstrap(), EVENTS, true);
        byHeader.read(broker.bootstrap(), EVENTS, false);
        cdrs.read(broker.bootstrap(), CDRS, true);
        for (final TopicJudge judge : new TopicJudge[] {events, byHeader, cdrs}) {
            judge.examples().forEach(example -> context.say("%s", example));
        }
        result.value("cdrs", cdrs.records())
                .value("aborted", byHeader.droppedByHeader())
                .zero("cdrsMissing", cdrs.missing())
                .zero("cdrsRepeated", cdrs.repeated() + cdrs.strangers() + cdrs.wrong())
                .zero("byHeaderMissing", byHeader.missing())
                .zero("byHeaderRepeated", byHeader.repeated())
                .zero("strangers", events.strangers())
                .zero("wrong", events.wrong())
                .value("records", events.records())
                .zero("missing", events.missing())
                .zero("repeated", events.repeated())
                .zero("disorder", events.disorder() + cdrs.disorder())
                .zero("lag", lag);
    }
}
