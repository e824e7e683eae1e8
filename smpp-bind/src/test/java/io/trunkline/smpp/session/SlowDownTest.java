package io.trunkline.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowDownTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final SlowDown.Settings SETTINGS = SlowDown.Settings.DEFAULT;

    @Test
    void aWindowFullOfRefusalsCountsOnce() {
        final SlowDown slowDown = new SlowDown(SETTINGS, 100_000, 0);
        for (int i = 0; i < 100; i++) {
            slowDown.onThrottled(i);
        }
        assertThat(slowDown.decreases()).isEqualTo(1);
        assertThat(slowDown.limitMillis()).isEqualTo(50_000);
        assertThat(slowDown.slowed()).isTrue();
    }

    @Test
    void nothingIsSentForAMomentAfterARefusal() {
        final SlowDown slowDown = new SlowDown(SETTINGS, 100_000, 0);
        slowDown.onThrottled(SECOND);
        assertThat(slowDown.holding(SECOND)).isTrue();
        assertThat(slowDown.holding(slowDown.holdUntilNs())).isFalse();
    }

    @Test
    void throttledForEverItStaysAtTheFloor() {
        final SlowDown slowDown = new SlowDown(SETTINGS, 100_000, 0);
        for (int second = 0; second < 1000; second++) {
            slowDown.onThrottled(second * SECOND);
        }
        assertThat(slowDown.limitMillis()).isEqualTo(SETTINGS.floorMillis());
    }

    @Test
    void aContractBelowTheFloorIsNotSpedUp() {
        final SlowDown slowDown = new SlowDown(SETTINGS, 100, 0);
        slowDown.onThrottled(0);
        assertThat(slowDown.limitMillis()).isLessThanOrEqualTo(100);
    }

    @Test
    void recoversByStepsToTheContractAndNotBeyond() {
        final SlowDown slowDown = new SlowDown(SETTINGS, 100_000, 0);
        slowDown.onThrottled(0);
        assertThat(slowDown.onTick(SECOND - 1)).isFalse();
        assertThat(slowDown.onTick(SECOND)).isTrue();
        assertThat(slowDown.limitMillis()).isEqualTo(60_000);
        long before = slowDown.limitMillis();
        for (int second = 2; second < 20; second++) {
            slowDown.onTick(second * SECOND);
            assertThat(slowDown.limitMillis()).isBetween(before, 100_000L);
            before = slowDown.limitMillis();
        }
        assertThat(slowDown.slowed()).isFalse();
    }

    @Test
    void aBindWithoutARateIsCutFromWhatItSendsAndFreedWellAbove() {
        final SlowDown slowDown = new SlowDown(SETTINGS, TokenBucket.UNLIMITED, 0);
        for (int i = 0; i < 400; i++) {
            slowDown.sent(1, i * SECOND / 400);
        }
        slowDown.sent(1, SECOND);
        slowDown.onThrottled(SECOND);
        assertThat(slowDown.limitMillis()).isBetween(150_000L, 250_000L);
        for (int second = 2; second < 60; second++) {
            slowDown.onTick(second * SECOND);
        }
        assertThat(slowDown.limitMillis()).isEqualTo(TokenBucket.UNLIMITED);
    }

    @Test
    void congestionSlowsByDegrees() {
        final SlowDown slowDown = new SlowDown(SETTINGS, 100_000, 0);
        assertThat(slowDown.onCongestion(-1, 0)).isFalse();
        assertThat(slowDown.onCongestion(79, 0)).isFalse();
        assertThat(slowDown.onCongestion(80, 0)).isTrue();
        assertThat(slowDown.limitMillis()).isEqualTo(88_000);
        assertThat(slowDown.holding(0)).isFalse();
        assertThat(slowDown.onCongestion(100, SECOND)).isTrue();
        assertThat(slowDown.limitMillis()).isLessThan(70_000);
    }
}
