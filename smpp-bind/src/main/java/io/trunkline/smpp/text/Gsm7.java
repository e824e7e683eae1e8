package io.trunkline.smpp.text;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * GSM 03.38 as octets and bits (3GPP TS 23.038 §6.1.2.1, §6.2.1): reading septets by any of its tables, and packing.
 *
 * <p>Packed septets fill each octet from its lowest bit up:
 *
 * <pre>
 *   octet 0          octet 1          octet 2
 *   bit 7 ........0  7 ........... 0
 *   [b0 aaaaaaa]     [cc bbbbbb]      ...       a, b, c the first three septets
 * </pre>
 *
 * After a user data header the first septet begins on a septet boundary counted from the header's first bit, so 0 to 6
 * fill bits of zero stand before it.
 */
public final class Gsm7 {
    /** What precedes a septet of the single shift table. */
    public static final int ESCAPE = 0x1B;

    /** Also what fills seven spare bits, which would else read as {@code @}. */
    public static final int CARRIAGE_RETURN = 0x0D;

    static final int POSITIONS = 128;

    private static final int SEPTET_MASK = 0x7F;
    private static final char[][] LOCKING = unfold(ShiftTables.LOCKING);
    private static final char[][] SINGLE = unfold(ShiftTables.SINGLE);

    private Gsm7() {}

    private static char[][] unfold(final String[] tables) {
        final char[][] unfolded = new char[tables.length][];
        for (int i = 0; i < tables.length; i++) {
            unfolded[i] = new char[POSITIONS];
            final String table = tables[i] == null ? tables[0] : tables[i];
            table.getChars(0, table.length(), unfolded[i], 0);
        }
        return unfolded;
    }

    static char[] locking(final NationalLanguage language) {
        return LOCKING[language.identifier()];
    }

    static char[] single(final NationalLanguage language) {
        return SINGLE[language.identifier()];
    }

    /** The character of a septet outside of an escape; 0 where the table has none. */
    public static char character(final NationalLanguage locking, final int septet) {
        return LOCKING[locking.identifier()][septet & SEPTET_MASK];
    }

    /**
     * The character of a septet after an escape. Where the single shift table has none it is the one of the locking table
     * (§6.2.1.1 note); a second escape reads as a space.
     */
    public static char escaped(final NationalLanguage locking, final NationalLanguage single, final int septet) {
        final int position = septet & SEPTET_MASK;
        if (position == ESCAPE) {
            return ' ';
        }
        final char c = SINGLE[single.identifier()][position];
        return c != 0 ? c : LOCKING[locking.identifier()][position];
    }

    /** Bits between a header of this many octets (UDHL included) and the first septet, 0..6. */
    public static int fillBits(final int headerOctets) {
        return (7 - headerOctets * 8 % 7) % 7;
    }

    /** Octets that so many packed septets take, fill bits included. */
    public static int packedOctets(final int septets, final int fillBits) {
        return (fillBits + septets * 7 + 7) >>> 3;
    }

    /**
     * Packs septets that stand one an octet. Where seven bits are left over a carriage return fills them; where a wanted
     * carriage return ends on an octet boundary, which reads as such filling, another one follows (§6.1.2.3.1).
     *
     * @return octets written
     */
    public static int pack(
            final DirectBuffer septets,
            final int offset,
            final int count,
            final int fillBits,
            final MutableDirectBuffer dst,
            final int dstOffset) {
        int bits = 0;
        int bitCount = fillBits;
        int to = dstOffset;
        for (int i = 0; i < count; i++) {
            bits |= (septets.getByte(offset + i) & SEPTET_MASK) << bitCount;
            bitCount += 7;
            if (bitCount >= 8) {
                dst.putByte(to++, (byte) bits);
                bits >>>= 8;
                bitCount -= 8;
            }
        }
        final boolean sevenSpare = bitCount == 1;
        final boolean endsInReturn =
                bitCount == 0 && count > 0 && septets.getByte(offset + count - 1) == CARRIAGE_RETURN;
        if (sevenSpare || endsInReturn) {
            bits |= CARRIAGE_RETURN << bitCount;
            dst.putByte(to++, (byte) bits);
        } else if (bitCount > 0) {
            dst.putByte(to++, (byte) bits);
        }
        return to - dstOffset;
    }

    /** Octets that {@link #pack} writes for these septets. */
    static int packedOctets(final DirectBuffer septets, final int offset, final int count, final int fillBits) {
        final int octets = packedOctets(count, fillBits);
        final boolean onBoundary = ((fillBits + count * 7) & 7) == 0;
        return onBoundary && count > 0 && septets.getByte(offset + count - 1) == CARRIAGE_RETURN ? octets + 1 : octets;
    }

    /**
     * Septets in so many packed octets. SMPP does not say how many there are: all that fit, but a carriage return that ends
     * on the last octet's boundary is filling.
     */
    static int packedSeptets(final DirectBuffer src, final int offset, final int octets, final int fillBits) {
        final int bits = octets * 8 - fillBits;
        final int count = Math.max(0, bits) / 7;
        final boolean endsOnBoundary = count > 0 && bits % 7 == 0;
        return endsOnBoundary && packedSeptet(src, offset, octets, fillBits, count - 1) == CARRIAGE_RETURN
                ? count - 1
                : count;
    }

    /** One of the packed septets. */
    static int packedSeptet(
            final DirectBuffer src, final int offset, final int octets, final int fillBits, final int index) {
        final int bit = fillBits + index * 7;
        final int octet = bit >>> 3;
        final int low = src.getByte(offset + octet) & 0xFF;
        final int high = octet + 1 < octets ? src.getByte(offset + octet + 1) & 0xFF : 0;
        return ((high << 8 | low) >>> (bit & 7)) & SEPTET_MASK;
    }

    /**
     * Unpacks to one septet an octet; see {@link #packedSeptets} for how many.
     *
     * @return septets written
     */
    public static int unpack(
            final DirectBuffer src,
            final int offset,
            final int octets,
            final int fillBits,
            final MutableDirectBuffer dst,
            final int dstOffset) {
        final int count = packedSeptets(src, offset, octets, fillBits);
        for (int i = 0; i < count; i++) {
            dst.putByte(dstOffset + i, (byte) packedSeptet(src, offset, octets, fillBits, i));
        }
        return count;
    }
}
