package io.trunkline.sip.locate;

import java.net.InetAddress;

/** What a name server says about a name. Names have no dot at their end. */
public sealed interface DnsRecord {
    /** A or AAAA. */
    record Address(InetAddress address) implements DnsRecord {}

    /**
     * SRV (RFC 2782).
     *
     * @param priority lower ones first
     * @param weight share among those of one priority
     * @param port 1..65535
     * @param target empty where the service is decidedly not there
     */
    record Service(int priority, int weight, int port, String target) implements DnsRecord {}

    /**
     * NAPTR (RFC 3403 §4.1).
     *
     * @param order lower ones first
     * @param preference lower ones first among those of one order
     * @param flags {@code s} where an SRV record is next
     * @param services {@code SIP+D2U} and its like
     * @param replacement the next name; a record with a regular expression instead is of no use here (RFC 3263 §4.1)
     */
    record Pointer(int order, int preference, String flags, String services, String replacement) implements DnsRecord {}
}
