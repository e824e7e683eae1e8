package io.trunkline.sip.stir;

/**
 * What a call says of itself, for a PASSporT to be held against. Numbers are canonical.
 *
 * @param orig the number that the callee would be shown
 * @param dest the number in To (RFC 8224 §4.1)
 * @param target the number in the Request-URI: another one where the call was diverted on its way
 * @param dateSec the Date header, s since 1970; 0 where there is none. Only the compact form needs it
 * @param call names the call: copies of its INVITE have the same
 */
public record CallFacts(String orig, String dest, String target, long dateSec, long call) {}
