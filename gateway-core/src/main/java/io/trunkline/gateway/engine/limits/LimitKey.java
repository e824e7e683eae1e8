package io.trunkline.gateway.engine.limits;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a limit tells units apart by, as a hash of 128 bits: two keys share one only by an accident that a million keys
 * meet once in 10^26 times. Checkpoints keep it, so what goes in and how never changes.
 */
final class LimitKey {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final long OTHER = 0xC2B2_AE3D_27D4_EB4FL;

    long hi;
    long lo;

    /** A key of nothing yet. */
    LimitKey begin() {
        hi = GOLDEN;
        lo = OTHER;
        return this;
    }

    LimitKey add(final long value) {
        hi = mix(hi ^ value * GOLDEN);
        lo = mix(Long.rotateLeft(lo, 23) + value * OTHER);
        return this;
    }

    /** 64 bits of a text, never 0; 0 where there is no text. Letters in upper and lower case differ. */
    static long text(final DirectBuffer buffer, final int offset, final int length) {
        if (length == 0) {
            return 0;
        }
        long hash = length * GOLDEN;
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            hash = mix(hash ^ buffer.getLong(offset + at, ByteOrder.LITTLE_ENDIAN) * OTHER);
        }
        long rest = 0;
        for (; at < length; at++) {
            rest = rest << 8 | (buffer.getByte(offset + at) & 0xFF);
        }
        hash = mix(hash ^ rest * OTHER);
        return hash == 0 ? 1 : hash;
    }

    /** As {@link #text(DirectBuffer, int, int)}, of the text in UTF-8. */
    static long text(final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return text(new UnsafeBuffer(octets), 0, octets.length);
    }

    /** Stafford's thirteenth mixer of 64 bits. */
    private static long mix(final long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
