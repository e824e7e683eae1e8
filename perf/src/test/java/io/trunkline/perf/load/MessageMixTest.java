package io.trunkline.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.perf.Marker;
import io.trunkline.perf.load.MessageMix.Alphabet;
import io.trunkline.perf.load.MessageMix.Band;
import io.trunkline.perf.load.MessageMix.Shape;
import io.trunkline.upstream.codec.MessageClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void drawsLengthsByTheirWeights() {
        final Shape plain = Shape.plain(2);
        final MessageMix mix = new MessageMix(new Shape(
                2,
                List.of(new Band(40, 50, 9), new Band(200, 300, 1)),
                plain.alphabets(),
                plain.classes(),
                plain.prefixes()));
        int lengthy = 0;
        for (long unit = 1; unit <= 10_000; unit++) {
            lengthy += mix.text(unit).length >= 200 ? 1 : 0;
        }
        assertThat(lengthy).isBetween(800, 1200);
    }

    @Test
    void takesRealMessagesFromACsv(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("messages.csv");
        Files.writeString(file, "to,text,class\n+4915112345678,\"Grüße, {marker}\",otp\n33612345678,plain,\n");
        final MessageMix mix = MessageMix.ofCsv(file, MessageClass.BULK);
        assertThat(new String(mix.text(2), StandardCharsets.UTF_8)).isEqualTo("Grüße, #00000000002");
        assertThat(new String(mix.destination(2), StandardCharsets.US_ASCII)).isEqualTo("4915112345678");
        assertThat(mix.messageClass(2)).isEqualTo(MessageClass.OTP);
        assertThat(new String(mix.text(3), StandardCharsets.UTF_8)).isEqualTo("plain");
        assertThat(mix.messageClass(3)).isEqualTo(MessageClass.BULK);
        Files.writeString(file, "to,text\n49151,x\nnobody,y\n");
        assertThatThrownBy(() -> MessageMix.ofCsv(file, MessageClass.BULK)).hasMessageContaining("messages.csv:3");
        Files.writeString(file, "to\n49151\n");
        assertThatThrownBy(() -> MessageMix.ofCsv(file, MessageClass.BULK)).hasMessageContaining("no column 'text'");
    }
}
