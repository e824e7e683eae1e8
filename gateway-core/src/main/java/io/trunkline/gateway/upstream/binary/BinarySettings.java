package io.trunkline.gateway.upstream.binary;

import io.trunkline.client.FrameValidator;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.upstream.ConnectionCaps;

/**
 * Limits and times of the binary protocol's server.
 *
 * @param serverName told in Welcome
 * @param durability told in Welcome and with every acknowledgement
 * @param maxFrameLength largest length prefix taken after Hello, bytes
 * @param maxBodyLength largest body of a submit, bytes; never above what the journal can hold
 * @param maxEventWindow events that may be unacknowledged, at least 1
 * @param maxOverCredit submits over the credit within ten seconds before the connection is ended
 * @param readTurnBytes read from one connection before the others have their turn
 * @param helloTimeoutMs from connect to a whole Hello, TLS handshake included
 * @param refusalDelayMs from Hello to a refusal of who is not let in: the same for every reason
 * @param pingAfterMs silence after which a Ping is sent
 * @param idleTimeoutMs silence after which the connection is ended
 * @param slowReaderMs for how long the output may stay full
 * @param closeTimeoutMs for how long a last answer may take to leave before the connection is cut
 */
public record BinarySettings(
        String serverName,
        Durability durability,
        int maxFrameLength,
        int maxBodyLength,
        int maxEventWindow,
        int maxOverCredit,
        int readTurnBytes,
        int helloTimeoutMs,
        int refusalDelayMs,
        int pingAfterMs,
        int idleTimeoutMs,
        int slowReaderMs,
        int closeTimeoutMs,
        ConnectionCaps.Limits caps) {
    /** A submit of 255 segments in the widest alphabet fits. */
    public static final int MAX_BODY_LENGTH = 60_000;

    public static final BinarySettings DEFAULT = new BinarySettings(
            "trunkline",
            Durability.DISK,
            FrameValidator.MAX_LENGTH,
            MAX_BODY_LENGTH,
            10_000,
            1_000,
            64 * 1024,
            5_000,
            500,
            15_000,
            45_000,
            10_000,
            5_000,
            ConnectionCaps.Limits.DEFAULT);

    public BinarySettings {
        if (maxFrameLength < FrameValidator.HANDSHAKE_MAX_LENGTH || maxFrameLength > FrameValidator.MAX_LENGTH) {
            throw new IllegalArgumentException("maxFrameLength must be " + FrameValidator.HANDSHAKE_MAX_LENGTH + " to "
                    + FrameValidator.MAX_LENGTH + " bytes, is " + maxFrameLength);
        }
        if (maxBodyLength < 1 || maxBodyLength > 65_534 || maxEventWindow < 1 || readTurnBytes < 512) {
            throw new IllegalArgumentException("maxBodyLength, maxEventWindow or readTurnBytes is out of range");
        }
        if (pingAfterMs < 1 || idleTimeoutMs <= pingAfterMs) {
            throw new IllegalArgumentException("idleTimeoutMs must be longer than pingAfterMs");
        }
    }

    /** As {@code gateway.yaml} says. */
    public static BinarySettings of(final Gateway gateway) {
        final int maxFrameLength = Math.max(
                FrameValidator.HANDSHAKE_MAX_LENGTH,
                Math.min(FrameValidator.MAX_LENGTH, gateway.limits().maxFrame().intBytes()));
        return new BinarySettings(
                gateway.name(),
                gateway.journal().durability(),
                maxFrameLength,
                Math.min(maxFrameLength, MAX_BODY_LENGTH),
                gateway.limits().eventWindow(),
                DEFAULT.maxOverCredit,
                DEFAULT.readTurnBytes,
                Math.toIntExact(gateway.limits().prebindTimeout().toMillis()),
                DEFAULT.refusalDelayMs,
                Math.toIntExact(gateway.timeouts().ping().toMillis()),
                Math.toIntExact(gateway.timeouts().dead().toMillis()),
                DEFAULT.slowReaderMs,
                DEFAULT.closeTimeoutMs,
                new ConnectionCaps.Limits(
                        gateway.limits().sessions(),
                        gateway.limits().sessionsPerAddress(),
                        Math.min(
                                DEFAULT.caps.unauthenticated(), gateway.limits().sessions())));
    }
}
