package io.trunkline.sip.call;

import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;

/** Answers a target's challenges (RFC 3261 §22), if it may. */
public interface Credentials {
    /**
     * A request was challenged with 401 or 407.
     *
     * @return whether to send it again, with what {@link #authorize} writes; false to take the challenge as a refusal
     */
    boolean challenged(SipMessage response);

    /** Appends the lines of authorization for a request; nothing as long as nobody challenged. */
    void authorize(SipMethod method, String requestUri, MessageWriter out);
}
