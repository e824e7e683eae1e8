package io.trunkline.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @ParameterizedTest
    @ValueSource(longs = {1_000, 7_300, 30_000, 50_000, 333_333, 1_000_000, 33_333_000, 100_000_000})
    void keepsTheRateWithinOnePercentHoweverOftenItIsAsked(final long rateMillis) {
        final TokenBucket bucket = new TokenBucket(rateMillis, 0, 0);
        long nowNs = 0;
        long taken = 0;
        final long endNs = 100 * SECOND;
        while (nowNs < endNs && taken < 2_000_000) {
            while (bucket.ready(nowNs)) {
                bucket.take(1, nowNs);
                taken++;
            }
            nowNs = bucket.readyAtNs(nowNs);
        }
        final double expected = rateMillis / 1000.0 * nowNs / SECOND;
        assertThat((double) taken - bucket.burst()).isCloseTo(expected, within(Math.max(1, expected * 0.01)));
    }

    @Test
    void everySecondIsWithinOnePercentAndOneSegmentForAPeerThatCounts() {
        final long seed = System.nanoTime();
        System.out.println("TokenBucketTest seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final int rate = 1000;
        final TokenBucket bucket = new TokenBucket(rate * 1000L, 0, 0);
        final long[] sent = new long[30_000];
        int count = 0;
        long nowNs = 0;
        while (count < sent.length) {
            while (count < sent.length && bucket.ready(nowNs)) {
                bucket.take(1, nowNs);
                sent[count++] = nowNs;
            }
            nowNs += random.nextLong(1, 5_000_000);
        }
        int last = 0;
        for (int first = 0; sent[first] + SECOND < sent[count - 1]; first++) {
            while (sent[last] - sent[first] < SECOND) {
                last++;
            }
            assertThat(last - first).isLessThanOrEqualTo(rate + rate / 100 + 1);
        }
        assertThat(count / (sent[count - 1] / (double) SECOND)).isCloseTo(rate, within(rate * 0.01));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100, 1_000, 20_000})
    void whoIsToldToWaitAndComesLateLosesNothingEvenWithoutABurst(final int rate) {
        final long seed = System.nanoTime();
        System.out.println("TokenBucketTest seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final TokenBucket bucket = new TokenBucket(rate * 1000L, 1, 0);
        final long latest = Math.max(5_000_000, SECOND / rate);
        long nowNs = 0;
        int taken = 0;
        while (nowNs < 30 * SECOND) {
            while (bucket.ready(nowNs)) {
                bucket.take(1, nowNs);
                taken++;
            }
            nowNs = bucket.readyAtNs(nowNs) + random.nextLong(1, latest);
        }
        assertThat(taken / (nowNs / (double) SECOND)).isCloseTo(rate, within(rate * 0.01));
        // Nobody waits: after a pause there is the burst and no more.
        nowNs += SECOND;
        assertThat(bucket.ready(nowNs)).isTrue();
        bucket.take(1, nowNs);
        nowNs += SECOND;
        assertThat(bucket.ready(nowNs)).isTrue();
        bucket.take(1, nowNs);
        assertThat(bucket.ready(nowNs)).isFalse();
    }

    @Test
    void oneSegmentEveryTenSeconds() {
        final TokenBucket bucket = new TokenBucket(100, 0, 0);
        assertThat(bucket.ready(0)).isTrue();
        bucket.take(1, 0);
        assertThat(bucket.readyAtNs(5 * SECOND)).isEqualTo(10 * SECOND);
        assertThat(bucket.ready(9_999_999_999L)).isFalse();
        assertThat(bucket.ready(10 * SECOND)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"100,0", "100000000,100000"})
    void aBucketLeftAloneForAYearIsFullAndNoMore(final long rateMillis, final int burst) {
        final TokenBucket bucket = new TokenBucket(rateMillis, burst, 0);
        final long later = TimeUnit.DAYS.toNanos(365);
        int taken = 0;
        while (bucket.ready(later)) {
            bucket.take(1, later);
            taken++;
        }
        assertThat(taken).isEqualTo(bucket.burst());
    }

    @Test
    void aMessageOfManySegmentsIsPaidForBeforeTheNextOne() {
        final TokenBucket bucket = new TokenBucket(10_000, 1, 0);
        bucket.take(5, 0);
        assertThat(bucket.readyAtNs(0)).isEqualTo(SECOND / 2);
    }

    @Test
    void aNewRateHoldsFromNowOn() {
        final TokenBucket bucket = new TokenBucket(1_000, 1, 0);
        bucket.take(1, 0);
        bucket.rate(10_000, SECOND / 2);
        assertThat(bucket.readyAtNs(SECOND / 2)).isEqualTo(SECOND / 2 + SECOND / 20);
        bucket.rate(TokenBucket.UNLIMITED, SECOND / 2);
        assertThat(bucket.ready(SECOND / 2)).isTrue();
    }

    @Test
    void aClockThatStandsOrGoesBackGivesNothing() {
        final TokenBucket bucket = new TokenBucket(1_000, 1, SECOND);
        bucket.take(1, SECOND);
        assertThat(bucket.ready(SECOND)).isFalse();
        assertThat(bucket.ready(0)).isFalse();
    }

    @Test
    void refusesWhatItCannotKeep() {
        assertThatThrownBy(() -> new TokenBucket(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenBucket(TokenBucket.MAX_RATE_MILLIS + 1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenBucket(1, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
