package io.trunkline.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Backoff.Settings SETTINGS = Backoff.Settings.DEFAULT;

    @Test
    void pausesGrowToTheCapAndNeverFallBelowTheFloor() {
        final Backoff backoff = new Backoff(SETTINGS, random("grow"));
        long longest = 0;
        for (int i = 0; i < 1000; i++) {
            final long pause = backoff.onFailure(Backoff.Failure.ORDINARY);
            assertThat(pause).isBetween(SETTINGS.floorNs(), SETTINGS.capNs());
            longest = Math.max(longest, pause);
        }
        assertThat(longest).isGreaterThan(SETTINGS.capNs() / 2);
        assertThat(backoff.failures()).isEqualTo(1000);
    }

    @Test
    void aHundredBindsThatFellTogetherComeBackSpreadOut() {
        final SplittableRandom random = random("spread");
        final int binds = 100;
        final long[] attempts = new long[binds * 5];
        for (int bind = 0; bind < binds; bind++) {
            final Backoff backoff = new Backoff(SETTINGS, random.split());
            long at = 0;
            for (int i = 0; i < 5; i++) {
                at += backoff.onFailure(Backoff.Failure.ORDINARY);
                attempts[bind * 5 + i] = at;
            }
        }
        Arrays.sort(attempts);
        int busiest = 0;
        int from = 0;
        for (int to = 0; to < attempts.length; to++) {
            while (attempts[to] - attempts[from] > TimeUnit.MILLISECONDS.toNanos(100)) {
                from++;
            }
            busiest = Math.max(busiest, to - from + 1);
        }
        // Without jitter all hundred would come in the same instant.
        assertThat(busiest).isLessThan(25);
    }

    @Test
    void refusedCredentialsWaitFarLonger() {
        final Backoff backoff = new Backoff(SETTINGS, random("credentials"));
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.onFailure(Backoff.Failure.CREDENTIALS))
                    .isBetween(SETTINGS.authFloorNs(), SETTINGS.authCapNs());
        }
        assertThat(backoff.onFailure(Backoff.Failure.ORDINARY)).isLessThanOrEqualTo(SETTINGS.capNs());
    }

    @Test
    void quirk37_alreadyBoundWaitsForThePeerToForgetTheOldBind() {
        final Backoff backoff = new Backoff(SETTINGS, random("already bound"));
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.onFailure(Backoff.Failure.ALREADY_BOUND))
                    .isBetween(SETTINGS.alreadyBoundFloorNs(), SETTINGS.authCapNs());
        }
    }

    @Test
    void onlyABindThatHeldMakesFailuresForgotten() {
        final Backoff backoff = new Backoff(SETTINGS, random("held"));
        for (int i = 0; i < 20; i++) {
            final long pause = backoff.onFailure(Backoff.Failure.ORDINARY);
            assertThat(pause).isPositive();
        }
        backoff.onHeld(SETTINGS.steadyNs() - 1);
        assertThat(backoff.failures()).isEqualTo(20);
        backoff.onHeld(SETTINGS.steadyNs());
        assertThat(backoff.failures()).isZero();
        assertThat(backoff.onFailure(Backoff.Failure.ORDINARY)).isLessThanOrEqualTo(3 * SETTINGS.floorNs());
    }

    private static SplittableRandom random(final String what) {
        final long seed = System.nanoTime();
        System.out.println("BackoffTest " + what + " seed " + seed);
        return new SplittableRandom(seed);
    }
}
