package io.trunkline.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.upstream.codec.CallEventEncoder;
import io.trunkline.upstream.codec.MessageHeaderEncoder;
import io.trunkline.upstream.codec.PingEncoder;
import io.trunkline.upstream.codec.RejectEncoder;
import java.nio.ByteOrder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameValidatorTest {
    private final FrameValidator validator = new FrameValidator(1024);
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer();

    @Test
    void describesAWholeFrame() {
        final int length = ping(3);
        assertThat(validator.check(buffer, 3, length)).isEqualTo(FrameOutcome.COMPLETE);
        assertThat(validator.frameLength()).isEqualTo(20);
        assertThat(validator.templateId()).isEqualTo(PingEncoder.TEMPLATE_ID);
        assertThat(validator.blockOffset()).isEqualTo(15);
        assertThat(validator.blockLength()).isEqualTo(8);
        assertThat(validator.version()).isEqualTo(PingEncoder.SCHEMA_VERSION);
    }

    @Test
    void waitsForEveryByteOfAFrame() {
        final int length = ping(0);
        for (int available = 0; available < length; available++) {
            assertThat(validator.check(buffer, 0, available)).isEqualTo(FrameOutcome.INCOMPLETE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, -1, Integer.MIN_VALUE})
    void refusesALengthThatHoldsNoHeader(final int length) {
        buffer.putInt(0, length, ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, 4)).isEqualTo(FrameOutcome.LENGTH_TOO_SMALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1025, Integer.MAX_VALUE})
    void refusesALengthOverTheLimitBeforeItsBytesCome(final int length) {
        buffer.putInt(0, length, ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, 4)).isEqualTo(FrameOutcome.LENGTH_TOO_LARGE);
    }

    @Test
    void refusesAnotherSchemaAndVersionZeroFromTheHeaderAlone() {
        ping(0);
        buffer.putShort(8, (short) 740, ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, 12)).isEqualTo(FrameOutcome.WRONG_SCHEMA);
        ping(0);
        buffer.putShort(10, (short) 0, ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, 12)).isEqualTo(FrameOutcome.WRONG_VERSION);
    }

    @Test
    void refusesABlockThatIsTooShortOrLeavesTheFrame() {
        final int length = ping(0);
        buffer.putShort(4, (short) 7, ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, length)).isEqualTo(FrameOutcome.BLOCK_TOO_SHORT);
        buffer.putShort(4, (short) 9, ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, length)).isEqualTo(FrameOutcome.BLOCK_OVERRUN);
    }

    @Test
    void refusesDataThatLeavesTheFrame() {
        final int length = reject("no");
        final int lengthOfText = 12 + RejectEncoder.BLOCK_LENGTH;
        assertThat(validator.check(buffer, 0, length)).isEqualTo(FrameOutcome.COMPLETE);
        buffer.putShort(lengthOfText, (short) 3, ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, length)).isEqualTo(FrameOutcome.DATA_OVERRUN);
        buffer.putShort(lengthOfText, (short) -1, ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, length)).isEqualTo(FrameOutcome.DATA_OVERRUN);
        buffer.putShort(lengthOfText, (short) 1, ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, length)).isEqualTo(FrameOutcome.TRAILING_BYTES);
        buffer.putInt(0, 8 + RejectEncoder.BLOCK_LENGTH + 1, ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, length)).isEqualTo(FrameOutcome.DATA_OVERRUN);
    }

    @Test
    void passesOverWhatANewerVersionAppended() {
        final int length = reject("no");
        buffer.putShort(12 + RejectEncoder.BLOCK_LENGTH, (short) 0, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(10, (short) (RejectEncoder.SCHEMA_VERSION + 1), ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, length)).isEqualTo(FrameOutcome.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 21, 65_535})
    void tellsAnUnknownTemplateFromAMalformedFrame(final int templateId) {
        final int length = ping(0);
        buffer.putShort(6, (short) templateId, ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, length - 1)).isEqualTo(FrameOutcome.INCOMPLETE);
        assertThat(validator.check(buffer, 0, length)).isEqualTo(FrameOutcome.UNKNOWN_TEMPLATE);
        assertThat(validator.frameLength()).isEqualTo(length);
    }

    @Test
    void knowsTheLayoutOfEveryMessage() {
        TestFrames.all().forEach((name, frame) -> {
            buffer.putBytes(0, frame);
            assertThat(validator.check(buffer, 0, frame.length)).as(name).isEqualTo(FrameOutcome.COMPLETE);
            // Exactly this block: one byte less is refused.
            final int blockLength = validator.blockLength();
            buffer.putShort(4, (short) (blockLength - 1), ByteOrder.LITTLE_ENDIAN);
            assertThat(validator.check(buffer, 0, frame.length)).as(name).isEqualTo(FrameOutcome.BLOCK_TOO_SHORT);
        });
    }

    /** Version 1 of CallEvent ends earlier; whoever says that he writes version 2 must write all of it. */
    @Test
    void takesACallEventForWhatItsVersionSays() {
        final int length = firstCallEvent();
        assertThat(validator.check(buffer, 0, length)).isEqualTo(FrameOutcome.COMPLETE);
        buffer.putShort(10, (short) 2, ByteOrder.LITTLE_ENDIAN);
        assertThat(validator.check(buffer, 0, length)).isEqualTo(FrameOutcome.BLOCK_TOO_SHORT);
    }

    private int firstCallEvent() {
        final int block = 43;
        buffer.setMemory(0, 128, (byte) 0);
        new MessageHeaderEncoder()
                .wrap(buffer, 4)
                .blockLength(block)
                .templateId(CallEventEncoder.TEMPLATE_ID)
                .schemaId(CallEventEncoder.SCHEMA_ID)
                .version(1);
        return prefix(0, block + Short.BYTES);
    }

    private int ping(final int offset) {
        final PingEncoder ping = new PingEncoder();
        ping.wrapAndApplyHeader(buffer, offset + 4, new MessageHeaderEncoder()).nonce(7);
        return prefix(offset, ping.encodedLength());
    }

    private int reject(final String text) {
        final RejectEncoder reject = new RejectEncoder();
        reject.wrapAndApplyHeader(buffer, 4, new MessageHeaderEncoder())
                .code(1002)
                .retryAfterMs(0)
                .text(text);
        return prefix(0, reject.encodedLength());
    }

    private int prefix(final int offset, final int encodedLength) {
        buffer.putInt(offset, 8 + encodedLength, ByteOrder.LITTLE_ENDIAN);
        return 12 + encodedLength;
    }
}
