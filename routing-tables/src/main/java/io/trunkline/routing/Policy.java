package io.trunkline.routing;

/**
 * How one of several offers is chosen. The guards hold in every mode: an offer that breaks one is left out, and so is an offer
 * without a cost where a guard has to be held. All money is in millionths of the currency's unit, a segment or a minute.
 *
 * @param carrier that {@link Mode#PINNED} keeps to; {@link #NO_CARRIER} otherwise
 * @param price what a unit pays where its query does not say, or {@link RouteQuery#NO_PRICE}
 * @param priceCap most that an offer may cost, or {@link #NO_CAP}
 * @param marginBasisPoints least share of the price that must remain after the cost, 1 for 0.01 %, or {@link #NO_MARGIN}; does
 *     not hold for units whose price is not known
 * @param probePerMille of units in mode {@link Mode#QUALITY} that go first to a carrier which is not good, so that it can
 *     show that it is again
 */
public record Policy(Mode mode, int carrier, int price, int priceCap, int marginBasisPoints, int probePerMille) {
    public static final int NO_CARRIER = -1;
    public static final int NO_CAP = -1;
    public static final int NO_MARGIN = Integer.MIN_VALUE;

    /** All of a price. */
    public static final int ALL_BASIS_POINTS = 10_000;

    private static final int MILLE = 1000;

    /** By priority, equals by weight: what holds where nothing else is said. */
    public static final Policy PRIORITY = of(Mode.PRIORITY);

    /** In what order offers are taken up. */
    public enum Mode {
        /** The greatest priority first; equals share by weight. */
        PRIORITY,
        /** All share by weight, whatever their priority. */
        WEIGHTED,
        /** The cheapest first; equals share by weight. Offers without a cost come last. */
        LEAST_COST,
        /** Carriers of the best {@link Grade} first; of one grade, as by least cost. */
        QUALITY,
        /** One carrier and no other. */
        PINNED
    }

    public Policy {
        if ((mode == Mode.PINNED) != (carrier >= 0)) {
            throw new IllegalArgumentException(mode + " with carrier " + carrier);
        }
        if (price < RouteQuery.NO_PRICE || priceCap < NO_CAP) {
            throw new IllegalArgumentException("price " + price + " or price cap " + priceCap + " is negative");
        }
        if (marginBasisPoints != NO_MARGIN && Math.abs(marginBasisPoints) > ALL_BASIS_POINTS) {
            throw new IllegalArgumentException(
                    "margin of " + marginBasisPoints + " basis points is not within +-10000");
        }
        if (probePerMille < 0 || probePerMille > MILLE || (probePerMille > 0 && mode != Mode.QUALITY)) {
            throw new IllegalArgumentException(mode + " with " + probePerMille + " probes of a thousand");
        }
    }

    /** A mode without guards and probes; not {@link Mode#PINNED}. */
    public static Policy of(final Mode mode) {
        return new Policy(mode, NO_CARRIER, RouteQuery.NO_PRICE, NO_CAP, NO_MARGIN, 0);
    }

    public static Policy pinned(final int carrier) {
        return new Policy(Mode.PINNED, carrier, RouteQuery.NO_PRICE, NO_CAP, NO_MARGIN, 0);
    }

    /** For units whose query does not say what they pay. */
    public Policy sellingAt(final int itsPrice) {
        return new Policy(mode, carrier, itsPrice, priceCap, marginBasisPoints, probePerMille);
    }

    public Policy atMost(final int itsPriceCap) {
        return new Policy(mode, carrier, price, itsPriceCap, marginBasisPoints, probePerMille);
    }

    public Policy earning(final int itsMarginBasisPoints) {
        return new Policy(mode, carrier, price, priceCap, itsMarginBasisPoints, probePerMille);
    }

    public Policy probing(final int itsProbePerMille) {
        return new Policy(mode, carrier, price, priceCap, marginBasisPoints, itsProbePerMille);
    }

    /** What a cost breaks, or {@link Outcome#FOUND} where the offer may be taken. */
    Outcome judge(final int cost, final RouteQuery query) {
        if (isOver(cost, priceCap) || isOver(cost, query.priceCap())) {
            return Outcome.OVER_PRICE_CAP;
        }
        final int paid = priceOf(query);
        return marginBasisPoints == NO_MARGIN || paid == RouteQuery.NO_PRICE || earns(paid, cost)
                ? Outcome.FOUND
                : Outcome.BELOW_MARGIN;
    }

    /** What a unit pays, or {@link RouteQuery#NO_PRICE} where nobody knows. */
    int priceOf(final RouteQuery query) {
        return query.price() == RouteQuery.NO_PRICE ? price : query.price();
    }

    private boolean earns(final long paid, final int cost) {
        return cost != Offer.UNPRICED && (paid - cost) * ALL_BASIS_POINTS >= paid * marginBasisPoints;
    }

    private static boolean isOver(final int cost, final int cap) {
        return cap != NO_CAP && (cost == Offer.UNPRICED || cost > cap);
    }
}
