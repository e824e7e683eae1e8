package io.trunkline.sip.transport;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/** How much one socket may bring in a duty cycle, so that all else has its turn: other sockets, timers, what is no call. */
final class ReadTurn {
    /** Datagrams. */
    private static final int DATAGRAMS = 64;
    /** Pieces of a stream, and octets of each. */
    private static final int PIECES = 4;

    private static final int PIECE = 16 << 10;
    /** Octets of a stream that has not said all: what it may bring, but for what TLS adds to them. */
    private static final int STREAM_OCTETS = PIECES * PIECE / 8 * 7;

    private ReadTurn() {}

    /** For datagrams that are read {@code batch} at a time. */
    static RecvByteBufAllocator datagrams(final int maxDatagram, final int batch) {
        return new FixedRecvByteBufAllocator(maxDatagram * batch).maxMessagesPerRead(DATAGRAMS);
    }

    /** For streams. */
    static RecvByteBufAllocator stream() {
        return new FixedRecvByteBufAllocator(PIECE).maxMessagesPerRead(PIECES);
    }

    /** Whether a socket that has brought so many datagrams may have more. */
    static boolean isAllOf(final int datagrams) {
        return datagrams >= DATAGRAMS;
    }

    /** Whether a stream that has brought so many octets may have more. */
    static boolean isAllOfStream(final int octets) {
        return octets >= STREAM_OCTETS;
    }
}
