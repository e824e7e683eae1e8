/**
 * Calls. The rooms in the order of a message: {@code framing} cuts what was received, {@code message} indexes and writes it,
 * {@code transaction} is RFC 3261 §17; {@code stack} reads headers with JAIN-SIP, which only it may import, and {@code digest}
 * is digest authentication. Knows nothing of the gateway.
 */
package io.trunkline.sip;
