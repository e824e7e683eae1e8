package io.trunkline.routing;

import java.util.List;

/**
 * All routes of a snapshot in flat arrays, each once however many rows use it.
 *
 * <pre>
 *   firstTier:    route r has the tiers    firstTier[r] .. firstTier[r + 1] - 1
 *   firstShare:   tier t has the shares    firstShare[t] .. firstShare[t + 1] - 1
 *   carrier, weight, handling: of each share
 * </pre>
 */
final class RouteBook {
    static final int NO_SHARE = -1;

    private final int[] firstTier;
    private final int[] firstShare;
    private final int[] carrier;
    private final int[] weight;
    private final Handling[] handling;

    RouteBook(final List<Route> routes) {
        int tiers = 0;
        int shares = 0;
        for (final Route route : routes) {
            tiers += route.tiers().size();
            for (final Route.Tier tier : route.tiers()) {
                shares += tier.shares().size();
            }
        }
        firstTier = new int[routes.size() + 1];
        firstShare = new int[tiers + 1];
        carrier = new int[shares];
        weight = new int[shares];
        handling = new Handling[shares];
        int t = 0;
        int s = 0;
        for (int r = 0; r < routes.size(); r++) {
            firstTier[r] = t;
            for (final Route.Tier tier : routes.get(r).tiers()) {
                firstShare[t] = s;
                for (final Route.Share share : tier.shares()) {
                    carrier[s] = share.carrier();
                    weight[s] = share.weight();
                    handling[s] = share.handling();
                    s++;
                }
                t++;
            }
        }
        firstTier[routes.size()] = t;
        firstShare[t] = s;
    }

    int size() {
        return firstTier.length - 1;
    }

    /**
     * Adds the carriers of a route in the order in which this unit tries them, except those that it has already: tier by
     * tier, and in a tier by one weighted draw after the other among those left. The draws depend on the unit's id and on
     * nothing else, so the same unit gets the same order again, in a replay or under another version in which the route is
     * the same.
     *
     * @param row that offers the route
     */
    void append(final int route, final int row, final RouteChoice out) {
        final boolean first = out.size() == 0;
        final int lastTier = firstTier[route + 1];
        for (int tier = firstTier[route]; tier < lastTier; tier++) {
            final int begin = out.size();
            for (int s = firstShare[tier]; s < firstShare[tier + 1] && !out.isFull(); s++) {
                if (first || !out.contains(carrier[s])) {
                    out.add(carrier[s], weight[s], tier - firstTier[route], row, handling[s]);
                }
            }
            out.drawTier(begin);
        }
    }

    /** Adds one carrier of a route, which must be one. */
    void appendOnly(final int route, final int wanted, final int row, final RouteChoice out) {
        final int s = share(route, wanted);
        int tier = firstTier[route];
        while (firstShare[tier + 1] <= s) {
            tier++;
        }
        out.add(carrier[s], weight[s], tier - firstTier[route], row, handling[s]);
    }

    boolean names(final int route, final int wanted) {
        return share(route, wanted) != NO_SHARE;
    }

    /** Where a route has a carrier, or {@link #NO_SHARE}. */
    int share(final int route, final int wanted) {
        for (int s = firstShare[firstTier[route]]; s < firstShare[firstTier[route + 1]]; s++) {
            if (carrier[s] == wanted) {
                return s;
            }
        }
        return NO_SHARE;
    }
}
