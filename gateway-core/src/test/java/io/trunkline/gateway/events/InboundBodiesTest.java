package io.trunkline.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.journal.seal.MasterKeys;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import io.trunkline.gateway.journal.seal.PeriodKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboundBodiesTest {
    private static final long UNIT = 9;

    @TempDir
    Path directory;

    private final InboundEvent event = new InboundEvent();

    private PeriodKeys keys(final long nowMs) {
        return PeriodKeys.open(
                directory.resolve("periods"), MasterKeys.NONE, new PeriodKeys.Settings(true, 1_000, 5_000), nowMs);
    }

    /** An event as it was read back: numbers as they are, the body enciphered. */
    private void read(final PeriodKeys keys) {
        final UnsafeBuffer record = new UnsafeBuffer("xx3069123+4915STOPyy".getBytes(StandardCharsets.US_ASCII));
        keys.cipher().apply(1, PeriodCipher.Use.INBOUND, UNIT, record, 14, 4);
        event.unitId = UNIT;
        event.buffer = record;
        event.fromOffset = 2;
        event.fromLength = 7;
        event.toOffset = 9;
        event.toLength = 5;
        event.bodyOffset = 14;
        event.bodyLength = 4;
    }

    private static String text(final DirectBuffer buffer, final int offset, final int length) {
        return buffer.getStringWithoutLengthAscii(offset, length);
    }

    @Test
    void aBodyIsReadableInItsTime() {
        try (PeriodKeys keys = keys(0)) {
            read(keys);
            assertThat(text(event.buffer, event.bodyOffset, event.bodyLength)).isNotEqualTo("STOP");
            new InboundBodies(keys.cipher()).open(event, 1);
            assertThat(text(event.buffer, event.fromOffset, event.fromLength)).isEqualTo("3069123");
            assertThat(text(event.buffer, event.toOffset, event.toLength)).isEqualTo("+4915");
            assertThat(text(event.buffer, event.bodyOffset, event.bodyLength)).isEqualTo("STOP");
        }
    }

    @Test
    void afterThatItIsEmpty() throws IOException {
        try (PeriodKeys keys = keys(0)) {
            read(keys);
            assertThat(keys.keep(600, Long.MAX_VALUE)).as("the next is made").isZero();
            assertThat(keys.keep(6_000, Long.MAX_VALUE)).isEqualTo(1);
            new InboundBodies(keys.cipher()).open(event, 1);
            assertThat(event.bodyLength).isZero();
            assertThat(text(event.buffer, event.fromOffset, event.fromLength)).isEqualTo("3069123");
        }
    }
}
