package io.trunkline.perf.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.perf.load.LedgerScript;
import io.trunkline.perf.sim.CarrierScript;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a gateway could cheat or fail is put before the judge, who must see it. */
class JudgeTest {
    private static final int DELIVERED = 10;
    private static final int UNDELIVERED = 11;

    @TempDir
    Path directory;

    private CarrierScript carrier;
    private final JournalView view = new JournalView();
    private final JournalScript journal = new JournalScript(view);
    private final LedgerScript ledger = new LedgerScript();

    @BeforeEach
    void open() {
        carrier = new CarrierScript(directory.resolve("carrier.log"));
    }

    private ClaimResult verdict() {
        carrier.close();
        final ClaimResult result = new ClaimResult();
        new Judge(new CarrierView(List.of(directory.resolve("carrier.log"))), view)
                .hear(1, ledger.ledger())
                .verdict(result);
        return result;
    }

    private void honest(final long unit) {
        ledger.accepted(unit).state(unit, DELIVERED);
        journal.accepted(unit).closed(unit, DELIVERED, false);
        carrier.taken(unit).delivered(unit);
    }

    @Test
    void findsNothingWhereAllIsWell() {
        honest(1);
        honest(2);
        final ClaimResult result = verdict();
        assertThat(result.violations()).isEmpty();
        assertThat(result.line()).contains("acknowledged=2").contains("lost=0 sentTwiceUnmarked=0 stuck=0");
    }

    @Test
    void seesAnAcknowledgedUnitThatTheJournalLacks() {
        honest(1);
        ledger.accepted(2).state(2, DELIVERED);
        carrier.taken(2).delivered(2);
        assertThat(verdict().line()).contains("lost=1");
    }

    @Test
    void seesADeliveryThatNoCarrierKnowsOf() {
        honest(1);
        ledger.accepted(2).state(2, DELIVERED);
        journal.accepted(2).closed(2, DELIVERED, false);
        assertThat(verdict().line()).contains("lost=1");
    }

    @Test
    void seesASecondCopyThatNobodyOwnedUpTo() {
        honest(1);
        carrier.taken(1);
        assertThat(verdict().line()).contains("sentTwiceUnmarked=1");
    }

    @Test
    void seesASecondCopyAfterOneThatWasNotAnswered() {
        ledger.accepted(1).state(1, DELIVERED);
        journal.accepted(1).closed(1, DELIVERED, false);
        carrier.unanswered(1).taken(1).delivered(1);
        assertThat(verdict().line()).contains("sentTwiceUnmarked=1");
    }

    @Test
    void allowsASecondCopyAfterARefusal() {
        ledger.accepted(1).state(1, DELIVERED);
        journal.accepted(1).closed(1, DELIVERED, false);
        carrier.refused(1).taken(1).delivered(1);
        assertThat(verdict().violations()).isEmpty();
    }

    @Test
    void allowsACopyAtOneCarrierAfterARefusalOfTheOtherWhicheverLogComesFirst() {
        assertThat(ofTwoCarriers(1_000, 2_000).violations()).isEmpty();
    }

    @Test
    void seesACopyAtOneCarrierAfterOneThatTheOtherTook() {
        assertThat(ofTwoCarriers(3_000, 2_000).line()).contains("sentTwiceUnmarked=1");
    }

    /** A carrier whose log is read last refuses at one time, the other takes at another. */
    private ClaimResult ofTwoCarriers(final long refusedNs, final long takenNs) {
        ledger.accepted(1).state(1, DELIVERED);
        journal.accepted(1).closed(1, DELIVERED, false);
        carrier.turn(takenNs).taken(1).delivered(1).close();
        final Path second = directory.resolve("second.log");
        try (CarrierScript other = new CarrierScript(second)) {
            other.turn(refusedNs).refused(1);
        }
        final ClaimResult result = new ClaimResult();
        new Judge(new CarrierView(List.of(directory.resolve("carrier.log"), second)), view)
                .hear(1, ledger.ledger())
                .verdict(result);
        return result;
    }

    @Test
    void allowsASecondCopyThatIsMarked() {
        honest(1);
        carrier.taken(1);
        journal.writtenAsPossibleDuplicate(1);
        final ClaimResult result = verdict();
        assertThat(result.violations()).isEmpty();
        assertThat(result.line()).contains("sentTwiceMarked=1").contains("sentTwiceUnmarked=0");
    }

    @Test
    void seesAUnitWithoutALastWord() {
        honest(1);
        ledger.accepted(2);
        journal.accepted(2);
        carrier.taken(2);
        assertThat(verdict().line()).contains("stuck=1");
    }

    @Test
    void seesWhereStatusAndJournalDisagree() {
        ledger.accepted(1).state(1, DELIVERED);
        journal.accepted(1).closed(1, UNDELIVERED, false);
        carrier.taken(1).delivered(1);
        assertThat(verdict().violations()).anyMatch(each -> each.contains("disagree"));
    }

    @Test
    void seesTwoLastWords() {
        honest(1);
        ledger.state(1, UNDELIVERED);
        assertThat(verdict().violations()).anyMatch(each -> each.contains("two different last words"));
    }

    @Test
    void seesARefusedUnitThatWasSent() {
        honest(1);
        ledger.refused(2);
        carrier.taken(2);
        assertThat(verdict().violations()).anyMatch(each -> each.contains("refused units were sent"));
    }

    @Test
    void seesAReferenceThatWasAcceptedTwice() {
        honest(1);
        journal.accepted(1);
        assertThat(verdict().violations()).anyMatch(each -> each.contains("accepted twice"));
    }

    @Test
    void showsNothingWhereNothingWasAcknowledged() {
        assertThat(verdict().holds()).isFalse();
    }
}
