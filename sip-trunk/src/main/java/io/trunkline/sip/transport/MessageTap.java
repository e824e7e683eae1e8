package io.trunkline.sip.transport;

import io.trunkline.sip.message.TransportProtocol;
import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;

/** Sees every message that comes or goes, copies included, on the event loop. It must not wait, and keeps nothing of the buffer. */
@FunctionalInterface
public interface MessageTap {
    /**
     * A message.
     *
     * @param received whether it came; else it was given to a socket
     * @param local ours
     * @param remote the peer's
     */
    void onMessage(
            boolean received,
            TransportProtocol protocol,
            InetSocketAddress local,
            InetSocketAddress remote,
            DirectBuffer message,
            int offset,
            int length);

    /** Both see everything. */
    default MessageTap and(final MessageTap other) {
        return (received, protocol, local, remote, message, offset, length) -> {
            onMessage(received, protocol, local, remote, message, offset, length);
            other.onMessage(received, protocol, local, remote, message, offset, length);
        };
    }
}
