package io.trunkline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BencodeTest {
    private static Map<String, Object> read(final String text) {
        return read(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Map<String, Object> read(final byte[] octets) {
        return Bencode.read(new UnsafeBuffer(octets), 0, octets.length);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        final Map<String, Object> dictionary = new TreeMap<>(Map.of(
                "command", "offer",
                "empty", "",
                "flags", List.of("a", List.of(), Map.of("x", -7L)),
                "octets", "\u00ff\u0000\r\n",
                "since", 1_234_567_890_123L));
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(8);
        final int length = Bencode.write(buffer, 3, dictionary) - 3;

        assertThat(buffer.getStringWithoutLengthAscii(3, 26)).isEqualTo("d7:command5:offer5:empty0:");
        assertThat(Bencode.read(buffer, 3, length)).isEqualTo(dictionary);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "d",
                "de1:x",
                "4:ping",
                "i42e",
                "d1:a",
                "d1:ae",
                "di1e1:ae",
                "d1:ai1",
                "d1:aie",
                "d1:ai-e",
                "d1:a5:xe",
                "d1:a99999999:xe",
                "d1:a-1:xe",
                "d1:al",
                "d1:alxee",
                "d1:axe",
                "d1:ai1234567890123456789ee"
            })
    void whatIsNoDictionaryIsNone(final String text) {
        assertThat(read(text)).isNull();
    }

    @Test
    void nestingHasItsLimit() {
        final int deep = Bencode.MAX_DEPTH - 1;
        assertThat(read("d1:a" + "l".repeat(deep) + "e".repeat(deep) + "e")).isNotNull();
        assertThat(read("d1:a" + "l".repeat(deep + 1) + "e".repeat(deep + 1) + "e"))
                .isNull();
        assertThat(read("d1:a" + "l".repeat(60_000))).isNull();
    }

    @Test
    void noOctetsMakeItThrow() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final byte[] genuine =
                "d3:sdp10:v=0\r\no=- x4:tagsl1:a1:be6:totalsd1:pi42eee".getBytes(StandardCharsets.US_ASCII);
        assertThat(read(genuine)).hasSize(3);
        for (int i = 0; i < 100_000; i++) {
            final byte[] octets = Arrays.copyOf(genuine, 1 + random.nextInt(genuine.length));
            for (int hits = random.nextInt(4); hits > 0; hits--) {
                octets[random.nextInt(octets.length)] = (byte) "0123456789deil:-x".charAt(random.nextInt(17));
            }
            final Map<String, Object> read = read(octets);
            assertThat(read == null || read.size() < 20).as("seed %d", seed).isTrue();
        }
    }
}
