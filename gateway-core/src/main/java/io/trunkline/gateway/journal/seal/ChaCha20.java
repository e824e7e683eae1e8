package io.trunkline.gateway.journal.seal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The stream cipher ChaCha20 (RFC 8439 §2.3, §2.4), applied in place and without allocation: applied a second time it undoes
 * itself. For one thread.
 *
 * <pre>
 *   constant  constant  constant  constant       "expand 32-byte k"
 *   key       key       key       key
 *   key       key       key       key
 *   counter   nonce     nonce     nonce          32 bits each, little endian
 * </pre>
 */
final class ChaCha20 {
    static final int KEY_LENGTH = 32;

    private static final int BLOCK = 64;
    private static final int WORDS = 16;
    private static final int DOUBLE_ROUNDS = 10;
    private static final int COUNTER = 12;

    private final int[] input = new int[WORDS];
    private final int[] working = new int[WORDS];
    private final UnsafeBuffer stream = new UnsafeBuffer(new byte[BLOCK]);

    ChaCha20() {
        input[0] = 0x61707865;
        input[1] = 0x3320646e;
        input[2] = 0x79622d32;
        input[3] = 0x6b206574;
    }

    /** Takes over the {@value #KEY_LENGTH} octets of a key. */
    void key(final DirectBuffer buffer, final int offset) {
        for (int i = 0; i < KEY_LENGTH / Integer.BYTES; i++) {
            input[4 + i] = buffer.getInt(offset + i * Integer.BYTES, LITTLE_ENDIAN);
        }
    }

    /** Begins a stream. The same counter, nonce and key give the same one: no two texts may share it. */
    void begin(final int counter, final int nonce0, final int nonce1, final int nonce2) {
        input[COUNTER] = counter;
        input[COUNTER + 1] = nonce0;
        input[COUNTER + 2] = nonce1;
        input[COUNTER + 3] = nonce2;
    }

    /** XORs the stream onto these octets, from its beginning. */
    void apply(final MutableDirectBuffer buffer, final int offset, final int length) {
        int done = 0;
        while (done < length) {
            nextBlock();
            final int end = Math.min(length, done + BLOCK);
            int i = done;
            for (; i + Long.BYTES <= end; i += Long.BYTES) {
                buffer.putLong(offset + i, buffer.getLong(offset + i) ^ stream.getLong(i - done));
            }
            for (; i < end; i++) {
                buffer.putByte(offset + i, (byte) (buffer.getByte(offset + i) ^ stream.getByte(i - done)));
            }
            done = end;
        }
    }

    private void nextBlock() {
        final int[] x = working;
        System.arraycopy(input, 0, x, 0, WORDS);
        for (int i = 0; i < DOUBLE_ROUNDS; i++) {
            quarterRound(x, 0, 4, 8, 12);
            quarterRound(x, 1, 5, 9, 13);
            quarterRound(x, 2, 6, 10, 14);
            quarterRound(x, 3, 7, 11, 15);
            quarterRound(x, 0, 5, 10, 15);
            quarterRound(x, 1, 6, 11, 12);
            quarterRound(x, 2, 7, 8, 13);
            quarterRound(x, 3, 4, 9, 14);
        }
        for (int i = 0; i < WORDS; i++) {
            stream.putInt(i * Integer.BYTES, x[i] + input[i], LITTLE_ENDIAN);
        }
        input[COUNTER]++;
    }

    private static void quarterRound(final int[] x, final int a, final int b, final int c, final int d) {
        x[a] += x[b];
        x[d] = Integer.rotateLeft(x[d] ^ x[a], 16);
        x[c] += x[d];
        x[b] = Integer.rotateLeft(x[b] ^ x[c], 12);
        x[a] += x[b];
        x[d] = Integer.rotateLeft(x[d] ^ x[a], 8);
        x[c] += x[d];
        x[b] = Integer.rotateLeft(x[b] ^ x[c], 7);
    }
}
