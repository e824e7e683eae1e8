/**
 * Room for calls: SIP framing and indexing, transactions, B2BUA, trunks, digest, SDP. Knows nothing of the gateway. Only
 * {@code ..sip.stack} will import JAIN-SIP. Empty until calls are built.
 */
package io.trunkline.sip;
