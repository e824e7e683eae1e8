package io.trunkline.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitIdsTest {
    private static final long NOW_MS = 1_795_000_000_000L;

    private final UnitIds ids = new UnitIds(3);

    @Test
    void growsThroughAStandingClockAnOverflowAndAStepBack() {
        long last = 0;
        for (int i = 0; i < 200_000; i++) {
            final long id = ids.next(i < 150_000 ? NOW_MS : NOW_MS - 3_600_000);
            assertThat(id).isGreaterThan(last);
            last = id;
        }
    }

    @Test
    void tellsWhenTheUnitWasAccepted() {
        assertThat(UnitIds.acceptedAtMs(ids.next(NOW_MS))).isEqualTo(NOW_MS);
    }

    @Test
    void neverGivesOutWhatTheJournalHolds() {
        final long seen = new UnitIds(3).next(NOW_MS + 1_000);
        ids.seen(seen);
        assertThat(ids.next(NOW_MS)).isGreaterThan(seen);
    }
}
