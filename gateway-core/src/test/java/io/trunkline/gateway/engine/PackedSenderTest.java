package io.trunkline.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedSenderTest {
    @ParameterizedTest
    @CsvSource({
        "Trunkline, Trunkline",
        "1, 1",
        "12345678, 12345678",
        "+49170123456, +49170123456",
        "123456789012345, 123456789012345",
        // The + has no room beside fifteen digits.
        "+123456789012345, 123456789012345",
        "1234567890123456, ''",
        "'', ''",
        "\u00e4\u00f6\u00fc\u00ff, \u00e4\u00f6\u00fc\u00ff"
    })
    void comesBackAsItWas(final String sender, final String kept) {
        final UnsafeBuffer buffer = new UnsafeBuffer(("xx" + sender).getBytes(StandardCharsets.ISO_8859_1));
        final int length = buffer.capacity() - 2;
        final byte[] back = new byte[PackedSender.MAX_LENGTH];
        final int octets = PackedSender.unpack(
                PackedSender.hi(buffer, 2, length), PackedSender.lo(buffer, 2, length), new UnsafeBuffer(back), 0);
        assertThat(new String(back, 0, octets, StandardCharsets.ISO_8859_1)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"-1, -1", "0, 0"})
    void aRecordWithoutTheFieldHasNoSender(final long hi, final long lo) {
        assertThat(PackedSender.unpack(hi, lo, new UnsafeBuffer(new byte[15]), 0))
                .isZero();
    }
}
