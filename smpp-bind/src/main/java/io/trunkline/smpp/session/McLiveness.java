package io.trunkline.smpp.session;

import io.trunkline.smpp.codec.PduEncoder;

/** Whether the ESME of an {@link McSession} still lives, and whether it still does anything. */
final class McLiveness {
    private final PduConnection connection;
    private final McDeliveries deliveries;
    private final SessionCounters counters;
    private final LinkWatch watch;
    private final long inactivityNs;
    private long activeNs;

    McLiveness(
            final PduConnection connection,
            final McDeliveries deliveries,
            final SessionCounters counters,
            final McSettings.Timing timing) {
        this.connection = connection;
        this.deliveries = deliveries;
        this.counters = counters;
        watch = new LinkWatch(timing.enquireNs(), timing.enquireResponseNs());
        inactivityNs = timing.inactivityNs();
        activeNs = connection.receivedNs();
    }

    /** Something other than enquire_link came or went. */
    void active(final long nowNs) {
        activeNs = nowNs;
    }

    /** An answer that proves it. */
    void onAnswer() {
        watch.onAnswer();
    }

    boolean idle(final long nowNs) {
        return inactivityNs > 0 && nowNs - activeNs >= inactivityNs;
    }

    /** Asks after a silence; ends the connection where nothing follows. */
    void onTick(final long nowNs) {
        switch (watch.onTick(nowNs, connection.receivedNs())) {
            case ENQUIRE -> {
                counters.enquireLinksOut++;
                PduEncoder.enquireLink(connection.out(), deliveries.nextSequence());
                connection.wrote();
            }
            case DEAD -> connection.abort(CloseCause.DEAD_PEER);
            case NOTHING -> {
                // All is well.
            }
        }
    }
}
