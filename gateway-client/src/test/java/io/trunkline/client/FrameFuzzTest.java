package io.trunkline.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Whatever comes, the validator never throws, and what it lets through can be read to the last field. */
class FrameFuzzTest {
    private static final int LIMIT = 4096;

    @Test
    void letsThroughOnlyWhatCanBeReadToTheLastField() {
        final long seed = System.nanoTime();
        System.out.println("FrameFuzzTest seed " + seed);
        final Random random = new Random(seed);
        final List<byte[]> frames = new ArrayList<>(TestFrames.all().values());
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            final byte[] frame = damage(frames.get(random.nextInt(frames.size())), random);
            if (checkAndRead(frame)) {
                accepted++;
            } else {
                refused++;
            }
        }
        // A fuzzer that only ever meets one of both proves nothing.
        assertThat(accepted).isGreaterThan(5_000);
        assertThat(refused).isGreaterThan(5_000);
    }

    @FuzzTest
    void survivesAnyBytes(final byte[] bytes) {
        checkAndRead(bytes);
        final Frames whole = new Frames();
        whole.feed(bytes, bytes.length);
        final Frames bytewise = new Frames();
        bytewise.feed(bytes, 1);
        assertThat(bytewise.seen).isEqualTo(whole.seen);
    }

    @Test
    void readsTheSameFramesHoweverTheStreamIsCut() {
        final long seed = System.nanoTime();
        System.out.println("FrameFuzzTest seed " + seed);
        final Random random = new Random(seed);
        final List<byte[]> frames = new ArrayList<>(TestFrames.all().values());
        for (int round = 0; round < 60; round++) {
            final ByteBuf stream = Unpooled.buffer();
            for (int i = random.nextInt(40); i >= 0; i--) {
                final byte[] frame = frames.get(random.nextInt(frames.size()));
                stream.writeBytes(random.nextInt(60) == 0 ? damage(frame, random) : frame);
            }
            final byte[] bytes = new byte[stream.readableBytes()];
            stream.readBytes(bytes);
            final Frames whole = new Frames();
            whole.feed(bytes, bytes.length);
            final Frames cut = new Frames();
            cut.feed(bytes, 1 + random.nextInt(200));
            assertThat(cut.seen).isEqualTo(whole.seen);
        }
    }

    private static byte[] damage(final byte[] frame, final Random random) {
        final byte[] damaged = frame.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            final int index = random.nextInt(3) == 0 ? random.nextInt(12) : random.nextInt(damaged.length);
            damaged[index] = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> -1;
                case 2 -> (byte) (damaged[index] + 1);
                default -> (byte) random.nextInt();
            };
        }
        return damaged;
    }

    /** The buffer ends where the frame does, so that reading beyond it throws. */
    private static boolean checkAndRead(final byte[] bytes) {
        final FrameValidator validator = new FrameValidator(LIMIT);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        if (validator.check(buffer, 0, bytes.length) != FrameOutcome.COMPLETE) {
            return false;
        }
        final UnsafeBuffer exact = new UnsafeBuffer(bytes, 0, validator.frameLength());
        assertThat(TestFrames.describe(
                        validator.templateId(),
                        exact,
                        validator.blockOffset(),
                        validator.blockLength(),
                        validator.version()))
                .isNotEmpty();
        return true;
    }

    /** Feeds a reader in pieces and writes down what it makes of them. */
    private static final class Frames implements FrameReader.Handler {
        private final List<String> seen = new ArrayList<>();

        void feed(final byte[] bytes, final int piece) {
            final FrameReader reader = new FrameReader(new FrameValidator(LIMIT), this);
            for (int at = 0; at < bytes.length; at += piece) {
                final ByteBuf received = ByteBufAllocator.DEFAULT.directBuffer();
                received.writeBytes(bytes, at, Math.min(piece, bytes.length - at));
                reader.read(received, ByteBufAllocator.DEFAULT);
                received.release();
            }
            reader.close();
        }

        @Override
        public boolean onFrame(
                final int templateId,
                final DirectBuffer buffer,
                final int blockOffset,
                final int blockLength,
                final int version) {
            seen.add(TestFrames.describe(templateId, buffer, blockOffset, blockLength, version));
            return true;
        }

        @Override
        public boolean onUnknownFrame(final int templateId) {
            seen.add("unknown " + templateId);
            return true;
        }

        @Override
        public void onMalformed(final FrameOutcome outcome) {
            seen.add("malformed " + outcome);
        }
    }
}
