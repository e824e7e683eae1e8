package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/**
 * Reads the parameters behind a header's element, up to its end or a comma: {@code *( SEMI name [ EQUAL value ] )}, RFC
 * 3261 §25.1 generic-param.
 */
abstract class ParameterList {
    /**
     * One parameter.
     *
     * @param value {@link Range#NONE} where it has none
     * @return false where it cannot be so, and the header is malformed
     */
    abstract boolean note(long name, long value);

    /** Whether colons may stand in the value of this parameter, as in an address of IPv6 without brackets. */
    boolean allowsColons(final long name) {
        return false;
    }

    /**
     * Reads them.
     *
     * @return where they end: {@code end} or a comma; -1 where they are malformed
     */
    final int read(final DirectBuffer buffer, final int from, final int end) {
        int at = Octets.skipLws(buffer, from, end);
        while (at < end && buffer.getByte(at) != ',') {
            if (buffer.getByte(at) != ';') {
                return -1;
            }
            final int nameStart = Octets.skipLws(buffer, at + 1, end);
            final int nameEnd = Octets.skipToken(buffer, nameStart, end);
            if (nameEnd == nameStart) {
                return -1;
            }
            final long name = Range.between(nameStart, nameEnd);
            at = Octets.skipLws(buffer, nameEnd, end);
            long value = Range.NONE;
            if (at < end && buffer.getByte(at) == '=') {
                final int valueStart = Octets.skipLws(buffer, at + 1, end);
                final int valueEnd = HostSyntax.skipGenericValue(buffer, valueStart, end, allowsColons(name));
                if (valueEnd < 0) {
                    return -1;
                }
                value = Range.between(valueStart, valueEnd);
                at = Octets.skipLws(buffer, valueEnd, end);
            }
            if (!note(name, value)) {
                return -1;
            }
        }
        return at;
    }
}
