package io.trunkline.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code sip} of {@code gateway.yaml}: where calls come in, and what all calls together may take.
 *
 * @param realm in which accounts are challenged; empty: nobody is
 * @param highRisk prefixes that only tenants may call who name them
 * @param mirror present where a collector gets copies of all messages
 * @param media present where there is a relay that media may be anchored at
 * @param capture present where the latest messages are kept for traces
 * @param stir present where calls are signed or verified
 */
public record Sip(
        List<Listener> listeners,
        Optional<String> realm,
        Strangers strangers,
        List<String> highRisk,
        Bounds limits,
        Times times,
        Optional<SipStir> stir,
        Optional<Mirror> mirror,
        Optional<Media> media,
        Optional<Capture> capture) {
    public Sip {
        listeners = List.copyOf(listeners);
        highRisk = List.copyOf(highRisk);
    }

    /**
     * A collector of traces that speaks HEP3 over UDP, as Homer.
     *
     * @param agent names this gateway to it
     * @param key lets us in there
     */
    public record Mirror(Endpoint collector, int agent, Optional<Secret> key) {}

    /**
     * The relay of trunks with {@code media: anchor}.
     *
     * @param relay where it listens for {@code ng}
     * @param timeout how long it may take to answer
     */
    public record Media(Endpoint relay, Duration timeout, WhenDead whenDead) {}

    /**
     * The latest messages.
     *
     * @param memory octets of them
     */
    public record Capture(Size memory) {}

    /** What becomes of calls whose media cannot be anchored. */
    public enum WhenDead {
        /** The next trunk is tried, else 503. */
        REFUSE,
        /** Media goes from end to end. */
        PASS
    }

    /** What SIP goes over. */
    public enum Transport {
        UDP,
        TCP,
        TLS
    }

    /** What a request from an unknown address meets where it is not challenged. */
    public enum Strangers {
        /** Nothing. */
        SILENT,
        /** 403. */
        REFUSE
    }

    /**
     * One socket.
     *
     * @param advertise host, or host:port, for Via and Contact where it is not the address
     * @param tls present exactly where the transport is TLS
     */
    public record Listener(
            Endpoint address, Transport transport, Optional<String> advertise, Optional<ServerTls> tls) {}

    /**
     * What calls may take at most.
     *
     * @param transactions of servers and of clients each
     * @param memory octets kept for calls, and as many again for repetitions
     * @param output octets that wait to leave, per connection and per UDP socket
     * @param behind how long sockets may not be read empty before new calls are refused; zero: for ever
     */
    public record Bounds(
            int calls,
            int transactions,
            Size memory,
            int connections,
            int connectionsPerAddress,
            Size output,
            Duration behind) {}

    /**
     * How long calls may take.
     *
     * @param setup until an answer, all trunks together
     * @param sessionTimer what is asked for on callers' legs (RFC 4028); zero: none
     * @param minSessionTimer shortest interval that is granted
     */
    public record Times(Duration setup, Duration sessionTimer, Duration minSessionTimer) {}
}
