package io.trunkline.sip.trunk;

import io.trunkline.sip.locate.IpLiteral;
import java.net.InetAddress;

/**
 * A block of addresses, as 128 bits: IPv4 addresses stand in ::ffff:0:0/96, which is also how they look from an IPv6 socket.
 *
 * @param high upper 64 bits, those behind the prefix zero
 * @param low lower 64 bits, likewise
 * @param length of the prefix, 0..128; an IPv4 prefix is 96 longer
 */
record Cidr(long high, long low, int length) {
    private static final int MAPPED_PREFIX = 96;
    private static final int BITS = 128;
    private static final long MAPPED = 0xffff_0000_0000L;

    /** Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or an address alone. Bits behind the prefix must be zero. */
    static Cidr parse(final String text) {
        final int slash = text.indexOf('/');
        final InetAddress address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("no address, or block of addresses: " + text);
        }
        final byte[] octets = address.getAddress();
        final int width = octets.length * Byte.SIZE;
        final int prefix = slash < 0 ? width : prefix(text.substring(slash + 1));
        if (prefix < 0 || prefix > width) {
            throw new IllegalArgumentException("prefix must be 0.." + width + ": " + text);
        }
        final Cidr whole = new Cidr(high(octets), low(octets), prefix + BITS - width);
        if (!whole.equals(whole.shortened(whole.length))) {
            throw new IllegalArgumentException("bits are set behind the prefix: " + text);
        }
        return whole;
    }

    private static int prefix(final String digits) {
        return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
    }

    /** The block that holds nothing but an address. */
    static Cidr of(final InetAddress address) {
        final byte[] octets = address.getAddress();
        return new Cidr(high(octets), low(octets), BITS);
    }

    /** The block of a shorter prefix that this one lies in. */
    Cidr shortened(final int to) {
        return new Cidr(high & highMask(to), low & lowMask(to), to);
    }

    private static long high(final byte[] octets) {
        return octets.length * Byte.SIZE == BITS ? word(octets, 0) : 0;
    }

    private static long low(final byte[] octets) {
        if (octets.length * Byte.SIZE == BITS) {
            return word(octets, Long.BYTES);
        }
        long low = 0;
        for (final byte octet : octets) {
            low = (low << Byte.SIZE) | (octet & 0xffL);
        }
        return MAPPED | low;
    }

    private static long word(final byte[] octets, final int from) {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = (word << Byte.SIZE) | (octets[from + i] & 0xffL);
        }
        return word;
    }

    private static long highMask(final int length) {
        return length >= Long.SIZE ? -1L : length == 0 ? 0 : -1L << (Long.SIZE - length);
    }

    private static long lowMask(final int length) {
        return length <= Long.SIZE ? 0 : -1L << (BITS - length);
    }

    @Override
    public String toString() {
        return Long.toHexString(high) + ":" + Long.toHexString(low) + "/" + length
                + (length >= MAPPED_PREFIX && high == 0 ? " (IPv4 /" + (length - MAPPED_PREFIX) + ")" : "");
    }
}
