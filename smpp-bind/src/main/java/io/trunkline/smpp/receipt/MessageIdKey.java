package io.trunkline.smpp.receipt;

import org.agrona.DirectBuffer;

/**
 * Makes 128-bit keys of normalised message ids, for maps of primitives. An id of up to 15 octets is its own key:
 *
 * <pre>
 *   hi: octets 0..7           lo: octets 8..14, length 1..15
 * </pre>
 *
 * so such ids never collide, neither with each other nor with longer ones, whose keys end in {@value #HASHED} behind 120 bits
 * of SipHash-2-4-128. Among 10^9 longer ids alive at once the probability that any two share a key is about
 * 10^18 / 2^121 &lt; 10^-18, and whoever does not know the seed cannot make two that do.
 *
 * <p>Reused: {@link #set} then {@link #hi()} and {@link #lo()}. Not thread-safe.
 */
public final class MessageIdKey {
    /** Octets of the longest id that is its own key. */
    public static final int MAX_INLINE = 15;

    private static final int HASHED = 0xFF;

    private final SipHash hash;
    private long hi;
    private long lo;

    /** Keys by one seed compare with each other only; the seed lives as long as the map does. */
    public MessageIdKey(final long seed0, final long seed1) {
        hash = new SipHash(seed0, seed1);
    }

    /** Makes the key of an id, as {@link MessageIds#normalise} wrote it. */
    public MessageIdKey set(final DirectBuffer id, final int offset, final int length) {
        if (length > MAX_INLINE) {
            hash.hash(id, offset, length);
            hi = hash.first();
            lo = (hash.second() & ~0xFFL) | HASHED;
            return this;
        }
        hi = 0;
        lo = length;
        for (int i = 0; i < length; i++) {
            final long octet = id.getByte(offset + i) & 0xFFL;
            if (i < Long.BYTES) {
                hi |= octet << (56 - 8 * i);
            } else {
                lo |= octet << (120 - 8 * i);
            }
        }
        return this;
    }

    public long hi() {
        return hi;
    }

    public long lo() {
        return lo;
    }
}
