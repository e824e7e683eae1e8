package io.trunkline.sip.transaction;

import org.agrona.DirectBuffer;

/**
 * SipHash-2-4 with 128 bits (Aumasson, Bernstein: SipHash, 2012), octet by octet: a keyed hash that is quick for short input
 * and that nobody without the secret can aim at.
 */
public final class KeyHash {
    private final long secret0;
    private final long secret1;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long word;
    private int count;
    private long rest;

    /** A hash under a secret of 128 bits. */
    public KeyHash(final long secret0, final long secret1) {
        this.secret0 = secret0;
        this.secret1 = secret1;
    }

    /** Begins anew. */
    public KeyHash begin() {
        v0 = 0x736f6d6570736575L ^ secret0;
        v1 = 0x646f72616e646f6dL ^ secret1 ^ 0xee;
        v2 = 0x6c7967656e657261L ^ secret0;
        v3 = 0x7465646279746573L ^ secret1;
        word = 0;
        count = 0;
        return this;
    }

    /** One octet more. */
    public KeyHash octet(final int octet) {
        word |= (octet & 0xffL) << ((count & 7) << 3);
        count++;
        if ((count & 7) == 0) {
            compress();
        }
        return this;
    }

    /** Octets as they are, and a mark that ends them. */
    public KeyHash exact(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            octet(buffer.getByte(offset + i));
        }
        return octet(0);
    }

    /** Octets with ASCII letters in lower case, and a mark that ends them. */
    KeyHash ignoringCase(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final int octet = buffer.getByte(offset + i);
            octet(octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet);
        }
        return octet(0);
    }

    /** ASCII text, and a mark that ends it. */
    KeyHash text(final String text) {
        for (int i = 0; i < text.length(); i++) {
            octet(text.charAt(i));
        }
        return octet(0);
    }

    /** Ends the input and returns the first 64 bits; {@link #rest()} has the others. */
    public long finish() {
        final long length = count;
        word |= (length & 0xff) << 56;
        compress();
        v2 ^= 0xee;
        rounds(4);
        final long first = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        rounds(4);
        rest = v0 ^ v1 ^ v2 ^ v3;
        return first;
    }

    long rest() {
        return rest;
    }

    private void compress() {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
        word = 0;
    }

    private void rounds(final int number) {
        for (int i = 0; i < number; i++) {
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
}
