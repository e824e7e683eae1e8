package io.trunkline.smpp.session;

import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.PduFramer;
import io.trunkline.smpp.codec.PduHeader;
import java.util.concurrent.TimeUnit;

/**
 * How to bind to an MC; made by {@link #to} and changed by the {@code with} methods, each of which checks what it takes.
 *
 * @param host name or address of the MC
 * @param port 1..65535
 * @param bindType what the bind carries
 * @param login who we are
 * @param window most unanswered requests of ours, 1..{@link SubmitWindow#MAX_CAPACITY}
 * @param lateWindow most timed-out requests whose late answer is still known
 * @param inboundWindow most unanswered deliver_sm of the MC; what is above is answered ESME_RTHROTTLED
 * @param rateMillis milli-segments per second, or {@link TokenBucket#UNLIMITED}
 * @param burst segments that may go at once; 0: a hundredth of the rate
 * @param maxPduLength octets of the longest PDU taken from the MC
 * @param timing see {@link Timing}
 * @param backoff pauses between attempts
 * @param slowDown what to do when the MC has too much
 * @param inbound what the MC may send
 * @param tls null: plain TCP
 * @param awaitsOutbind do not connect: the MC connects and sends outbind, see {@link OutbindListener}
 */
public record EsmeSettings(
        String host,
        int port,
        BindType bindType,
        BindRequest login,
        int window,
        int lateWindow,
        int inboundWindow,
        long rateMillis,
        int burst,
        int maxPduLength,
        Timing timing,
        Backoff.Settings backoff,
        SlowDown.Settings slowDown,
        InboundLimits inbound,
        SmppTls tls,
        boolean awaitsOutbind) {

    /**
     * Times in nanoseconds, all above 0 except where said.
     *
     * @param connectNs to resolve, connect and shake hands
     * @param bindNs for the answer to the bind
     * @param responseNs for the answer to a request
     * @param lateGraceNs how long a late answer is still known
     * @param enquireNs nothing received for so long: enquire_link; 0: never, for an MC that does not answer it
     * @param enquireResponseNs for the answer to enquire_link; nothing received at all by then: the peer is dead
     * @param idleNs no message for so long: unbind; 0: never
     * @param drainNs for the answers when draining
     * @param unbindNs for the answer to unbind
     * @param stallNs the MC reads nothing for so long: closed
     */
    public record Timing(
            long connectNs,
            long bindNs,
            long responseNs,
            long lateGraceNs,
            long enquireNs,
            long enquireResponseNs,
            long idleNs,
            long drainNs,
            long unbindNs,
            long stallNs) {
        /** 10 s, 10 s, 30 s, 120 s, 30 s, 10 s, never, 10 s, 5 s, 30 s. */
        public static final Timing DEFAULT = ofSeconds(10, 10, 30, 120, 30, 10, 0, 10, 5, 30);

        /** Checks the ranges. */
        public Timing {
            if (Math.min(Math.min(connectNs, bindNs), Math.min(responseNs, lateGraceNs)) <= 0
                    || Math.min(enquireResponseNs, Math.min(drainNs, unbindNs)) <= 0
                    || stallNs <= 0
                    || enquireNs < 0
                    || idleNs < 0) {
                throw new IllegalArgumentException("times must be above 0");
            }
        }

        private static Timing ofSeconds(final long... s) {
            return new Timing(
                    ns(s[0]), ns(s[1]), ns(s[2]), ns(s[3]), ns(s[4]), ns(s[5]), ns(s[6]), ns(s[7]), ns(s[8]), ns(s[9]));
        }

        private static long ns(final long seconds) {
            return TimeUnit.SECONDS.toNanos(seconds);
        }

        /** With another time for answers. */
        public Timing withResponseNs(final long ns) {
            return new Timing(
                    connectNs,
                    bindNs,
                    ns,
                    lateGraceNs,
                    enquireNs,
                    enquireResponseNs,
                    idleNs,
                    drainNs,
                    unbindNs,
                    stallNs);
        }

        /** With other times for enquire_link. */
        public Timing withEnquireNs(final long intervalNs, final long answerNs) {
            return new Timing(
                    connectNs,
                    bindNs,
                    responseNs,
                    lateGraceNs,
                    intervalNs,
                    answerNs,
                    idleNs,
                    drainNs,
                    unbindNs,
                    stallNs);
        }
    }

    /** Checks the ranges. */
    public EsmeSettings {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host must not be empty");
        }
        checkRange("port", port, 1, 65_535);
        checkRange("window", window, 1, SubmitWindow.MAX_CAPACITY);
        checkRange("lateWindow", lateWindow, 0, SubmitWindow.MAX_CAPACITY);
        checkRange("inboundWindow", inboundWindow, 1, SubmitWindow.MAX_CAPACITY);
        checkRange("maxPduLength", maxPduLength, PduHeader.LENGTH, 1 << 20);
        checkRange("burst", burst, 0, TokenBucket.MAX_BURST);
        if (rateMillis < 0 || rateMillis > TokenBucket.MAX_RATE_MILLIS) {
            throw new IllegalArgumentException("rateMillis out of range: " + rateMillis);
        }
    }

    /** A transceiver, window 10, no rate, plain TCP. */
    public static EsmeSettings to(final String host, final int port, final BindRequest login) {
        return new EsmeSettings(
                host,
                port,
                BindType.TRANSCEIVER,
                login,
                10,
                1000,
                100,
                TokenBucket.UNLIMITED,
                0,
                PduFramer.DEFAULT_MAX_LENGTH,
                Timing.DEFAULT,
                Backoff.Settings.DEFAULT,
                SlowDown.Settings.DEFAULT,
                InboundLimits.DEFAULT,
                null,
                false);
    }

    public EsmeSettings withBindType(final BindType newBindType) {
        return new EsmeSettings(
                host,
                port,
                newBindType,
                login,
                window,
                lateWindow,
                inboundWindow,
                rateMillis,
                burst,
                maxPduLength,
                timing,
                backoff,
                slowDown,
                inbound,
                tls,
                awaitsOutbind);
    }

    public EsmeSettings withWindow(final int newWindow) {
        return new EsmeSettings(
                host,
                port,
                bindType,
                login,
                newWindow,
                lateWindow,
                inboundWindow,
                rateMillis,
                burst,
                maxPduLength,
                timing,
                backoff,
                slowDown,
                inbound,
                tls,
                awaitsOutbind);
    }

    public EsmeSettings withLateWindow(final int newLateWindow) {
        return new EsmeSettings(
                host,
                port,
                bindType,
                login,
                window,
                newLateWindow,
                inboundWindow,
                rateMillis,
                burst,
                maxPduLength,
                timing,
                backoff,
                slowDown,
                inbound,
                tls,
                awaitsOutbind);
    }

    public EsmeSettings withInboundWindow(final int newInboundWindow) {
        return new EsmeSettings(
                host,
                port,
                bindType,
                login,
                window,
                lateWindow,
                newInboundWindow,
                rateMillis,
                burst,
                maxPduLength,
                timing,
                backoff,
                slowDown,
                inbound,
                tls,
                awaitsOutbind);
    }

    public EsmeSettings withRate(final long newRateMillis, final int newBurst) {
        return new EsmeSettings(
                host,
                port,
                bindType,
                login,
                window,
                lateWindow,
                inboundWindow,
                newRateMillis,
                newBurst,
                maxPduLength,
                timing,
                backoff,
                slowDown,
                inbound,
                tls,
                awaitsOutbind);
    }

    public EsmeSettings withMaxPduLength(final int newMaxPduLength) {
        return new EsmeSettings(
                host,
                port,
                bindType,
                login,
                window,
                lateWindow,
                inboundWindow,
                rateMillis,
                burst,
                newMaxPduLength,
                timing,
                backoff,
                slowDown,
                inbound,
                tls,
                awaitsOutbind);
    }

    public EsmeSettings withTiming(final Timing newTiming) {
        return new EsmeSettings(
                host,
                port,
                bindType,
                login,
                window,
                lateWindow,
                inboundWindow,
                rateMillis,
                burst,
                maxPduLength,
                newTiming,
                backoff,
                slowDown,
                inbound,
                tls,
                awaitsOutbind);
    }

    public EsmeSettings withBackoff(final Backoff.Settings newBackoff) {
        return new EsmeSettings(
                host,
                port,
                bindType,
                login,
                window,
                lateWindow,
                inboundWindow,
                rateMillis,
                burst,
                maxPduLength,
                timing,
                newBackoff,
                slowDown,
                inbound,
                tls,
                awaitsOutbind);
    }

    public EsmeSettings withSlowDown(final SlowDown.Settings newSlowDown) {
        return new EsmeSettings(
                host,
                port,
                bindType,
                login,
                window,
                lateWindow,
                inboundWindow,
                rateMillis,
                burst,
                maxPduLength,
                timing,
                backoff,
                newSlowDown,
                inbound,
                tls,
                awaitsOutbind);
    }

    public EsmeSettings withInbound(final InboundLimits newInbound) {
        return new EsmeSettings(
                host,
                port,
                bindType,
                login,
                window,
                lateWindow,
                inboundWindow,
                rateMillis,
                burst,
                maxPduLength,
                timing,
                backoff,
                slowDown,
                newInbound,
                tls,
                awaitsOutbind);
    }

    public EsmeSettings withTls(final SmppTls newTls) {
        return new EsmeSettings(
                host,
                port,
                bindType,
                login,
                window,
                lateWindow,
                inboundWindow,
                rateMillis,
                burst,
                maxPduLength,
                timing,
                backoff,
                slowDown,
                inbound,
                newTls,
                awaitsOutbind);
    }

    public EsmeSettings withAwaitsOutbind(final boolean newAwaitsOutbind) {
        return new EsmeSettings(
                host,
                port,
                bindType,
                login,
                window,
                lateWindow,
                inboundWindow,
                rateMillis,
                burst,
                maxPduLength,
                timing,
                backoff,
                slowDown,
                inbound,
                tls,
                newAwaitsOutbind);
    }

    static void checkRange(final String name, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + ".." + max + ": " + value);
        }
    }
}
