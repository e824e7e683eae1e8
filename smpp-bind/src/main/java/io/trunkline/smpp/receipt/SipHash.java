package io.trunkline.smpp.receipt;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** SipHash-2-4 with 128 bits of output (Aumasson, Bernstein: SipHash, and its reference implementation). */
final class SipHash {
    private final long key0;
    private final long key1;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long first;
    private long second;

    SipHash(final long key0, final long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    void hash(final DirectBuffer src, final int offset, final int length) {
        v0 = key0 ^ 0x736F6D6570736575L;
        v1 = key1 ^ 0x646F72616E646F6DL ^ 0xEE;
        v2 = key0 ^ 0x6C7967656E657261L;
        v3 = key1 ^ 0x7465646279746573L;
        final int tail = length & ~7;
        for (int i = 0; i < tail; i += 8) {
            compress(src.getLong(offset + i, ByteOrder.LITTLE_ENDIAN));
        }
        long last = (long) length << 56;
        for (int i = tail; i < length; i++) {
            last |= (src.getByte(offset + i) & 0xFFL) << (8 * (i - tail));
        }
        compress(last);
        v2 ^= 0xEE;
        rounds(4);
        first = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xDD;
        rounds(4);
        second = v0 ^ v1 ^ v2 ^ v3;
    }

    private void compress(final long word) {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
    }

    private void rounds(final int count) {
        for (int i = 0; i < count; i++) {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }

    /** Octets 0..7 of the output, the first one lowest. */
    long first() {
        return first;
    }

    /** Octets 8..15 of the output. */
    long second() {
        return second;
    }
}
