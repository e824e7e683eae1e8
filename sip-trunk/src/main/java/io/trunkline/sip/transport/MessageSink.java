package io.trunkline.sip.transport;

import io.trunkline.sip.message.SipMessage;

/** What the transport hands over to, on its event loop. */
public interface MessageSink {
    /**
     * A message came.
     *
     * @param message indexed, perhaps with a fault; valid during the call only
     */
    void onMessage(SipMessage message, Flow source);

    /**
     * A connection could not be made, or is gone: what was sent over it may never have arrived (RFC 3261 §18.4). May come while
     * something is being sent.
     */
    void onFailed(Flow flow);
}
