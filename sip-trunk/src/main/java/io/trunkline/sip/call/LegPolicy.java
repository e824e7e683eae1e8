package io.trunkline.sip.call;

/**
 * How a leg is spoken to.
 *
 * @param headers which headers pass to its peer
 * @param passRefer whether REFER and its NOTIFYs pass to its peer; otherwise REFER is declined
 * @param sessionExpiresSec interval of session timers that is asked for (RFC 4028), s; 0 for none unless the peer asks
 * @param minSeSec shortest interval that is granted, s; at least 90
 */
public record LegPolicy(HeaderPolicy headers, boolean passRefer, int sessionExpiresSec, int minSeSec) {
    /** Default headers, no REFER, half an hour of session timer, not below 90 s. */
    public static final LegPolicy DEFAULT = new LegPolicy(HeaderPolicy.DEFAULT, false, 1_800, 90);

    private static final int LEAST_MIN_SE = 90;

    public LegPolicy {
        if (minSeSec < LEAST_MIN_SE || (sessionExpiresSec != 0 && sessionExpiresSec < minSeSec)) {
            throw new IllegalArgumentException(
                    "minSeSec must be at least 90, sessionExpiresSec 0 or at least minSeSec");
        }
    }
}
