package io.trunkline.gateway.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * What counts as one address. IPv4 and its IPv4-mapped form ({@code ::ffff:a.b.c.d}, RFC 4291 §2.5.5.2) are the same;
 * for counting, an IPv6 address stands for its /64, which one host commonly owns whole.
 */
final class AddressKey {
    /** Keys of IPv4: where the /64s of {@code 0:ffff::/32} would lie, which are not routed. */
    private static final long V4_SPACE = 0x0000_FFFF_0000_0000L;

    private AddressKey() {}

    /** The address, or its /64, as one number. */
    static long of(final InetAddress address) {
        final byte[] bytes = unmapped(address).getAddress();
        long key = 0;
        for (int i = 0; i < Math.min(bytes.length, Long.BYTES); i++) {
            key = (key << 8) | (bytes[i] & 0xFFL);
        }
        return bytes.length == 4 ? V4_SPACE | key : key;
    }

    /** The IPv4 address that an IPv4-mapped one means; any other as it is. */
    static InetAddress unmapped(final InetAddress address) {
        final byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address;
        }
        try {
            // Turns a mapped address into an Inet4Address, and drops the scope of any other.
            return InetAddress.getByAddress(bytes);
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("an address always has 4 or 16 bytes", e);
        }
    }
}
