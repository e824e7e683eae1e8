package io.trunkline.routing.blocks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Prefixes of numbers and of alphanumeric senders, each within a space (a tenant's, say), and found by hashing: whoever looks
 * up a text extends a hash character by character, and asks at those lengths that any prefix has. Upper and lower case are the
 * same. Filled by one thread, then read by any.
 *
 * <p>Open addressing with linear probing; a place has a prefix's id plus 1, 0 where it is free, and at most half are taken.
 */
final class PrefixIndex {
    /** Most characters of a prefix: SMPP 3.4 §5.2.8, source_addr has 20 and a NUL. */
    static final int MAX_LENGTH = 20;

    static final int NONE = -1;

    private static final long FNV_BASIS = 0xCBF2_9CE4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01B3L;
    private static final int SMALLEST = 16;

    private int[] places = new int[2 * SMALLEST];
    private long[] hashes = new long[SMALLEST];
    private long[] spaces = new long[SMALLEST];
    private byte[][] texts = new byte[SMALLEST][];
    private int size;
    private int lengths;

    /** The hash of no characters, in a space. */
    static long begin(final long space) {
        return (FNV_BASIS ^ space * 0x9E37_79B9_7F4A_7C15L) * FNV_PRIME;
    }

    /** The hash with one more character. */
    static long extend(final long hash, final byte character) {
        return (hash ^ folded(character)) * FNV_PRIME;
    }

    private static int folded(final byte character) {
        return character >= 'a' && character <= 'z' ? character - ('a' - 'A') : character;
    }

    private static int place(final long hash, final int mask) {
        final long spread = (hash ^ hash >>> 32) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (spread >>> 32) & mask;
    }

    int size() {
        return size;
    }

    /** Bit n is set where a prefix has n characters. */
    int lengths() {
        return lengths;
    }

    /**
     * Adds a prefix; returns its id, which it may have had before. Ids are given out from 0 on.
     *
     * @throws IllegalArgumentException where it is not 0..20 characters of ASCII
     */
    int add(final long space, final String prefix) {
        final byte[] text = prefix.getBytes(StandardCharsets.ISO_8859_1);
        if (text.length > MAX_LENGTH || !prefix.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("prefix `" + prefix + "` is not 0..20 characters of ASCII");
        }
        long hash = begin(space);
        for (int i = 0; i < text.length; i++) {
            hash = extend(hash, text[i]);
            text[i] = (byte) folded(text[i]);
        }
        final int mask = places.length - 1;
        int at = place(hash, mask);
        while (places[at] != 0) {
            final int id = places[at] - 1;
            if (hashes[id] == hash && spaces[id] == space && Arrays.equals(texts[id], text)) {
                return id;
            }
            at = at + 1 & mask;
        }
        if (size == hashes.length) {
            grow();
            return add(space, prefix);
        }
        places[at] = size + 1;
        hashes[size] = hash;
        spaces[size] = space;
        texts[size] = text;
        lengths |= 1 << text.length;
        return size++;
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, size * 2);
        spaces = Arrays.copyOf(spaces, size * 2);
        texts = Arrays.copyOf(texts, size * 2);
        places = new int[size * 4];
        final int mask = places.length - 1;
        for (int id = 0; id < size; id++) {
            int at = place(hashes[id], mask);
            while (places[at] != 0) {
                at = at + 1 & mask;
            }
            places[at] = id + 1;
        }
    }

    /**
     * The id of a prefix, or {@link #NONE}.
     *
     * @param hash of the characters, by {@link #begin} and {@link #extend}
     */
    int find(final long space, final long hash, final DirectBuffer buffer, final int offset, final int length) {
        final int mask = places.length - 1;
        int at = place(hash, mask);
        while (places[at] != 0) {
            final int id = places[at] - 1;
            if (hashes[id] == hash && spaces[id] == space && same(texts[id], buffer, offset, length)) {
                return id;
            }
            at = at + 1 & mask;
        }
        return NONE;
    }

    private static boolean same(final byte[] text, final DirectBuffer buffer, final int offset, final int length) {
        if (text.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[i] != folded(buffer.getByte(offset + i))) {
                return false;
            }
        }
        return true;
    }
}
