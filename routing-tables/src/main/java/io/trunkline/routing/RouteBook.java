package io.trunkline.routing;

import java.util.List;

/**
 * All routes of a snapshot in flat arrays, each once however many rows use it.
 *
 * <pre>
 *   firstTier:    route r has the tiers    firstTier[r] .. firstTier[r + 1] - 1
 *   firstShare:   tier t has the shares    firstShare[t] .. firstShare[t + 1] - 1
 *   carrier, weight: of each share         totalWeight: of each tier
 * </pre>
 */
final class RouteBook {
    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private final int[] firstTier;
    private final int[] firstShare;
    private final int[] totalWeight;
    private final int[] carrier;
    private final int[] weight;

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
        totalWeight = new int[tiers];
        carrier = new int[shares];
        weight = new int[shares];
        int t = 0;
        int s = 0;
        for (int r = 0; r < routes.size(); r++) {
            firstTier[r] = t;
            for (final Route.Tier tier : routes.get(r).tiers()) {
                firstShare[t] = s;
                for (final Route.Share share : tier.shares()) {
                    carrier[s] = share.carrier();
                    weight[s] = share.weight();
                    totalWeight[t] += share.weight();
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
     * Puts the carriers of a route into the order in which this unit tries them: tier by tier, and in a tier by one weighted
     * draw after the other among those left. The draws depend on the unit's id and on nothing else, so the same unit gets the
     * same order again, in a replay or under another version in which the route is the same.
     */
    void order(final int route, final long unitId, final RouteChoice out) {
        out.clear();
        long state = unitId;
        final int lastTier = firstTier[route + 1];
        for (int tier = firstTier[route]; tier < lastTier; tier++) {
            final int begin = out.size();
            final int end = begin + firstShare[tier + 1] - firstShare[tier];
            for (int s = firstShare[tier]; s < firstShare[tier + 1]; s++) {
                out.add(carrier[s], weight[s], tier - firstTier[route]);
            }
            int left = totalWeight[tier];
            for (int next = begin; next < end - 1; next++) {
                state += GOLDEN_GAMMA;
                left -= out.draw(next, end, below(mix(state), left));
            }
        }
    }

    /** Stafford's 13th variant of the MurmurHash3 finalizer: neighbouring unit ids draw independently. */
    private static long mix(final long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }

    /** Maps 32 random bits to 0..bound - 1. */
    private static int below(final long random, final int bound) {
        return (int) (((random >>> 32) * bound) >>> 32);
    }
}
