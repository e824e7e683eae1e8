package io.trunkline.gateway.billing;

import static io.trunkline.gateway.billing.BilledTraffic.ACME;
import static io.trunkline.gateway.billing.BilledTraffic.ALPHA;
import static io.trunkline.gateway.billing.BilledTraffic.BETA;
import static io.trunkline.gateway.billing.BilledTraffic.NEWS;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.calls.CallDirection;
import io.trunkline.gateway.calls.CallRig;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.routing.rates.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is owed for calls: from the answer on, by seconds as the rate counts them, and nothing for those that nobody answered. */
final class CallRatingTest {
    private static final int OUT = CallDirection.OUT.number();
    private static final int IN = CallDirection.IN.number();
    private static final int COMPLETED = 10;
    private static final int BUSY = 11;
    private static final String ATHENS = "306912345678";

    private static final String RATES = """
            kind,for,service,prefix,network,sender,currency,rate,from,to,version,connect,free,steps
            price,*,call,30,,,EUR,0.60,2026-01-01,,list-7,0.01,,30/6
            price,acme,call-in,30,,,EUR,0.06,2026-01-01,,acme-2,,10,60/60
            cost,alpha,call,*,,,EUR,0.30,2026-01-01,,alpha-1,,,
            fee,alpha,call,30,,,EUR,0.06,2026-01-01,,alpha-1,,,
            """;

    @TempDir
    private Path directory;

    private InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final BilledTraffic traffic = new BilledTraffic(journal);
    private BillingConfig billing;

    /** Amounts in millionths. */
    private record Owed(
            Service service,
            BillingOutcome outcome,
            long priceSeconds,
            long price,
            long costSeconds,
            long cost,
            long fee,
            boolean priceMissing,
            boolean costMissing) {}

    @BeforeEach
    void start() throws IOException {
        journal.start();
        traffic.named();
        billing = BilledDirectory.write(directory, RATES, "");
    }

    private List<Owed> owed() {
        final NamesByNumber names = new NamesByNumber();
        final Rater rater = new Rater(billing, names);
        final Rated rated = new Rated();
        final List<Owed> all = new ArrayList<>();
        final UnitFold fold = new UnitFold(names, facts -> {
            rater.rate(facts, rated);
            all.add(new Owed(
                    facts.service,
                    facts.outcome,
                    rated.priceSeconds,
                    rated.price,
                    rated.costSeconds,
                    rated.cost(0),
                    rated.fee(0),
                    rated.priceMissing,
                    rated.costMissing));
        });
        journal.newSource().read(1, Integer.MAX_VALUE, fold);
        return all;
    }

    @Test
    void anAnsweredCallIsPaidByItsSteps() {
        // 61.337 s are 62: half a minute, and six times six seconds. The carrier counts every second.
        traffic.call(ACME, ALPHA, OUT, ATHENS, COMPLETED, 61_337);
        assertThat(owed())
                .containsExactly(new Owed(
                        Service.CALL, BillingOutcome.COMPLETED, 66, 670_000, 62, 310_000, 62_000, false, false));
    }

    @Test
    void aCallThatNobodyAnsweredCostsNothingAndMissesNothing() {
        traffic.call(ACME, ALPHA, OUT, ATHENS, BUSY, -1);
        traffic.call(NEWS, BETA, OUT, "447700900123", BUSY, -1);
        assertThat(owed()).containsOnly(new Owed(Service.CALL, BillingOutcome.BUSY, 0, 0, 0, 0, 0, false, false));
    }

    @Test
    void aCallWithoutARateSaysSo() {
        traffic.call(NEWS, BETA, OUT, "447700900123", COMPLETED, 1);
        assertThat(owed()).containsExactly(new Owed(Service.CALL, BillingOutcome.COMPLETED, 0, 0, 0, 0, 0, true, true));
    }

    @Test
    void aCallFromTheNetworkIsPaidByTheNumbersDeckBehindItsFreeSeconds() {
        traffic.call(ACME, ALPHA, IN, ATHENS, COMPLETED, 10_000);
        traffic.call(ACME, ALPHA, IN, ATHENS, COMPLETED, 10_001);
        assertThat(owed())
                .extracting(Owed::priceSeconds, Owed::price)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0L, 0L), org.assertj.core.groups.Tuple.tuple(60L, 60_000L));
    }

    @Test
    void aCallThatTheDaemonDiedOnIsPaidUntilItWasLastSeenAndMarked() {
        final CallRig rig = new CallRig(Durability.PROCESS);
        new BilledTraffic(rig.journal).named();
        rig.pass(0);
        final long unit = rig.ledger.started(CallRig.start(ACME, CallDirection.OUT, 1), rig.clockMs);
        rig.ledger.attempted(unit, CallRig.target(ALPHA), rig.clockMs);
        rig.pass(2_000);
        rig.ledger.answered(unit, rig.clockMs);
        rig.pass(7_500);
        rig.ledger.started(CallRig.start(ACME, CallDirection.OUT, 2), rig.clockMs);
        rig.force();
        rig.crash(0, 3_600_000);
        rig.recovery.resume();
        rig.force();
        journal = rig.journal;
        assertThat(owed())
                .containsExactly(
                        new Owed(Service.CALL, BillingOutcome.UNKNOWN, 30, 310_000, 8, 40_000, 8_000, false, false),
                        new Owed(Service.CALL, BillingOutcome.UNKNOWN, 0, 0, 0, 0, 0, false, false));
    }
}
