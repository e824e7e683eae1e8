/**
 * Who calls, signed and verified: PASSporTs (RFC 8225) with the claims of SHAKEN (RFC 8588) in the Identity header (RFC 8224).
 * {@link io.trunkline.sip.stir.Signer} and {@link io.trunkline.sip.stir.Verifier} are its doors. What costs time runs elsewhere
 * through {@link io.trunkline.sip.stir.Offload}; certificates come from elsewhere through {@link
 * io.trunkline.sip.stir.CertificateSource}. Which call is signed how, and what becomes of one that is not verified, is the
 * owner's decision.
 */
package io.trunkline.sip.stir;
