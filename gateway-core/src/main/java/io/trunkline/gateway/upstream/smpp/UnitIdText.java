package io.trunkline.gateway.upstream.smpp;

import io.netty.buffer.ByteBuf;

/** A message id as clients give it back to us: the unit id in decimal. */
final class UnitIdText {
    /** Not one of our ids. */
    static final long NONE = 0;

    private static final int MAX_DIGITS = 19;

    private UnitIdText() {}

    /** Reads an id; leading zeros do not count. */
    static long parse(final ByteBuf buffer, final int offset, final int length) {
        long value = 0;
        int digits = 0;
        for (int i = 0; i < length; i++) {
            final int octet = buffer.getByte(offset + i);
            if (octet < '0' || octet > '9') {
                return NONE;
            }
            value = value * 10 + octet - '0';
            digits += value > 0 ? 1 : 0;
            if (digits > MAX_DIGITS || value < 0) {
                return NONE;
            }
        }
        return value;
    }
}
