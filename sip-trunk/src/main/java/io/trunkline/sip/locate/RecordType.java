package io.trunkline.sip.locate;

/** Types of DNS records that are asked for. */
public enum RecordType {
    A,
    AAAA,
    /** RFC 2782. */
    SRV,
    /** RFC 3403. */
    NAPTR
}
