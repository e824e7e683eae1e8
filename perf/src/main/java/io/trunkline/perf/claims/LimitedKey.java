package io.trunkline.perf.claims;

import io.trunkline.gateway.engine.ErrorCode;

/**
 * What one limit counts by itself, under pressure.
 *
 * @param kind the limit
 * @param number from 1; its units' markers begin with it
 * @param from the sender
 * @param to beginning of the destinations
 * @param offered units a second
 * @param segments of every unit
 */
record LimitedKey(Kind kind, int number, String from, String campaign, String to, double offered, int segments) {
    /** Markers of one key. */
    static final long MARKERS = 100_000_000L;

    /** A limit as it is configured for the claim, for a tenant of its own. */
    enum Kind {
        TENANT_SECOND("tenant", 300, 1, 90, ErrorCode.OVER_RATE),
        SENDER_SECOND("sender", 100, 1, 30, ErrorCode.OVER_SENDER_LIMIT),
        CAMPAIGN_MINUTE("campaign", 3_000, 60, 30, ErrorCode.OVER_CAMPAIGN_LIMIT),
        NUMBER_MINUTE("number", 3_000, 60, 500, ErrorCode.OVER_SENDER_LIMIT),
        BRAND_DAY("brand", 400, 86_400, 0, ErrorCode.OVER_BRAND_LIMIT);

        private final String tenant;
        private final int amount;
        private final int seconds;
        private final int burst;
        private final ErrorCode refusal;

        Kind(final String tenant, final int amount, final int seconds, final int burst, final ErrorCode refusal) {
            this.tenant = tenant;
            this.amount = amount;
            this.seconds = seconds;
            this.burst = burst;
            this.refusal = refusal;
        }

        String tenant() {
            return tenant;
        }

        /** Segments in a period. */
        int amount() {
            return amount;
        }

        /** Segments at once. */
        int burst() {
            return burst;
        }

        /** Segments that a key may send in a second, over time. */
        double perSecond() {
            return (double) amount / seconds;
        }

        /** What a unit over the limit is answered. */
        ErrorCode refusal() {
            return refusal;
        }
    }

    /** Marker of its nth unit. */
    long marker(final long unit) {
        return number * MARKERS + unit;
    }
}
