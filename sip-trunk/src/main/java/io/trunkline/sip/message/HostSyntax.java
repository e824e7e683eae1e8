package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/** {@code host}, {@code port} and {@code gen-value} of RFC 3261 §25.1. Names are not resolved, addresses not judged further. */
final class HostSyntax {
    private static final int MAX_PORT = 65_535;

    private HostSyntax() {}

    /** Offset after the host name, IPv4 address or bracketed IPv6 reference at {@code at}; -1 if there is none. */
    static int skip(final DirectBuffer buffer, final int at, final int end) {
        if (at >= end) {
            return -1;
        }
        if (buffer.getByte(at) == '[') {
            int i = at + 1;
            int colons = 0;
            while (i < end
                    && (SipChars.isHex(buffer.getByte(i)) || buffer.getByte(i) == ':' || buffer.getByte(i) == '.')) {
                colons += buffer.getByte(i) == ':' ? 1 : 0;
                i++;
            }
            return colons >= 2 && i < end && buffer.getByte(i) == ']' ? i + 1 : -1;
        }
        int i = at;
        while (i < end && SipChars.isHost(buffer.getByte(i))) {
            i++;
        }
        return i == at ? -1 : i;
    }

    /** Value of a port, 1..65535; -1 for anything else. */
    static int port(final DirectBuffer buffer, final int from, final int end) {
        final long value = Octets.number(buffer, Range.between(from, end));
        return value < 1 || value > MAX_PORT ? -1 : (int) value;
    }

    /** Whether the octets are a token and nothing else. */
    static boolean isToken(final DirectBuffer buffer, final long range) {
        return Range.length(range) > 0
                && Octets.skipToken(buffer, Range.offset(range), Range.end(range)) == Range.end(range);
    }

    /**
     * Offset after the token, host or quoted string at {@code at}; -1 if there is none.
     *
     * @param colons whether colons are taken too: `received` has an IPv6 address without brackets (RFC 3261 §25.1)
     */
    static int skipGenericValue(final DirectBuffer buffer, final int at, final int end, final boolean colons) {
        if (at >= end) {
            return -1;
        }
        final int octet = buffer.getByte(at);
        if (octet == '"') {
            return Octets.skipQuoted(buffer, at, end);
        }
        if (octet == '[') {
            return skip(buffer, at, end);
        }
        int i = at;
        while (i < end && (SipChars.isToken(buffer.getByte(i)) || (colons && buffer.getByte(i) == ':'))) {
            i++;
        }
        return i == at ? -1 : i;
    }
}
