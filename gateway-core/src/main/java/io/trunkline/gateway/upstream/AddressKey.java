package io.trunkline.gateway.upstream;

import java.net.InetAddress;

/**
 * An address as one number, for counting. An IPv6 address stands for its /64, which one host commonly owns whole; IPv4
 * lies in a part of the number space ({@code ::ffff:0:0/32} of /64s) that is not routed.
 */
public final class AddressKey {
    private static final long V4_SPACE = 0x0000_FFFF_0000_0000L;

    private AddressKey() {}

    public static long of(final InetAddress address) {
        final byte[] bytes = address.getAddress();
        return bytes.length == 4 || AddressBlock.isMapped(bytes)
                ? V4_SPACE | AddressBlock.v4Of(bytes)
                : AddressBlock.longAt(bytes, 0);
    }
}
