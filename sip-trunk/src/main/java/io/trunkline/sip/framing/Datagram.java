package io.trunkline.sip.framing;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** What a datagram on a SIP port is, judged before anything is read. */
public enum Datagram {
    /** One SIP message, well formed or not. */
    MESSAGE,
    /** Nothing, or only line ends and zero octets: peers behind NAT keep their binding so. Not answered. */
    KEEP_ALIVE,
    /** STUN (RFC 5389 §6: two zero bits and the magic cookie), for which nobody is here. Dropped. */
    STUN,
    /** Starts with what no start line starts with: dropped without an answer, so that nothing is reflected. */
    NOISE;

    private static final int STUN_HEADER = 20;
    private static final int STUN_COOKIE = 0x2112_A442;

    /** Judges a datagram of {@code length} octets at {@code offset}. */
    public static Datagram of(final DirectBuffer buffer, final int offset, final int length) {
        if (length >= STUN_HEADER
                && (buffer.getByte(offset) & 0xc0) == 0
                && buffer.getInt(offset + Integer.BYTES, ByteOrder.BIG_ENDIAN) == STUN_COOKIE) {
            return STUN;
        }
        int at = offset;
        final int end = offset + length;
        while (at < end && isPadding(buffer.getByte(at))) {
            at++;
        }
        if (at == end) {
            return KEEP_ALIVE;
        }
        final int octet = buffer.getByte(at);
        final int letter = octet | 0x20;
        return (letter >= 'a' && letter <= 'z') || (octet > ' ' && octet < 0x7f) ? MESSAGE : NOISE;
    }

    private static boolean isPadding(final int octet) {
        return octet == '\r' || octet == '\n' || octet == 0;
    }
}
