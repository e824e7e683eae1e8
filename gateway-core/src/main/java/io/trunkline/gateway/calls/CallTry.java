package io.trunkline.gateway.calls;

import io.trunkline.sip.stir.Attestation;

/**
 * A target that an INVITE goes to, by the journal's numbers. Made once for a target, and given with every attempt at it.
 *
 * @param carrier 0 where it is no carrier's: a tenant's own platform, or its media server
 * @param trunk number of the link; 0 as above
 * @param routeRow row of the routing table that led there; 0 none
 * @param routeRule rule that the call met; 0 none
 * @param target Request-URI
 * @param signedAs what we vouch for to this target; null where the INVITE is not signed
 */
public record CallTry(int carrier, int trunk, int routeRow, int routeRule, String target, Attestation signedAs) {}
