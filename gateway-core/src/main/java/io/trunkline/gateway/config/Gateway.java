package io.trunkline.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code gateway.yaml}: the daemon itself.
 *
 * @param name of this gateway, as peers and metrics see it
 * @param data directory of the journal and of the admin socket; absolute once loaded
 * @param sip empty: no calls
 */
public record Gateway(
        String name,
        Path data,
        Idle idle,
        JournalSettings journal,
        Upstream upstream,
        Optional<Sip> sip,
        Admin admin,
        Limits limits,
        Timeouts timeouts,
        Drain drain,
        Exports exports) {
    /** What the shard does when a duty cycle found no work. */
    public enum Idle {
        /** Waits in the selector. */
        BLOCK,
        YIELD,
        /** Burns its core. */
        SPIN
    }

    /** Where API tiers and SMPP clients connect. */
    public record Upstream(List<BinaryListener> binary, List<SmppListener> smpp) {
        public Upstream {
            binary = List.copyOf(binary);
            smpp = List.copyOf(smpp);
        }
    }

    /** One listener of the binary protocol. */
    public record BinaryListener(Endpoint address, Optional<ServerTls> tls) {}

    /**
     * One listener that speaks SMPP as a message centre.
     *
     * @param systemId what bind responses carry as ours, at most 15 characters (SMPP 3.4 §5.2.1)
     */
    public record SmppListener(Endpoint address, String systemId, Optional<ServerTls> tls) {}

    /** The optional HTTP side of the admin interface; the Unix-domain socket is always there. */
    public record Admin(Optional<AdminHttp> http) {}

    /**
     * Metrics and health over HTTP.
     *
     * @param token what {@code Authorization: Bearer} must carry; empty: only allowed on a loopback address
     */
    public record AdminHttp(Endpoint address, Optional<Secret> token) {}

    /**
     * How long the shard waits for peers.
     *
     * @param ping silence after which the peer is asked for a sign of life
     * @param dead silence after which its connection is closed
     * @param answer how long an SMPP client may take to answer a deliver_sm
     * @param failover how long a carrier may be without a bind before what waits for it goes elsewhere
     */
    public record Timeouts(Duration ping, Duration dead, Duration answer, Duration failover) {}

    /**
     * Clean stop.
     *
     * @param limit how long windows may take to empty before the daemon stops all the same
     * @param calls how long calls may go on before they are ended
     */
    public record Drain(Duration limit, Duration calls) {}
}
