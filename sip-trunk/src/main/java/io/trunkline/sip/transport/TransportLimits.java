package io.trunkline.sip.transport;

import io.trunkline.sip.message.SipLimits;

/**
 * What peers may take of us at most.
 *
 * @param message a message's sizes
 * @param maxDatagram octets of a datagram; what fills it wholly may have been cut and is dropped
 * @param maxQueued octets that a peer has not taken, per connection and per UDP socket; over it a connection is closed, a datagram
 *     dropped. Four times as many may wait until their owner lets them go
 * @param maxConnections connections, accepted, which are three quarters at most, and ours; over it one more is closed, or not opened
 * @param maxConnectionsPerPeer accepted connections from one {@link AddressBlock}
 * @param idleMs a connection over which nothing went either way for so long is closed
 * @param partialMs how long the rest of a message, a handshake, or the last octets of a connection may take
 * @param connectMs how long a connect attempt with its TLS handshake may take
 * @param keepAliveMs after how long without a word from the peer a connection of ours sends a ping (RFC 5626 §3.5.1); 0: never
 * @param pongMs how long its answer may take; the connection is closed without one
 */
public record TransportLimits(
        SipLimits message,
        int maxDatagram,
        int maxQueued,
        int maxConnections,
        int maxConnectionsPerPeer,
        long idleMs,
        long partialMs,
        long connectMs,
        long keepAliveMs,
        long pongMs) {
    /** For a carrier's edge: tens of peers, not thousands of phones. Pings are off: not every peer answers them. */
    public static final TransportLimits DEFAULT =
            new TransportLimits(SipLimits.DEFAULT, 16 * 1024, 4 << 20, 4_096, 64, 600_000, 10_000, 4_000, 0, 10_000);

    public TransportLimits {
        if (maxDatagram < 1500 || maxQueued < 64 * 1024 || maxConnections < 1 || maxConnectionsPerPeer < 1) {
            throw new IllegalArgumentException(
                    "maxDatagram must be at least 1500, maxQueued 65536, connections at least 1");
        }
        if (idleMs < 1 || partialMs < 1 || connectMs < 1 || keepAliveMs < 0 || pongMs < 1) {
            throw new IllegalArgumentException("times must be positive, keepAliveMs not negative");
        }
    }
}
