package io.trunkline.gateway.upstream;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/**
 * One block of addresses in CIDR notation. IPv4 and its IPv4-mapped form ({@code ::ffff:a.b.c.d}, RFC 4291 §2.5.5.2)
 * are the same address; an IPv6 block shorter than /96 never covers IPv4.
 *
 * @param v4 IPv4: the address sits in the low 32 bits of {@code low}
 * @param high the upper 64 bits of the network, 0 for IPv4
 * @param low the lower 64 bits of the network
 * @param prefix leading bits that count: 0..32 or 0..128
 */
public record AddressBlock(boolean v4, long high, long low, int prefix) {
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;
    private static final int MAPPED_BITS = V6_BITS - V4_BITS;

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, {@code 192.0.2.7} or {@code ::ffff:10.0.0.0/104}. Names are not
     * resolved.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static AddressBlock parse(final String text) {
        final int slash = text.indexOf('/');
        final String literal = slash < 0 ? text : text.substring(0, slash);
        final byte[] bytes = literal.indexOf('%') >= 0 || literal.indexOf('[') >= 0
                ? null
                : NetUtil.createByteArrayFromIpAddressString(literal);
        if (bytes == null || hasLeadingZero(literal)) {
            throw new IllegalArgumentException("`" + text + "` is not an IP address or CIDR block");
        }
        final boolean mapped = isMapped(bytes);
        final int bits = bytes.length * 8;
        int prefix = slash < 0 ? bits : prefixOf(text, slash, bits);
        final boolean v4 = bytes.length == 4 || (mapped && prefix >= MAPPED_BITS);
        if (v4 && mapped) {
            prefix -= MAPPED_BITS;
        }
        final long high = v4 ? 0 : longAt(bytes, 0);
        final long low = v4 ? v4Of(bytes) : longAt(bytes, 8);
        if ((high & ~highMask(v4, prefix)) != 0 || (low & ~lowMask(v4, prefix)) != 0) {
            throw new IllegalArgumentException(
                    "`" + text + "` has bits set behind its prefix; name the network's first address");
        }
        return new AddressBlock(v4, high, low, prefix);
    }

    /** Whether this block covers the address. */
    public boolean contains(final InetAddress address) {
        return contains(address.getAddress());
    }

    /** Whether this block covers the address, given as 4 or 16 bytes in network order. */
    public boolean contains(final byte[] address) {
        final boolean addressV4 = address.length == 4 || isMapped(address);
        if (addressV4 != v4) {
            return false;
        }
        if (v4) {
            return (v4Of(address) & lowMask(true, prefix)) == low;
        }
        return (longAt(address, 0) & highMask(false, prefix)) == high
                && (longAt(address, 8) & lowMask(false, prefix)) == low;
    }

    private static int prefixOf(final String text, final int slash, final int bits) {
        final String digits = text.substring(slash + 1);
        int prefix = -1;
        if (!digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            prefix = Integer.parseInt(digits);
        }
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("`" + text + "` needs a prefix length of 0 to " + bits);
        }
        return prefix;
    }

    /** {@code 010.0.0.1} is octal to some and decimal to others: refuse rather than guess. */
    private static boolean hasLeadingZero(final String literal) {
        if (literal.indexOf('.') < 0) {
            return false;
        }
        for (final String part : literal.substring(literal.lastIndexOf(':') + 1).split("\\.", -1)) {
            if (part.length() > 1 && part.charAt(0) == '0') {
                return true;
            }
        }
        return false;
    }

    static boolean isMapped(final byte[] address) {
        return address.length == 16 && longAt(address, 0) == 0 && longAt(address, 8) >>> V4_BITS == 0xFFFF;
    }

    static long v4Of(final byte[] address) {
        final int at = address.length - 4;
        return (address[at] & 0xFFL) << 24
                | (address[at + 1] & 0xFFL) << 16
                | (address[at + 2] & 0xFFL) << 8
                | (address[at + 3] & 0xFFL);
    }

    static long longAt(final byte[] address, final int at) {
        long value = 0;
        for (int i = at; i < at + 8; i++) {
            value = (value << 8) | (address[i] & 0xFFL);
        }
        return value;
    }

    private static long highMask(final boolean v4, final int prefix) {
        return v4 ? 0 : leading(Math.min(prefix, 64));
    }

    private static long lowMask(final boolean v4, final int prefix) {
        return v4 ? leading(prefix) >>> V4_BITS : leading(Math.max(prefix - 64, 0));
    }

    private static long leading(final int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }
}
