package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.load.UnitLedger;
import io.trunkline.perf.load.UnitLedger.Answer;
import io.trunkline.perf.prove.CarrierView;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.Faults;
import io.trunkline.upstream.codec.MessageClass;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Answers get lost, by silence and by broken connections (promise G4). Each class has another policy; none may send
 * twice but {@code resend}, and that one says so.
 */
final class InDoubt implements Claim {
    /**
     * Numbers of their own for each class: a receipt without a known id is matched by the handset's number, and a
     * handset with a second message in doubt is a question of its own.
     */
    private static final Map<MessageClass, String> PREFIXES =
            Map.of(MessageClass.OTP, "49151", MessageClass.TRANSACTIONAL, "33612", MessageClass.BULK, "44770");

    @Override
    public String name() {
        return "in-doubt";
    }

    @Override
    public String describe() {
        return "lose the carrier's answers; fail and wait never send twice, resend does and marks it";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final Stage stage = stage(context);
        stage.start();
        final Map<MessageClass, LoadRun> runs = new EnumMap<>(MessageClass.class);
        final long seed = context.option("seed", 1);
        for (final MessageClass messageClass :
                List.of(MessageClass.OTP, MessageClass.TRANSACTIONAL, MessageClass.BULK)) {
            runs.put(
                    messageClass,
                    context.load(stage.plan()
                            .named("load-" + messageClass)
                            .at(new Schedule.Constant(context.option("rate", 700)))
                            .sending(MessageMix.Shape.plain(seed)
                                    .ofClasses(messageClass)
                                    .toPrefixes(PREFIXES.get(messageClass)))));
        }
        Thread.sleep(Duration.ofSeconds(context.option("seconds", 15)).toMillis());
        runs.values().forEach(LoadRun::stopSending);
        for (final LoadRun run : runs.values()) {
            context.say(
                    "%s: accepted %d, delivered %d, failed %d, unknown %d, settled %s",
                    run.plan().clientName(),
                    run.counters().get(Counter.ACCEPTED),
                    run.counters().get(Counter.DELIVERED),
                    run.counters().get(Counter.FAILED),
                    run.counters().get(Counter.UNKNOWN),
                    run.awaitSettled(Duration.ofSeconds(30)));
        }
        final ClaimResult result = new ClaimResult();
        stage.judge(result, runs.values().toArray(LoadRun[]::new));
        final CarrierView carriers = stage.carrierView();
        final long failTwice = repeated(carriers, runs.get(MessageClass.OTP));
        final long waitTwice = repeated(carriers, runs.get(MessageClass.TRANSACTIONAL));
        final long resent = repeated(carriers, runs.get(MessageClass.BULK));
        result.zero("failSentTwice", failTwice).zero("waitSentTwice", waitTwice).value("resendSentTwice", resent);
        result.require(resent > 0, "no unit of the resend policy was sent again: nothing was in doubt");
        return result;
    }

    private static long repeated(final CarrierView carriers, final LoadRun run) {
        final UnitLedger ledger = run.ledger();
        long count = 0;
        for (long index = 0; index < ledger.size(); index++) {
            if (ledger.answer(index) == Answer.ACCEPTED
                    && carriers.repeated(run.plan().firstUnit() + index, 1)) {
                count++;
            }
        }
        return count;
    }

    static Stage stage(final ProveContext context) {
        final Stage stage = new Stage(context);
        stage.setup()
                .durability("process")
                .tenant(Stage.TENANT, Stage.UNLIMITED)
                .route("*,,,alpha");
        final Faults faults = Faults.none()
                .with("receipt-delay", "20ms..200ms")
                .with("receipt-retry", "200ms")
                .with("answer-delay", "exp:5ms")
                .with("answer-missing", context.option("missing", "1"))
                .with("receipt-lost", "20")
                .with("disconnect-interval", context.option("disconnects", "700ms"));
        stage.carrier(
                "alpha",
                faults,
                4,
                List.of(
                        "tps: 10000000",
                        "burst: 100000",
                        "window: 200",
                        "responseTimeout: 1s",
                        "reconnect: {min: 50ms, max: 200ms}"),
                List.of(
                        "receipts: {timeout: 5s}",
                        "inDoubt:",
                        "  otp: {policy: fail, waitFor: 1s}",
                        "  transactional: {policy: wait-for-receipt, waitFor: 3s}",
                        "  bulk: {policy: resend, waitFor: 1s}"));
        return stage;
    }
}
