package io.trunkline.smpp.session;

import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.InterfaceVersion;
import io.trunkline.smpp.codec.PduFramer;
import io.trunkline.smpp.codec.PduHeader;
import java.util.concurrent.TimeUnit;

/**
 * How an MC serves; {@link #DEFAULT} changed by the {@code with} methods. Times in nanoseconds.
 *
 * @param systemId of this MC, in bind responses; at most {@link BindRequest#SYSTEM_ID_MAX} characters
 * @param interfaceVersion of this MC, in bind responses; see {@link InterfaceVersion}
 * @param maxSessions in all, above 0
 * @param maxSessionsPerAddress of one IP address, above 0
 * @param maxSessionsPerSystemId bound at a time, above 0; the next bind is answered ESME_RALYBND
 * @param window most unanswered requests of one ESME; what is above is answered ESME_RTHROTTLED
 * @param deliverWindow most unanswered requests toward one ESME
 * @param lateWindow most timed-out requests whose late answer is still known
 * @param maxPduLength octets of the longest PDU taken
 * @param inbound what an ESME may send
 * @param timing see {@link Timing}
 * @param tls null: plain TCP
 */
public record McSettings(
        String systemId,
        int interfaceVersion,
        int maxSessions,
        int maxSessionsPerAddress,
        int maxSessionsPerSystemId,
        int window,
        int deliverWindow,
        int lateWindow,
        int maxPduLength,
        InboundLimits inbound,
        Timing timing,
        SmppTls tls) {

    /**
     * Times in nanoseconds, all above 0 except where said.
     *
     * @param preBindNs from connect to the bind request, TLS and all
     * @param bindAnswerNs for the listener to answer a bind that it deferred
     * @param responseNs for the ESME's answer to a request
     * @param lateGraceNs how long a late answer is still known
     * @param enquireNs nothing received for so long: enquire_link; 0: never
     * @param enquireResponseNs for the answer to enquire_link; nothing received at all by then: the peer is dead
     * @param inactivityNs no PDU but enquire_link and its answers for so long: closed; 0: never
     * @param unbindNs for the answer to unbind
     * @param stallNs the ESME reads nothing for so long: closed
     */
    public record Timing(
            long preBindNs,
            long bindAnswerNs,
            long responseNs,
            long lateGraceNs,
            long enquireNs,
            long enquireResponseNs,
            long inactivityNs,
            long unbindNs,
            long stallNs) {
        /** 5 s, 10 s, 30 s, 120 s, 30 s, 10 s, never, 5 s, 30 s. */
        public static final Timing DEFAULT = new Timing(s(5), s(10), s(30), s(120), s(30), s(10), 0, s(5), s(30));

        /** Checks the ranges. */
        public Timing {
            if (preBindNs <= 0
                    || bindAnswerNs <= 0
                    || responseNs <= 0
                    || lateGraceNs <= 0
                    || enquireNs < 0
                    || enquireResponseNs <= 0
                    || inactivityNs < 0
                    || unbindNs <= 0
                    || stallNs <= 0) {
                throw new IllegalArgumentException("times must be above 0");
            }
        }

        private static long s(final long seconds) {
            return TimeUnit.SECONDS.toNanos(seconds);
        }
    }

    /** 1,000 sessions, 100 per address, 10 per system id, windows of 1,000 and 10, plain TCP. */
    public static final McSettings DEFAULT = new McSettings(
            "trunkline",
            InterfaceVersion.V5_0,
            1000,
            100,
            10,
            1000,
            10,
            1000,
            PduFramer.DEFAULT_MAX_LENGTH,
            InboundLimits.DEFAULT,
            Timing.DEFAULT,
            null);

    /** Checks the ranges. */
    public McSettings {
        if (systemId.length() > BindRequest.SYSTEM_ID_MAX) {
            throw new IllegalArgumentException("system_id is too long");
        }
        EsmeSettings.checkRange("maxSessions", maxSessions, 1, Integer.MAX_VALUE);
        EsmeSettings.checkRange("maxSessionsPerAddress", maxSessionsPerAddress, 1, Integer.MAX_VALUE);
        EsmeSettings.checkRange("maxSessionsPerSystemId", maxSessionsPerSystemId, 1, Integer.MAX_VALUE);
        EsmeSettings.checkRange("window", window, 1, SubmitWindow.MAX_CAPACITY);
        EsmeSettings.checkRange("deliverWindow", deliverWindow, 1, SubmitWindow.MAX_CAPACITY);
        EsmeSettings.checkRange("lateWindow", lateWindow, 0, SubmitWindow.MAX_CAPACITY);
        EsmeSettings.checkRange("maxPduLength", maxPduLength, PduHeader.LENGTH, 1 << 20);
    }

    public McSettings withIdentity(final String newSystemId, final int newInterfaceVersion) {
        return new McSettings(
                newSystemId,
                newInterfaceVersion,
                maxSessions,
                maxSessionsPerAddress,
                maxSessionsPerSystemId,
                window,
                deliverWindow,
                lateWindow,
                maxPduLength,
                inbound,
                timing,
                tls);
    }

    public McSettings withSessions(
            final int newMaxSessions, final int newMaxSessionsPerAddress, final int newMaxSessionsPerSystemId) {
        return new McSettings(
                systemId,
                interfaceVersion,
                newMaxSessions,
                newMaxSessionsPerAddress,
                newMaxSessionsPerSystemId,
                window,
                deliverWindow,
                lateWindow,
                maxPduLength,
                inbound,
                timing,
                tls);
    }

    public McSettings withWindows(final int newWindow, final int newDeliverWindow) {
        return new McSettings(
                systemId,
                interfaceVersion,
                maxSessions,
                maxSessionsPerAddress,
                maxSessionsPerSystemId,
                newWindow,
                newDeliverWindow,
                lateWindow,
                maxPduLength,
                inbound,
                timing,
                tls);
    }

    public McSettings withMaxPduLength(final int newMaxPduLength) {
        return new McSettings(
                systemId,
                interfaceVersion,
                maxSessions,
                maxSessionsPerAddress,
                maxSessionsPerSystemId,
                window,
                deliverWindow,
                lateWindow,
                newMaxPduLength,
                inbound,
                timing,
                tls);
    }

    public McSettings withInbound(final InboundLimits newInbound) {
        return new McSettings(
                systemId,
                interfaceVersion,
                maxSessions,
                maxSessionsPerAddress,
                maxSessionsPerSystemId,
                window,
                deliverWindow,
                lateWindow,
                maxPduLength,
                newInbound,
                timing,
                tls);
    }

    public McSettings withTiming(final Timing newTiming) {
        return new McSettings(
                systemId,
                interfaceVersion,
                maxSessions,
                maxSessionsPerAddress,
                maxSessionsPerSystemId,
                window,
                deliverWindow,
                lateWindow,
                maxPduLength,
                inbound,
                newTiming,
                tls);
    }

    public McSettings withTls(final SmppTls newTls) {
        return new McSettings(
                systemId,
                interfaceVersion,
                maxSessions,
                maxSessionsPerAddress,
                maxSessionsPerSystemId,
                window,
                deliverWindow,
                lateWindow,
                maxPduLength,
                inbound,
                timing,
                newTls);
    }
}
