package io.trunkline.client;

import io.trunkline.upstream.codec.Durability;

/**
 * What the gateway granted to a connection.
 *
 * @param protocolVersion spoken from here on
 * @param durability what an acknowledgement survives
 * @param credit submits that may be unanswered
 * @param maxFrameLength largest frame either way, bytes after the length prefix
 * @param idleTimeoutMs the gateway closes a connection on which it has received nothing for so long
 * @param eventWindow events that may be unacknowledged
 * @param resumedAfter events go on after this sequence
 * @param lastEventSequence the newest event that exists
 * @param serverTimeMs the gateway's clock, milliseconds since the epoch
 * @param server name and release, for people
 */
public record Welcome(
        int protocolVersion,
        Durability durability,
        long credit,
        int maxFrameLength,
        long idleTimeoutMs,
        long eventWindow,
        long resumedAfter,
        long lastEventSequence,
        long serverTimeMs,
        String server) {}
