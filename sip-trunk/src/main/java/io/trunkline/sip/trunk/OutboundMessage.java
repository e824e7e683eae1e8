package io.trunkline.sip.trunk;

import org.agrona.DirectBuffer;

/**
 * One message that goes out.
 *
 * @param requestUri whom it is for
 * @param from {@code name-addr} of From, without tag
 * @param fromTag tag of From
 * @param to {@code name-addr} of To
 * @param callId Call-ID: the same whenever the message is sent again
 * @param headers further lines, each with CRLF
 * @param text UTF-8; not to be changed any more
 */
public record OutboundMessage(
        String requestUri, String from, String fromTag, String to, String callId, String headers, DirectBuffer text) {}
