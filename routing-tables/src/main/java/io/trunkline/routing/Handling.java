package io.trunkline.routing;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * How a carrier of a route wants what it is sent.
 *
 * @param strip digits that are taken off the front of the destination, 0..{@link PackedNumber#MAX_DIGITS}
 * @param prepend digits that are then put before it, 0..{@link #MAX_PREPEND}
 */
public record Handling(int strip, String prepend, SenderPolicy sender) {
    /** Everything stays as it is. */
    public static final Handling NONE = new Handling(0, "", SenderPolicy.KEEP);

    /** Most digits put before a number: a technical prefix. */
    public static final int MAX_PREPEND = 12;

    public Handling {
        if (strip < 0 || strip > PackedNumber.MAX_DIGITS) {
            throw new IllegalArgumentException("strip " + strip + " is not within 0.." + PackedNumber.MAX_DIGITS);
        }
        if (prepend.length() > MAX_PREPEND || PackedNumber.of(prepend) == PackedNumber.NONE) {
            throw new IllegalArgumentException("prepend `" + prepend + "` is not 0.." + MAX_PREPEND + " digits");
        }
    }

    /**
     * Writes a destination as the carrier wants it.
     *
     * @return its length; only what is prepended where there are no more digits than are to be stripped
     */
    public int destination(
            final DirectBuffer digits,
            final int offset,
            final int length,
            final MutableDirectBuffer out,
            final int outOffset) {
        final int before = prepend.length();
        for (int i = 0; i < before; i++) {
            out.putByte(outOffset + i, (byte) prepend.charAt(i));
        }
        final int rest = Math.max(0, length - strip);
        out.putBytes(outOffset + before, digits, offset + length - rest, rest);
        return before + rest;
    }
}
