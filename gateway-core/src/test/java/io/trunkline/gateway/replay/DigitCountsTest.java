package io.trunkline.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.replay.DigitCounts.Prefix;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class DigitCountsTest {
    private final DigitCounts counts = new DigitCounts();
    private long unit;

    private void found(final String number) {
        counts.add(new UnsafeBuffer(number.getBytes(StandardCharsets.US_ASCII)), ++unit, Verdict.ROUTED);
    }

    private void missed(final String number) {
        counts.add(new UnsafeBuffer(number.getBytes(StandardCharsets.US_ASCII)), ++unit, Verdict.NO_ROW);
    }

    @Test
    void aPrefixBelowWhichNothingIsRoutedIsToldWithAllThatItsNumbersHaveInCommon() {
        found("447700900123");
        missed("34600111222");
        missed("34611333444");
        missed("34600555666");

        assertThat(counts.prefixes()).containsExactly(new Prefix("346", 3, 0, 2, 34600111222L, Verdict.NO_ROW));
    }

    @Test
    void prefixesGoAsDeepAsRoutedNumbersDemand() {
        found("447700900123");
        missed("447911123456");
        missed("44791299999");
        missed("33612345678");

        assertThat(counts.prefixes()).extracting(Prefix::digits).containsExactly("336123", "44791");
    }

    @Test
    void numbersThatDifferByMoreThanTheirDigitsAreToldTogetherWithThoseThatFindARoute() {
        found("447700900123");
        missed("447700900456");

        assertThat(counts.prefixes()).containsExactly(new Prefix("447700", 1, 1, 2, 447700900456L, Verdict.NO_ROW));
    }

    @Test
    void nothingIsToldWhereEverythingIsRouted() {
        found("447700900123");
        assertThat(counts.prefixes()).isEmpty();
    }

    @Test
    void everyUnitWithoutARouteIsInExactlyOnePrefix() {
        final long seed = System.nanoTime();
        System.out.println("DigitCountsTest: seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        long without = 0;
        for (int i = 0; i < 5_000; i++) {
            final String number = Long.toString(random.nextLong(10_000, 9_999_999));
            if (number.charAt(1) < '3' || random.nextInt(10) == 0) {
                missed(number);
                without++;
            } else {
                found(number);
            }
        }
        assertThat(counts.prefixes().stream().mapToLong(Prefix::units).sum()).isEqualTo(without);
        assertThat(counts.prefixes()).extracting(Prefix::digits).doesNotHaveDuplicates();
    }
}
