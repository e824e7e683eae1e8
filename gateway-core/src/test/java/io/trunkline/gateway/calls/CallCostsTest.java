package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.InMemoryJournal;
import org.junit.jupiter.api.Test;

/** Costs by the minute, and what of them a restart leaves. */
class CallCostsTest {
    private static final int ACME = 3;
    private static final int GLOBEX = 4;
    private static final long MINUTE_MS = 60_000;
    private static final long START = 29_000_000 * MINUTE_MS;

    private InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private CallCosts costs = begin();

    private CallCosts begin() {
        final CallCosts fresh = new CallCosts(journal);
        journal.recover(false, fresh);
        journal.start();
        return fresh;
    }

    private void restart() {
        journal.publish();
        journal = journal.crash(Integer.MAX_VALUE);
        costs = begin();
    }

    @Test
    void anHourHasSixtyMinutes() {
        for (int minute = 0; minute < 60; minute++) {
            costs.add(ACME, 1, START + minute * MINUTE_MS);
        }
        assertThat(costs.ofLastHour(ACME, START + 59 * MINUTE_MS)).isEqualTo(60);
        assertThat(costs.ofLastHour(ACME, START + 60 * MINUTE_MS)).isEqualTo(59);
        assertThat(costs.ofLastHour(ACME, START + 90 * MINUTE_MS)).isEqualTo(29);
        costs.add(ACME, 5, START + 300 * MINUTE_MS);
        assertThat(costs.ofLastHour(ACME, START + 300 * MINUTE_MS)).isEqualTo(5);
        assertThat(costs.ofLastHour(GLOBEX, START)).isZero();
    }

    @Test
    void aCrashLosesWhatWasNotWrittenAndEachMinuteIsForgottenInItsTime() {
        costs.add(ACME, 7, START);
        costs.add(GLOBEX, 1, START);
        costs.write();
        costs.add(ACME, 10, START + 59_999);
        costs.add(ACME, 100, START + MINUTE_MS);
        costs.write();
        costs.add(ACME, 1_000, START + MINUTE_MS);
        restart();
        assertThat(costs.ofLastHour(ACME, START + 2 * MINUTE_MS)).isEqualTo(117);
        assertThat(costs.ofLastHour(GLOBEX, START + 2 * MINUTE_MS)).isEqualTo(1);
        assertThat(costs.ofLastHour(ACME, START + 60 * MINUTE_MS)).isEqualTo(100);
        assertThat(costs.ofLastHour(ACME, START + 61 * MINUTE_MS)).isZero();
    }

    @Test
    void nothingIsWrittenTwice() {
        costs.add(ACME, 7, START);
        costs.write();
        final long committed = journal.committed();
        costs.write();
        assertThat(journal.committed()).isEqualTo(committed);
    }

    @Test
    void whereTheJournalHasNoRoomItIsWrittenLater() {
        costs.add(ACME, 7, START);
        journal.storageLow(true);
        costs.write();
        journal.storageLow(false);
        costs.write();
        restart();
        assertThat(costs.ofLastHour(ACME, START)).isEqualTo(7);
    }

    @Test
    void aCheckpointHasTheWholeHourOfEveryTenant() {
        for (int tenant = 1; tenant <= 40; tenant++) {
            for (int minute = 0; minute < 90; minute += 2) {
                costs.add(tenant, tenant, START + minute * MINUTE_MS);
            }
        }
        boolean first = true;
        while (!costs.writeSnapshots(first, 16)) {
            first = false;
        }
        restart();
        for (int tenant = 1; tenant <= 40; tenant++) {
            assertThat(costs.ofLastHour(tenant, START + 89 * MINUTE_MS)).isEqualTo(30L * tenant);
        }
    }

    @Test
    void aClockThatWasSetBackGivesNothingBack() {
        costs.add(ACME, 7, START);
        costs.write();
        restart();
        final long earlier = START - 600 * MINUTE_MS;
        assertThat(costs.ofLastHour(ACME, earlier)).isEqualTo(7);
        costs.add(ACME, 1, earlier + MINUTE_MS);
        costs.write();
        restart();
        assertThat(costs.ofLastHour(ACME, earlier + 2 * MINUTE_MS)).isEqualTo(8);
        assertThat(costs.ofLastHour(ACME, earlier + 60 * MINUTE_MS)).isEqualTo(1);
        assertThat(costs.ofLastHour(ACME, earlier + 61 * MINUTE_MS)).isZero();
    }
}
