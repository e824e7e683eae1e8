package io.trunkline.gateway.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * A block of addresses, written {@code 10.1.0.0/16} or {@code 2001:db8::/32}; without a length, one address.
 *
 * @param network hexadecimal of the 4 or 16 bytes of the lowest address
 * @param length leading bits that count, 0..32 or 0..128
 */
public record Cidr(String network, int length) {
    /**
     * Reads a block.
     *
     * @throws IllegalArgumentException with a sentence for people, where it is none
     */
    public static Cidr parse(final String text) {
        final int slash = text.indexOf('/');
        final byte[] bytes = literal(slash < 0 ? text : text.substring(0, slash));
        final int bits = bytes.length * Byte.SIZE;
        final int length = slash < 0 ? bits : length(text.substring(slash + 1), bits);
        for (int bit = length; bit < bits; bit++) {
            if ((bytes[bit >> 3] & 0x80 >> (bit & 7)) != 0) {
                throw new IllegalArgumentException("address bits are set beyond the first " + length);
            }
        }
        return new Cidr(HexFormat.of().formatHex(bytes), length);
    }

    /** Whether an address lies in the block; a v4 block does not hold v6 addresses. */
    public boolean contains(final InetAddress address) {
        final byte[] bytes = address.getAddress();
        final byte[] mine = HexFormat.of().parseHex(network);
        if (bytes.length != mine.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit += Byte.SIZE) {
            final int mask = 0xFF << Math.max(0, Byte.SIZE - (length - bit));
            if (((bytes[bit >> 3] ^ mine[bit >> 3]) & mask & 0xFF) != 0) {
                return false;
            }
        }
        return true;
    }

    /** As it is written: {@code 10.1.0.0/16}. */
    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(HexFormat.of().parseHex(network)).getHostAddress() + "/" + length;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("neither 4 nor 16 bytes", e);
        }
    }

    private static byte[] literal(final String text) {
        final boolean v4 = text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        final boolean v6 = text.indexOf(':') >= 0 && text.matches("[0-9a-fA-F:.]+");
        try {
            if (v4 || v6) {
                // A literal: no name is looked up.
                return InetAddress.getByName(text).getAddress();
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address", e);
        }
        throw new IllegalArgumentException("not an IP address");
    }

    private static int length(final String text, final int bits) {
        final int length = text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("the prefix length must be 0.." + bits);
        }
        return length;
    }
}
