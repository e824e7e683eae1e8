package io.trunkline.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One SIP trunk to a carrier.
 *
 * @param host name or address of the peer
 * @param port empty: what DNS says, or the default
 * @param transport empty: what DNS says, or UDP
 * @param sources addresses that its calls come from, besides those that we send to
 * @param certificateNames DNS names in the client certificates that it shows us
 * @param digest how we answer its challenges
 * @param accept what it shows us where it has no fixed address
 * @param register present where we register there
 * @param cps calls to it per second; 0: no limit
 * @param cpsIn calls from it per second; 0: no limit
 * @param maxCalls at a time, both ways together; 0: no limit
 * @param messages whether MESSAGE requests from it are messages to the owner of the number
 * @param messagesOut present where messages go to it as MESSAGE requests
 * @param verify what is asked of the signatures of calls from it
 * @param sessionTimer what is asked for on this leg (RFC 4028); zero: none
 * @param largeOverTcp whether requests too large for UDP go over TCP (RFC 3261 §18.1.1)
 * @param maxRetryAfter Retry-After is obeyed for so long at most
 * @param media where media of its calls goes
 */
public record SipTrunk(
        String name,
        boolean enabled,
        String host,
        Optional<Integer> port,
        Optional<Sip.Transport> transport,
        List<Cidr> sources,
        List<String> certificateNames,
        Optional<Digest> digest,
        Optional<SipUser> accept,
        Optional<Register> register,
        Optional<SipProbe> probe,
        double cps,
        double cpsIn,
        int maxCalls,
        Failover failover,
        Redirects redirects,
        SipNumbers numbers,
        SipIdentity identity,
        boolean messages,
        Optional<MessagesOut> messagesOut,
        Verify verify,
        Duration sessionTimer,
        boolean largeOverTcp,
        Duration maxRetryAfter,
        Optional<ClientTls> tls,
        Media media) {
    public SipTrunk {
        sources = List.copyOf(sources);
        certificateNames = List.copyOf(certificateNames);
    }

    /** Where media of calls goes. */
    public enum Media {
        /** From end to end. */
        DIRECT,
        /** Through the relay. */
        ANCHOR
    }

    /** What becomes of calls by what their signature is worth. */
    public enum Verify {
        /** It is not looked at. */
        OFF,
        /** All go on; the tenant's platform is told. */
        MARK,
        /** Those whose signature is wrong are refused. */
        REFUSE,
        /** All are refused but those whose signature is right. */
        REQUIRE
    }

    /** How we show the peer who we are. */
    public record Digest(String user, String realm, Secret password, Algorithm weakest) {}

    /** Hashes of digest authentication, the stronger the later (RFC 8760). */
    public enum Algorithm {
        MD5,
        SHA_256,
        SHA_512_256
    }

    /** How we register (RFC 3261 §10). */
    public record Register(String user, String domain, Duration expires) {}

    /**
     * Messages to the trunk, each one MESSAGE (RFC 3428).
     *
     * @param window requests under way at a time
     * @param perSecond of messages; 0: no limit
     * @param timeout how long a final response is waited for
     * @param ok what a 200 says
     * @param maxOctets longest request
     */
    public record MessagesOut(int window, double perSecond, Duration timeout, Ok ok, int maxOctets) {}

    /** What a 200 to a MESSAGE says. */
    public enum Ok {
        /** The user agent has it (RFC 3428 §7). */
        DELIVERED,
        /** No more than that the trunk has it. */
        ACCEPTED
    }

    /**
     * What redirections mean.
     *
     * @param follow whether Contacts that are trunks of the same carrier are gone to; else it is as if the trunk had failed
     * @param most Contacts that are followed for one call
     */
    public record Redirects(boolean follow, int most) {}

    /**
     * When a refused call goes elsewhere.
     *
     * @param on final statuses; 408 also stands for no response, 503 for no connection
     * @param afterProvisional whether it does even if a telephone may have rung already
     * @param response how long a response other than 100 is waited for
     * @param ring how long an answer is waited for after a provisional response
     */
    public record Failover(List<Integer> on, boolean afterProvisional, Duration response, Duration ring) {
        public Failover {
            on = List.copyOf(on);
        }
    }
}
