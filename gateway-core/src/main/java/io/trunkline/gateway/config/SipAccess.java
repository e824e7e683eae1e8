package io.trunkline.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code sip} of a tenant: its SIP platform, where its calls come from and where those to its numbers go.
 *
 * @param sources addresses that its calls come from, besides those of {@code to}
 * @param certificateNames DNS names in the client certificates that it shows
 * @param digest what it shows where it has no fixed address
 * @param to empty: it takes no calls
 * @param cps calls from it per second; 0: no limit
 * @param maxCalls at a time, both ways together; 0: no limit
 * @param messages whether MESSAGE requests of the platform are submits
 * @param highRisk prefixes of high risk that it may call all the same
 * @param spend present where it is guarded what its calls cost
 */
public record SipAccess(
        List<Cidr> sources,
        List<String> certificateNames,
        Optional<SipUser> digest,
        Optional<Platform> to,
        double cps,
        int maxCalls,
        Duration maxDuration,
        List<String> highRisk,
        boolean messages,
        SipNumbers numbers,
        SipIdentity identity,
        Optional<Spend> spend) {
    public SipAccess {
        sources = List.copyOf(sources);
        certificateNames = List.copyOf(certificateNames);
        highRisk = List.copyOf(highRisk);
    }

    /**
     * What its calls to the network may cost.
     *
     * @param perHour in the last sixty minutes, in whole units of the currency
     * @param unratedMinute what sixty seconds count for where no rate says it
     */
    public record Spend(int perHour, Money unratedMinute) {}

    /** Where calls to the tenant's numbers go. */
    public record Platform(
            String host,
            Optional<Integer> port,
            Optional<Sip.Transport> transport,
            Optional<SipProbe> probe,
            Optional<ClientTls> tls) {}
}
