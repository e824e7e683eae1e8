package io.trunkline.gateway.config;

import java.time.Duration;

/**
 * {@code limits} of {@code gateway.yaml}: nothing in the daemon grows beyond these.
 *
 * @param openUnits units that are not terminal yet, over all tenants
 * @param segmentsPerMessage a longer body is refused
 * @param subscriptionsPerTenant event streams with a cursor of their own
 * @param sessions upstream connections in all
 * @param sessionsPerAddress upstream connections from one address
 * @param eventWindow events that a session of the binary protocol may leave unacknowledged
 * @param prebindTimeout how long a connection may stay without Hello or bind
 * @param maxFrame largest frame or PDU read from an upstream peer, checked before any allocation
 * @param output bytes held for a peer that does not read, before it is closed (upstream) or sent nothing more (carrier)
 */
public record Limits(
        int openUnits,
        int segmentsPerMessage,
        int subscriptionsPerTenant,
        int sessions,
        int sessionsPerAddress,
        int eventWindow,
        Duration prebindTimeout,
        Size maxFrame,
        Size output,
        Dedupe dedupe,
        Lockout lockout,
        Reassembly reassembly,
        EarlyReceipts earlyReceipts,
        Replays replays) {
    /** For how long, and for at most how many submits, a client reference is remembered. */
    public record Dedupe(Duration window, int entries) {}

    /** After {@code attempts} failures within {@code window} an address is refused for {@code duration}. */
    public record Lockout(int attempts, Duration window, Duration duration) {}

    /** Inbound messages of which parts are missing. */
    public record Reassembly(int messages, Duration timeout) {}

    /** Receipts that came before the answer that names their message. */
    public record EarlyReceipts(int entries, Duration ttl) {}

    /**
     * Events that tenants have once more.
     *
     * @param atOnce replays of all tenants together
     * @param eventsPerSecond of one replay
     */
    public record Replays(int atOnce, int perTenant, int eventsPerSecond) {}
}
