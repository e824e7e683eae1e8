package io.trunkline.routing.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class NumberRangesTest {
    private static final int RED = MccMnc.of("234-10");
    private static final int BLUE = MccMnc.of("234-15");

    private static int network(final NumberRanges ranges, final String number) {
        return ranges.network(new UnsafeBuffer(("+" + number).getBytes(StandardCharsets.US_ASCII)), 1, number.length());
    }

    @Test
    void aRangeHasAllThatBeginsLikeOneOfItsNumbers() {
        final NumberRanges ranges =
                NumberRanges.builder().add("44770", "44774", RED, "a:1").build();
        assertThat(network(ranges, "44770")).isEqualTo(RED);
        assertThat(network(ranges, "447749999999")).isEqualTo(RED);
        assertThat(network(ranges, "44774" + "9".repeat(13))).isEqualTo(RED);
        assertThat(network(ranges, "44774" + "9".repeat(15))).isEqualTo(RED);
        for (final String other : List.of("", "4477", "44769", "4476999999", "44775", "4477500000", "+44770", "ACME")) {
            assertThat(network(ranges, other)).as(other).isEqualTo(MccMnc.UNKNOWN);
        }
        assertThat(network(NumberRanges.EMPTY, "44770")).isEqualTo(MccMnc.UNKNOWN);
    }

    @Test
    void theInnerRangeCountsAndAroundItTheOuter() {
        final NumberRanges ranges = NumberRanges.builder()
                .add("447700", "447709", BLUE, "a:2")
                .add("44", "44", RED, "a:1")
                .add("447705", "447705", MccMnc.UNKNOWN, "a:3")
                .build();
        assertThat(network(ranges, "446")).isEqualTo(RED);
        assertThat(network(ranges, "44")).isEqualTo(RED);
        assertThat(network(ranges, "4477")).isEqualTo(RED);
        assertThat(network(ranges, "447700")).isEqualTo(BLUE);
        assertThat(network(ranges, "4477041")).isEqualTo(BLUE);
        assertThat(network(ranges, "4477051")).isEqualTo(MccMnc.UNKNOWN);
        assertThat(network(ranges, "4477061")).isEqualTo(BLUE);
        assertThat(network(ranges, "44771")).isEqualTo(RED);
        assertThat(network(ranges, "45")).isEqualTo(MccMnc.UNKNOWN);
        assertThat(ranges.size()).isEqualTo(3);
    }

    @Test
    void rangesThatOverlapAreRefusedWithBothPlaces() {
        final NumberRanges.Builder builder =
                NumberRanges.builder().add("100", "150", RED, "a:1").add("140", "160", BLUE, "a:2");
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage("a:2 and a:1 overlap");
        final NumberRanges.Builder twice =
                NumberRanges.builder().add("100", "150", RED, "a:1").add("100", "150", RED, "a:2");
        assertThatIllegalArgumentException().isThrownBy(twice::build).withMessageContaining("overlap");
    }

    @Test
    void whatIsNoRangeIsRefused() {
        final NumberRanges.Builder builder = NumberRanges.builder();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add("", "", RED, "a:1"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add("1", "10", RED, "a:1"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add("2", "1", RED, "a:1"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add("+1", "+2", RED, "a:1"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add("1", "2", 1, "a:1"));
        final String long19 = "1".repeat(19);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(long19, long19, RED, "a:1"));
    }

    private record Range(String from, String to, int network) {
        boolean has(final String number) {
            return number.length() >= from.length()
                    && number.substring(0, from.length()).compareTo(from) >= 0
                    && number.substring(0, to.length()).compareTo(to) <= 0;
        }

        long width() {
            long width = Long.parseLong(to) - Long.parseLong(from) + 1;
            for (int i = from.length(); i < 12; i++) {
                width *= 10;
            }
            return width;
        }
    }

    @Test
    void answersLikeOneWhoLooksAtAllRanges() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("NumberRangesTest: -Dtrunkline.seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 5; round++) {
            final List<Range> ranges = new ArrayList<>();
            nest(random, "4", 0, ranges);
            final NumberRanges.Builder builder = NumberRanges.builder();
            final List<Range> shuffled = new ArrayList<>(ranges);
            while (!shuffled.isEmpty()) {
                final Range range = shuffled.remove(random.nextInt(shuffled.size()));
                builder.add(range.from, range.to, range.network, "test");
            }
            final NumberRanges table = builder.build();
            for (int i = 0; i < 2000; i++) {
                final StringBuilder number = new StringBuilder(random.nextInt(20) == 0 ? "" : "4");
                for (int digits = random.nextInt(8); digits > 0; digits--) {
                    number.append((char) ('0' + random.nextInt(10)));
                }
                final int expected = ranges.stream()
                        .filter(range -> range.has(number.toString()))
                        .min(Comparator.comparingLong(Range::width).thenComparing(range -> -range.from.length()))
                        .map(Range::network)
                        .orElse(MccMnc.UNKNOWN);
                assertThat(network(table, number.toString()))
                        .as("seed %d, number %s", seed, number)
                        .isEqualTo(expected);
            }
        }
    }

    /** Some of the ten continuations of a prefix become ranges, single ones with others inside. */
    private static void nest(
            final SplittableRandom random, final String prefix, final int depth, final List<Range> ranges) {
        for (int digit = 0; digit < 10; digit++) {
            final int kind = random.nextInt(4);
            final int network = MccMnc.of("234-" + random.nextInt(10, 99));
            if (kind == 0) {
                final int last = random.nextInt(digit, 10);
                if (last > digit) {
                    ranges.add(new Range(prefix + digit, prefix + last, network));
                    digit = last;
                }
            } else if (kind == 1) {
                ranges.add(new Range(prefix + digit, prefix + digit, network));
                if (depth < 4) {
                    nest(random, prefix + digit, depth + 1, ranges);
                }
            }
        }
    }
}
