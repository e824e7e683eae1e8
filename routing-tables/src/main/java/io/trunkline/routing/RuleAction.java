package io.trunkline.routing;

/** What a rule does with the units that it is for. */
public sealed interface RuleAction {
    /** Sends them over a route, whatever the table says. */
    record RouteTo(Route route) implements RuleAction {}

    /**
     * Refuses them.
     *
     * @param code of the error list
     * @param reason for people
     */
    record Reject(int code, String reason) implements RuleAction {}

    /**
     * Changes them, and then asks the table with the number as it has become. Other rules are not looked at any more.
     *
     * @param destination digits taken off and put before, and what becomes of the sender
     * @param ton of the destination, 0..7 (SMPP 3.4 §5.2.5), or {@link #KEEP}
     * @param npi of the destination, 0..255 (SMPP 3.4 §5.2.6), or {@link #KEEP}
     * @param dataCoding 0..255 (SMPP 3.4 §5.2.19), or {@link #KEEP}
     */
    record Rewrite(Handling destination, int ton, int npi, int dataCoding) implements RuleAction {
        /** In place of a value: it stays. */
        public static final int KEEP = -1;

        private static final int MAX_TON = 7;
        private static final int MAX_OCTET = 0xFF;

        public Rewrite {
            if (ton < KEEP || ton > MAX_TON) {
                throw new IllegalArgumentException("ton " + ton + " is not within 0.." + MAX_TON);
            }
            if (npi < KEEP || npi > MAX_OCTET || dataCoding < KEEP || dataCoding > MAX_OCTET) {
                throw new IllegalArgumentException(
                        "npi " + npi + " or data coding " + dataCoding + " is not within 0.." + MAX_OCTET);
            }
        }

        /** Changes only number and sender. */
        public static Rewrite of(final Handling handling) {
            return new Rewrite(handling, KEEP, KEEP, KEEP);
        }
    }
}
