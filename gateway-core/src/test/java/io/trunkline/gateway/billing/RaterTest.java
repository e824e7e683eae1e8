package io.trunkline.gateway.billing;

import static io.trunkline.gateway.billing.BilledTraffic.ACME;
import static io.trunkline.gateway.billing.BilledTraffic.ALPHA;
import static io.trunkline.gateway.billing.BilledTraffic.BETA;
import static io.trunkline.gateway.billing.BilledTraffic.NEWS;
import static io.trunkline.gateway.billing.BilledTraffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.routing.networks.MccMnc;
import io.trunkline.routing.rates.RateBook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is owed by what came of a message. */
final class RaterTest {
    private static final String UK = "447700900123";

    @TempDir
    private Path directory;

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final BilledTraffic traffic = new BilledTraffic(journal);
    private BillingConfig billing;

    /** Amounts of one message in millionths: price, then cost and fee by taker. */
    private record Owed(BillingOutcome outcome, int taken, long price, List<Long> costs, List<Long> fees) {}

    @BeforeEach
    void start() throws IOException {
        journal.start();
        traffic.named();
        billing = BilledDirectory.write(directory);
    }

    private List<Owed> owed() {
        final NamesByNumber names = new NamesByNumber();
        final Rater rater = new Rater(billing, names);
        final Rated rated = new Rated();
        final List<Owed> all = new ArrayList<>();
        journal.recover(false, new UnitFold(names, facts -> {
            rater.rate(facts, rated);
            final List<Long> costs = new ArrayList<>();
            final List<Long> fees = new ArrayList<>();
            for (int taker = 0; taker < Math.max(1, facts.takers()); taker++) {
                costs.add(rated.cost(taker));
                fees.add(rated.fee(taker));
            }
            all.add(new Owed(facts.outcome, facts.takenByAll(), rated.price, costs, fees));
        }));
        return all;
    }

