package io.trunkline.sip.transport;

import io.trunkline.sip.message.SipMessage;
import java.net.InetAddress;

/** What the transport hands over to, on its event loop. */
public interface MessageSink {
    /**
     * A message came.
     *
     * @param message indexed, perhaps with a fault; valid during the call only
     */
    void onMessage(SipMessage message, Flow source);

    /**
     * A connection could not be made, or is gone: what was sent over it may never have arrived (RFC 3261 §18.4). Not told of one that no
     * request was sent over: whoever knocks and goes must not have us look for who waits there. May come while something is being sent.
     */
    void onFailed(Flow flow);

    /**
     * Another address of a peer, where it asks for its responses (maddr, RFC 3261 §18.2.2).
     *
     * @param host as the peer has written it
     * @return null where it is none, or not known to be that peer's
     */
    default InetAddress otherAddress(final Flow source, final String host) {
        return null;
    }
}
