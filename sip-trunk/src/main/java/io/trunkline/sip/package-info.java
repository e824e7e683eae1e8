/**
 * Calls. The rooms in the order of a message: {@code framing} cuts what was received, {@code message} indexes and writes it,
 * {@code transaction} is RFC 3261 §17. Only {@code ..sip.stack} may import JAIN-SIP. Knows nothing of the gateway.
 */
package io.trunkline.sip;
