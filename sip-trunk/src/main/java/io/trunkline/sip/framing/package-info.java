/** Where a SIP message starts and ends: one in a datagram, many in a stream (RFC 3261 §18.3, RFC 5626 §3.5.1). */
package io.trunkline.sip.framing;
