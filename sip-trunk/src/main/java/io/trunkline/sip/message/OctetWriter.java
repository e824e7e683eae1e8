package io.trunkline.sip.message;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Appends octets up to a limit. What does not fit is left out and remembered, so that a chain of calls needs one look at
 * {@link #overflowed()} at its end.
 */
public final class OctetWriter {
    private static final int MAX_DIGITS = 20;

    private final byte[] digits = new byte[MAX_DIGITS];
    private MutableDirectBuffer buffer;
    private int start;
    private int position;
    private int limit;
    private boolean overflowed;

    /** Starts to write at {@code offset}, at most {@code capacity} octets. */
    public OctetWriter wrap(final MutableDirectBuffer target, final int offset, final int capacity) {
        target.boundsCheck(offset, capacity);
        buffer = target;
        start = offset;
        position = offset;
        limit = offset + capacity;
        overflowed = false;
        return this;
    }

    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Where the first octet was written. */
    public int start() {
        return start;
    }

    /** Where the next octet will be written. */
    public int position() {
        return position;
    }

    /** Octets written since {@link #wrap}. */
    public int length() {
        return position - start;
    }

    /** Whether something did not fit; what was written is then of no use. */
    public boolean overflowed() {
        return overflowed;
    }

    /** Goes back to a position, as if nothing had been written after it; an overflow stays noted. */
    void rewind(final int earlier) {
        position = earlier;
    }

    private boolean fits(final int length) {
        // After an overflow nothing more is taken, or a shorter part would follow a gap.
        overflowed |= length > limit - position;
        return !overflowed;
    }

    public OctetWriter octet(final int octet) {
        if (fits(1)) {
            buffer.putByte(position++, (byte) octet);
        }
        return this;
    }

    public OctetWriter octets(final byte[] octets) {
        if (fits(octets.length)) {
            buffer.putBytes(position, octets);
            position += octets.length;
        }
        return this;
    }

    public OctetWriter copy(final DirectBuffer source, final int offset, final int length) {
        if (fits(length)) {
            buffer.putBytes(position, source, offset, length);
            position += length;
        }
        return this;
    }

    /** Copies a run; nothing for {@link Range#NONE}. */
    public OctetWriter copy(final DirectBuffer source, final long range) {
        return range == Range.NONE ? this : copy(source, Range.offset(range), Range.length(range));
    }

    /** Writes text that is all ASCII. */
    public OctetWriter ascii(final CharSequence text) {
        final int length = text.length();
        if (fits(length)) {
            for (int i = 0; i < length; i++) {
                buffer.putByte(position + i, (byte) text.charAt(i));
            }
            position += length;
        }
        return this;
    }

    /** Writes a number, not negative, in decimal. */
    public OctetWriter number(final long value) {
        int at = MAX_DIGITS;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        final int length = MAX_DIGITS - at;
        if (fits(length)) {
            buffer.putBytes(position, digits, at, length);
            position += length;
        }
        return this;
    }

    /** Writes all 64 bits as 16 hexadecimal digits in lower case. */
    public OctetWriter hex(final long value) {
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            octet(Character.forDigit((int) (value >>> shift) & 0xf, 16));
        }
        return this;
    }

    public OctetWriter crlf() {
        return octet('\r').octet('\n');
    }
}
