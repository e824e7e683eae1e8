package io.trunkline.sip.locate;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Reads addresses that are written out. {@link InetAddress#getByName} alone would ask a name server about some wrong ones. */
public final class IpLiteral {
    private static final int IPV4_PARTS = 4;
    private static final int LARGEST_PART = 255;

    private IpLiteral() {}

    /** The address, or null for anything else. IPv4 has four decimal numbers, IPv6 no brackets and no zone. */
    public static InetAddress parse(final String text) {
        try {
            if (text.indexOf(':') >= 0) {
                return text.matches("[0-9a-fA-F:][0-9a-fA-F:.]*") ? InetAddress.getByName(text) : null;
            }
            if (!text.matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
                return null;
            }
            final byte[] octets = new byte[IPV4_PARTS];
            int from = 0;
            for (int i = 0; i < IPV4_PARTS; i++) {
                final int dot = i == IPV4_PARTS - 1 ? text.length() : text.indexOf('.', from);
                final int part = Integer.parseInt(text.substring(from, dot));
                if (part > LARGEST_PART) {
                    return null;
                }
                octets[i] = (byte) part;
                from = dot + 1;
            }
            return InetAddress.getByAddress(octets);
        } catch (final UnknownHostException e) {
            return null;
        }
    }
}