    private Owed only() {
        final List<Owed> all = owed();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void aDeliveredMessageIsPaidBySegmentByTheTenantsOwnDeck() {
        traffic.delivered(ACME, ALPHA, UK, 3);
        assertThat(only())
                .isEqualTo(
                        new Owed(BillingOutcome.DELIVERED, 3, 3 * 35_000, List.of(3 * 21_000L), List.of(3 * 2_500L)));
    }

    @Test
    void aTenantWithoutADeckPaysTheListPriceOfTheLongestPrefix() {
        traffic.delivered(NEWS, BETA, UK, 1);
        traffic.delivered(NEWS, BETA, "34600000000", 1);
        assertThat(owed()).extracting(Owed::price).containsExactly(40_000L, 90_000L);
        assertThat(owed()).extracting(Owed::costs).containsOnly(List.of(30_000L));
    }

    @Test
    void theCostIsThatOfTheTimeAtWhichTheCarrierTookIt() {
        final long unit = traffic.accept(ACME, "ACME", UK, 1);
        traffic.at(NOON.plusSeconds(1800)).write(unit, ALPHA, 0, 0).taken(unit, ALPHA, 0, 0);
        traffic.close(unit, ACME, ALPHA, UnitState.DELIVERED, 0, 1, 1);
        assertThat(only().costs()).containsExactly(22_000L);
    }

    @Test
    void aRateOfTheNetworkThatWasJournaledCountsFirst() throws IOException {
        billing = BilledDirectory.write(
                directory, BilledDirectory.RATES + "cost,alpha,mt,*,234-15,,EUR,0.018,2026-01-01,,alpha-15\n", "");
        traffic.to(MccMnc.of("234-15")).delivered(ACME, ALPHA, UK, 1);
        traffic.to(MccMnc.of("234-10")).delivered(ACME, ALPHA, UK, 1);
        assertThat(owed()).extracting(Owed::costs).containsExactly(List.of(18_000L), List.of(21_000L));
    }

    @Test
    void whatNoCarrierTookCostsNothing() {
        final long failed = traffic.accept(ACME, "ACME", UK, 2);
        traffic.write(failed, ALPHA, 0, 0).refused(failed, ALPHA, 0);
        traffic.close(failed, ACME, ALPHA, UnitState.FAILED, ErrorCode.CARRIER_REFUSED.number(), 2, 0);
        final long expired = traffic.accept(ACME, "ACME", UK, 2);
        traffic.close(expired, ACME, ALPHA, UnitState.EXPIRED, ErrorCode.VALIDITY_EXPIRED.number(), 2, 0);
        final long cancelled = traffic.accept(ACME, "ACME", UK, 2);
        traffic.close(cancelled, ACME, ALPHA, UnitState.CANCELLED, ErrorCode.CANCELLED_BY_CLIENT.number(), 2, 0);
        assertThat(owed())
                .extracting(Owed::outcome)
                .containsExactly(BillingOutcome.FAILED, BillingOutcome.EXPIRED, BillingOutcome.CANCELLED);
        assertThat(owed()).allMatch(each -> each.price() == 0 && each.costs().equals(List.of(0L)));
    }

    @Test
    void anUndeliveredMessageHasCostWhatTheCarrierTook() {
        final long unit = traffic.accept(ACME, "ACME", UK, 2);
        traffic.write(unit, ALPHA, 0, 0)
                .taken(unit, ALPHA, 0, 0)
                .write(unit, ALPHA, 1, 0)
                .refused(unit, ALPHA, 1);
        traffic.close(unit, ACME, ALPHA, UnitState.UNDELIVERED, ErrorCode.CARRIER_REFUSED.number(), 2, 0);
        assertThat(only())
                .isEqualTo(new Owed(BillingOutcome.UNDELIVERED, 1, 35_000, List.of(21_000L), List.of(2_500L)));
    }

    @Test
    void aLostAnswerCountsAsWritten() {
        final long unit = traffic.accept(ACME, "ACME", UK, 1);
        traffic.write(unit, ALPHA, 0, 0).lost(unit, ALPHA, 0, 0);
        traffic.close(unit, ACME, ALPHA, UnitState.UNKNOWN, ErrorCode.IN_DOUBT_FAILED.number(), 1, 0);
        assertThat(only()).isEqualTo(new Owed(BillingOutcome.IN_DOUBT, 0, 35_000, List.of(21_000L), List.of(2_500L)));
    }

    @Test
    void aCopyCostsAgainAndIsNotPaidAgain() {
        final long unit = traffic.accept(ACME, "ACME", UK, 1);
        traffic.write(unit, ALPHA, 0, 0).lost(unit, ALPHA, 0, 0);
        traffic.write(unit, BETA, 0, 1).taken(unit, BETA, 0, 1);
        traffic.close(unit, ACME, BETA, UnitState.DELIVERED, 0, 1, 1);
        assertThat(only())
                .isEqualTo(new Owed(BillingOutcome.DELIVERED, 1, 35_000, List.of(0L, 30_000L), List.of(0L, 0L)));
    }

    @Test
    void aLateAnswerEndsTheDoubt() {
        final long late = traffic.accept(ACME, "ACME", UK, 1);
        traffic.write(late, ALPHA, 0, 0).lost(late, ALPHA, 0, 0).taken(late, ALPHA, 0, 0);
        traffic.close(late, ACME, ALPHA, UnitState.UNKNOWN, ErrorCode.RECEIPT_TIMEOUT.number(), 1, 0);
        final long receipted = traffic.accept(ACME, "ACME", UK, 1);
        traffic.write(receipted, ALPHA, 0, 0).lost(receipted, ALPHA, 0, 0).receipt(receipted, ALPHA, 0);
        traffic.close(receipted, ACME, ALPHA, UnitState.DELIVERED, 0, 1, 1);
        assertThat(owed()).extracting(Owed::taken).containsExactly(1, 1);
        assertThat(owed()).extracting(Owed::costs).containsOnly(List.of(21_000L));
    }

    @Test
    void aCarrierThatCutsTheMessageItselfTakesAllSegmentsInOne() {
        final long unit = traffic.accept(ACME, "ACME", UK, 4);
        traffic.writeWhole(unit, ALPHA).taken(unit, ALPHA, 0, 0);
        traffic.close(unit, ACME, ALPHA, UnitState.DELIVERED, 0, 4, 4);
        assertThat(only().costs()).containsExactly(4 * 21_000L);
    }

    @Test
    void oneSegmentThatWasTakenIsOneWhenTheOthersNeverLeft() {
        final long unit = traffic.accept(ACME, "ACME", UK, 4);
        traffic.write(unit, ALPHA, 0, 0).taken(unit, ALPHA, 0, 0);
        traffic.close(unit, ACME, ALPHA, UnitState.UNDELIVERED, ErrorCode.CARRIER_REFUSED.number(), 4, 0);
        assertThat(only())
                .isEqualTo(new Owed(BillingOutcome.UNDELIVERED, 1, 35_000, List.of(21_000L), List.of(2_500L)));
    }

    /** The first answer that is given up may end the message, before anything is said of the others. */
    @Test
    void segmentsThatLeftAndWereNeverAnsweredAreInDoubt() {
        final long unit = traffic.accept(ACME, "ACME", UK, 3);
        traffic.write(unit, ALPHA, 0, 0)
                .write(unit, ALPHA, 1, 0)
                .write(unit, ALPHA, 2, 0)
                .taken(unit, ALPHA, 2, 0)
                .lost(unit, ALPHA, 0, 0);
        traffic.close(unit, ACME, ALPHA, UnitState.UNKNOWN, ErrorCode.IN_DOUBT_FAILED.number(), 3, 0);
        assertThat(only())
                .isEqualTo(new Owed(BillingOutcome.IN_DOUBT, 1, 3 * 35_000, List.of(3 * 21_000L), List.of(3 * 2_500L)));
    }

    @Test
    void aReceiptThatComesInPlaceOfTheAnswerSaysThatItWasTaken() {
        final long unit = traffic.accept(ACME, "ACME", UK, 1);
        traffic.write(unit, ALPHA, 0, 0).receipt(unit, ALPHA, 0);
        traffic.close(unit, ACME, ALPHA, UnitState.DELIVERED, 0, 1, 1);
        final long answered = traffic.accept(ACME, "ACME", UK, 1);
        traffic.write(answered, ALPHA, 0, 0).receipt(answered, ALPHA, 0).taken(answered, ALPHA, 0, 0);
        traffic.close(answered, ACME, ALPHA, UnitState.DELIVERED, 0, 1, 1);
        assertThat(owed()).extracting(Owed::taken).containsExactly(1, 1);
    }

    @Test
    void aLateAnswerToTheFirstCopySaysNothingOfTheSecond() {
        final long unit = traffic.accept(ACME, "ACME", UK, 1);
        traffic.write(unit, ALPHA, 0, 0).lost(unit, ALPHA, 0, 0);
        traffic.write(unit, ALPHA, 0, 1).taken(unit, ALPHA, 0, 0);
        traffic.close(unit, ACME, ALPHA, UnitState.UNKNOWN, ErrorCode.IN_DOUBT_FAILED.number(), 1, 0);
        // One was taken, and of the other nobody knows: the carrier may charge for both, the tenant pays for one.
        assertThat(only())
                .isEqualTo(new Owed(BillingOutcome.IN_DOUBT, 1, 35_000, List.of(2 * 21_000L), List.of(2 * 2_500L)));
    }

    /** Attempts are counted for each carrier, so the copy at the other one has the same number. */
    @Test
    void theReceiptOfACopySaysNothingOfTheOneThatIsInDoubt() {
        final long elsewhere = traffic.accept(ACME, "ACME", UK, 1);
        traffic.write(elsewhere, ALPHA, 0, 0).lost(elsewhere, ALPHA, 0, 0);
        traffic.write(elsewhere, BETA, 0, 0).taken(elsewhere, BETA, 0, 0).receipt(elsewhere, BETA, 0);
        traffic.close(elsewhere, ACME, BETA, UnitState.DELIVERED, 0, 1, 1);
        final long again = traffic.accept(ACME, "ACME", UK, 1);
        traffic.write(again, ALPHA, 0, 0).lost(again, ALPHA, 0, 0);
        traffic.write(again, ALPHA, 0, 1).taken(again, ALPHA, 0, 1).receipt(again, ALPHA, 0);
        traffic.close(again, ACME, ALPHA, UnitState.DELIVERED, 0, 1, 1);
        assertThat(owed()).extracting(Owed::taken).containsExactly(1, 1);
        assertThat(owed()).extracting(Owed::costs).containsExactly(List.of(0L, 30_000L), List.of(21_000L));
    }

    @Test
    void aWholeMessageInOnePduWhoseAnswerWasLostIsInDoubtWithAllItsSegments() {
        final long unit = traffic.accept(ACME, "ACME", UK, 3);
        traffic.writeWhole(unit, ALPHA).lost(unit, ALPHA, 0, 0);
        traffic.close(unit, ACME, ALPHA, UnitState.UNKNOWN, ErrorCode.IN_DOUBT_FAILED.number(), 3, 0);
        assertThat(only())
                .isEqualTo(new Owed(BillingOutcome.IN_DOUBT, 0, 3 * 35_000, List.of(3 * 21_000L), List.of(3 * 2_500L)));
    }

    @Test
    void aMessageFromAHandsetIsPaidByTheOwnerOfTheNumber() {
        traffic.received(ACME, ALPHA, UK, "34911000000", 2);
        assertThat(only()).isEqualTo(new Owed(BillingOutcome.RECEIVED, 0, 2 * 5_000, List.of(2 * 1_000L), List.of(0L)));
    }

    @Test
    void theTableOfOutcomesIsConfigurationAndAnErrorMayChangeThePrice() throws IOException {
        billing = BilledDirectory.write(directory, BilledDirectory.RATES, """
                billable:
                  failed: {price: once, cost: none, fee: none}
                exceptions:
                  - {error: NO_CARRIER, price: none}
                """);
        final long refused = traffic.accept(ACME, "ACME", UK, 3);
        traffic.close(refused, ACME, ALPHA, UnitState.FAILED, ErrorCode.CARRIER_REFUSED.number(), 3, 0);
        final long nobody = traffic.accept(ACME, "ACME", UK, 3);
        traffic.close(nobody, ACME, ALPHA, UnitState.FAILED, ErrorCode.NO_CARRIER.number(), 3, 0);
        assertThat(owed()).extracting(Owed::price).containsExactly(35_000L, 0L);
    }

    @Test
    void whatHasNoRateIsToldAndNotTakenForFree() throws IOException {
        billing = BilledDirectory.write(directory, BilledDirectory.HEADER + "price,*,,34,,,EUR,1,2026-01-01,,v\n", "");
        traffic.delivered(ACME, ALPHA, UK, 1);
        final NamesByNumber names = new NamesByNumber();
        final Rater rater = new Rater(billing, names);
        final Rated rated = new Rated();
        journal.recover(false, new UnitFold(names, facts -> rater.rate(facts, rated)));
        assertThat(rated.priceMissing).isTrue();
        assertThat(rated.costMissing).isTrue();
        assertThat(rated.priceRow).isEqualTo(RateBook.NO_RATE);
    }

    @Test
    void unitsAreSharedAmongThreadsWithoutOneLeftOutOrCountedTwice() {
        for (int i = 0; i < 100; i++) {
            traffic.delivered(ACME, ALPHA, UK, 1);
        }
        long units = 0;
        for (int index = 0; index < 3; index++) {
            final List<Long> mine = new ArrayList<>();
            journal.recover(
                    false,
                    new UnitFold(new NamesByNumber(), new UnitFold.Share(index, 3), facts -> mine.add(facts.unit)));
            assertThat(mine.size()).isBetween(10, 60);
            units += mine.size();
        }
        assertThat(units).isEqualTo(100);
    }
}
