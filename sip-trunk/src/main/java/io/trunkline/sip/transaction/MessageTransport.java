package io.trunkline.sip.transaction;

import org.agrona.DirectBuffer;

/** What the transaction layer sends through (RFC 3261 §18). */
public interface MessageTransport {
    /**
     * Sends a message, or queues it in order; the octets are copied before this returns.
     *
     * @return false for a transport error (RFC 3261 §18.4): closed, unreachable, or no room to queue it
     */
    boolean send(Hop hop, DirectBuffer buffer, int offset, int length);
}
