/**
 * SIP messages as octets (RFC 3261 §7, §25): an index over what was received, readers of the fields that routing and
 * transactions need, edits that copy ranges, and writers. Nothing here allocates per message after warm-up or throws at a
 * peer's octets: what is wrong comes back as a {@link io.trunkline.sip.message.SipFault} with the status to answer. The
 * grammar of all other headers is {@code ..sip.stack}'s.
 */
package io.trunkline.sip.message;
