package io.trunkline.sip.transport;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** A socket as {@link Outbox} and {@link Backlogs} see it. */
abstract class Output {
    /** How many times more may wait for its owner than for its peer: a disk that stands still for a second is no fault of a peer's. */
    private static final int PATIENCE = 4;

    /** In the outbox's list of those to flush. */
    boolean touched;
    /** Octets of it in the outbox. */
    int staged;
    /** Its last read left something, as did each since {@link #behindSinceMs}. */
    boolean behind;

    long behindSinceMs;
    /** It was read in this duty cycle; of one that is behind. */
    boolean lookedAt;

    /**
     * Whether a message more may wait here.
     *
     * @param pending octets that were let go and that its peer, or its network, has not taken
     */
    final boolean hasRoom(final int length, final long pending, final TransportLimits limits) {
        return pending + length <= limits.maxQueued() && staged + length <= (long) PATIENCE * limits.maxQueued();
    }

    /** Gives a message to the socket, which owns it from now on. */
    abstract void write(ByteBuf message, InetSocketAddress to);

    /** Lets go what was given to the socket. */
    abstract void flush();
}
