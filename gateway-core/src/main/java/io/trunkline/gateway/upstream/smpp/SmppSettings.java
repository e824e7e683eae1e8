package io.trunkline.gateway.upstream.smpp;

import io.trunkline.gateway.config.Gateway;
import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.session.McSettings;
import java.time.Duration;

/**
 * Limits and times of the SMPP server; those of the protocol's sessions are in {@link McSettings}.
 *
 * @param sessions what holds for every listener; the system_id is replaced by the listener's
 * @param maxBodyLength octets of short_message or message_payload
 * @param deliveriesInFlight events per account that are sent and not answered; a power of two
 * @param deliveryAttempts times that an event is sent before it is given up
 * @param retryFirstMs before the second attempt; doubles
 * @param retryMaxMs the longest delay
 * @param refusalDelayMs from bind to the refusal of who is not let in: the same for every reason
 * @param submitsRemembered submits of which the addresses and the reference are kept for their receipts
 */
public record SmppSettings(
        McSettings sessions,
        int maxBodyLength,
        int deliveriesInFlight,
        int deliveryAttempts,
        int retryFirstMs,
        int retryMaxMs,
        int refusalDelayMs,
        int submitsRemembered) {
    public static final SmppSettings DEFAULT =
            new SmppSettings(McSettings.DEFAULT, 20_000, 128, 20, 1_000, 60_000, 500, 65_536);

    public SmppSettings {
        if (Integer.bitCount(deliveriesInFlight) != 1) {
            throw new IllegalArgumentException("deliveriesInFlight must be a power of two");
        }
        if (maxBodyLength < 1 || deliveryAttempts < 1 || retryFirstMs < 1 || submitsRemembered < 1) {
            throw new IllegalArgumentException("limits of the SMPP server must be at least 1");
        }
    }

    /** As {@code gateway.yaml} says. */
    public static SmppSettings of(final Gateway gateway) {
        final McSettings.Timing d = McSettings.Timing.DEFAULT;
        final Duration dead = gateway.timeouts().dead();
        final Duration ping = gateway.timeouts().ping();
        final McSettings sessions = McSettings.DEFAULT
                .withSessions(gateway.limits().sessions(), gateway.limits().sessionsPerAddress(), Integer.MAX_VALUE)
                .withMaxPduLength(gateway.limits().maxFrame().intBytes())
                .withTiming(new McSettings.Timing(
                        gateway.limits().prebindTimeout().toNanos(),
                        d.bindAnswerNs(),
                        gateway.timeouts().answer().toNanos(),
                        d.lateGraceNs(),
                        ping.toNanos(),
                        Math.max(1, dead.minus(ping).toNanos()),
                        d.inactivityNs(),
                        d.unbindNs(),
                        d.stallNs()));
        return new SmppSettings(
                sessions,
                DEFAULT.maxBodyLength,
                DEFAULT.deliveriesInFlight,
                DEFAULT.deliveryAttempts,
                DEFAULT.retryFirstMs,
                DEFAULT.retryMaxMs,
                DEFAULT.refusalDelayMs,
                DEFAULT.submitsRemembered);
    }

    /** What a listener's sessions get. */
    McSettings sessionsOf(final String systemId) {
        return sessions.withIdentity(
                systemId.substring(0, Math.min(systemId.length(), BindRequest.SYSTEM_ID_MAX)),
                sessions.interfaceVersion());
    }
}
