package io.trunkline.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndedUnitsTest {
    private final EndedUnits ended = new EndedUnits(4);
    private final UnitStatus status = new UnitStatus();

    @Test
    void knowsHowAUnitEndedAndOnlyItsTenantIsTold() {
        ended.add(1, 100, UnitState.UNDELIVERED, 27, 5_000);
        assertThat(ended.find(1, 100, 6_000, status)).isTrue();
        assertThat(status.state).isEqualTo(UnitState.UNDELIVERED);
        assertThat(status.rawCode).isEqualTo(27);
        assertThat(status.endedAtMs).isEqualTo(5_000);
        assertThat(ended.find(2, 100, 6_000, status)).isFalse();
        assertThat(ended.find(1, 101, 6_000, status)).isFalse();
    }

    @Test
    void forgetsTheOldestAndWhatIsTooLongAgo() {
        for (int unit = 1; unit <= 5; unit++) {
            ended.add(1, unit, UnitState.DELIVERED, 0, 5_000);
        }
        assertThat(ended.find(1, 1, 5_000, status)).isFalse();
        assertThat(ended.find(1, 2, 5_000, status)).isTrue();
        assertThat(ended.find(1, 2, 5_000 + EndedUnits.KEPT_MS, status)).isTrue();
        assertThat(ended.find(1, 2, 5_001 + EndedUnits.KEPT_MS, status)).isFalse();
    }
}
