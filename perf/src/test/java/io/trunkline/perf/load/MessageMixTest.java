package io.trunkline.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.perf.Marker;
import io.trunkline.perf.load.MessageMix.Alphabet;
import io.trunkline.perf.load.MessageMix.Shape;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MessageMixTest {
    @Test
    void sendsTheSameForTheSameUnitAndSeed() {
        final MessageMix one = new MessageMix(Shape.plain(7));
        final MessageMix other = new MessageMix(Shape.plain(7));
        for (long unit = 1; unit < 5000; unit += 37) {
            assertThat(one.text(unit)).isEqualTo(other.text(unit));
            assertThat(one.destination(unit)).isEqualTo(other.destination(unit));
        }
        assertThat(new MessageMix(Shape.plain(8)).text(1)).isNotEqualTo(one.text(1));
    }

    @Test
    void keepsToTheLengthsAndToTheNumber() {
        final MessageMix mix = new MessageMix(Shape.plain(3).ofLength(40, 140));
        for (long unit = 1; unit < 5000; unit++) {
            assertThat(new String(mix.text(unit), StandardCharsets.UTF_8).length())
                    .isBetween(40, 140);
            final String to = new String(mix.destination(unit), StandardCharsets.US_ASCII);
            assertThat(to).startsWith("49151").hasSize(12).containsOnlyDigits();
        }
    }

    /** Wherever a carrier's 66 or more characters begin, they hold the marker of the unit. */
    @Test
    void putsAWholeMarkerIntoEverySegment() {
        final MessageMix mix = new MessageMix(Shape.plain(5)
                .ofLength(300, 400)
                .withAlphabets(Alphabet.CYRILLIC, Alphabet.ARABIC, Alphabet.CJK, Alphabet.LATIN));
        for (long unit = 90_000; unit < 90_040; unit++) {
            final String text = new String(mix.text(unit), StandardCharsets.UTF_8);
            for (int start = 0; start + 66 <= text.length(); start++) {
                final UnsafeBuffer wide =
                        new UnsafeBuffer(text.substring(start, start + 66).getBytes(StandardCharsets.UTF_16BE));
                assertThat(Marker.find(wide, 0, wide.capacity(), true)).isEqualTo(unit);
            }
        }
    }

    @Test
    void takesTheFirstPrefixMostOften() {
        final MessageMix mix = new MessageMix(Shape.plain(1).toPrefixes("491", "336", "447", "346"));
        int first = 0;
        for (long unit = 1; unit <= 10_000; unit++) {
            first += mix.destination(unit)[0] == '4' && mix.destination(unit)[1] == '9' ? 1 : 0;
        }
        // Zipf over four: 1 / (1 + 1/2 + 1/3 + 1/4) = 48 %.
        assertThat(first).isBetween(4300, 5300);
    }
}
