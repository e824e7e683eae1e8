/**
 * From a name to addresses (RFC 3263): NAPTR, SRV and A/AAAA, asked without blocking; the order in which a call tries them (RFC
 * 2782); and which of them are worth trying. DNS comes in as {@link io.trunkline.sip.locate.DnsLookup}.
 */
package io.trunkline.sip.locate;
