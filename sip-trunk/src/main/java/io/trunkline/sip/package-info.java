/**
 * Calls. The rooms in the order of a message: {@code transport} has the sockets, {@code framing} cuts what was received, {@code
 * message} indexes and writes it, {@code trunk} knows whose it is and what a peer may carry, {@code transaction} is RFC 3261 §17,
 * {@code dialog} §12, and {@code call} joins dialogs to calls. {@code time} has the wheel of their deadlines,
 * {@code locate} finds peers by DNS, {@code stack} reads headers with JAIN-SIP, which only it may import, and {@code digest} is
 * digest authentication. Knows nothing of the gateway.
 */
package io.trunkline.sip;
