/**
 * Digest authentication on both sides (RFC 7616, and RFC 8760 for SIP): MD5, SHA-256 and SHA-512-256, qop {@code auth}. Works on
 * the parameters of headers as text; used once per challenged request, so it may allocate.
 */
package io.trunkline.sip.digest;
