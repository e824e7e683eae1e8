package io.trunkline.sip.transport;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** A socket as {@link Outbox} and {@link Backlogs} see it. */
abstract class Output {
    /** In the outbox's list of those to flush. */
    boolean touched;
    /** Octets of it in the outbox. */
    int staged;
    /** Its last read left something, as did each since {@link #behindSinceMs}. */
    boolean behind;

    long behindSinceMs;
    /** It was read in this duty cycle; of one that is behind. */
    boolean lookedAt;

    /** Gives a message to the socket, which owns it from now on. */
    abstract void write(ByteBuf message, InetSocketAddress to);

    /** Lets go what was given to the socket. */
    abstract void flush();
}
