package io.trunkline.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One SMPP connection to a carrier.
 *
 * @param systemType of the bind PDU; most carriers want it empty
 * @param window requests that may be unanswered
 * @param tps segments per second; at most {@code burst} segments at once
 * @param enquireInterval silence after which enquire_link is sent
 * @param responseTimeout without an answer to a submit for this long it is in doubt
 * @param bindTimeout from connect to bind_resp
 * @param outbind present where the carrier connects to us and asks us to bind
 */
public record Bind(
        String name,
        boolean enabled,
        String host,
        int port,
        Type type,
        String systemId,
        Secret password,
        String systemType,
        String addressRange,
        Version version,
        int window,
        double tps,
        int burst,
        Duration enquireInterval,
        Duration responseTimeout,
        Duration bindTimeout,
        Reconnect reconnect,
        Optional<Outbind> outbind,
        Optional<ClientTls> tls) {
    /** Which way messages go. */
    public enum Type {
        TRANSCEIVER,
        TRANSMITTER,
        RECEIVER;

        public boolean sends() {
            return this != RECEIVER;
        }

        public boolean receives() {
            return this != TRANSMITTER;
        }
    }

    /** interface_version of the bind PDU (SMPP 3.4 §5.2.4). */
    public enum Version {
        V33("3.3", 0x33),
        V34("3.4", 0x34),
        V50("5.0", 0x50);

        private final String text;
        private final int number;

        Version(final String text, final int number) {
            this.text = text;
            this.number = number;
        }

        public int number() {
            return number;
        }

        /** As written in the configuration. */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * How a carrier calls (SMPP 3.4 §2.2.1).
     *
     * @param address where we listen for it
     * @param systemId the carrier's, in its outbind
     * @param password the carrier's, in its outbind
     * @param allow addresses that it may call from
     */
    public record Outbind(
            Endpoint address, String systemId, Secret password, List<Cidr> allow, Optional<ServerTls> tls) {
        public Outbind {
            allow = List.copyOf(allow);
        }
    }

    /** Bounds of the jittered exponential wait before the next connect. */
    public record Reconnect(Duration min, Duration max) {}
}
