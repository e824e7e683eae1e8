package io.trunkline.sip.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What counts as one address where something is limited by address. */
public final class AddressBlock {
    /** Octets of a /64, which one host has whole (RFC 4291 §2.5.4). */
    private static final int PREFIX = 8;

    private AddressBlock() {}

    /** The first address of an IPv6 address's /64; one of IPv4 as it is. */
    public static InetAddress of(final InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        final byte[] octets = address.getAddress();
        Arrays.fill(octets, PREFIX, octets.length, (byte) 0);
        try {
            return InetAddress.getByAddress(octets);
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("sixteen octets are an address", e);
        }
    }
}
