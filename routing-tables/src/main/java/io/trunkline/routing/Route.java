package io.trunkline.routing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The carriers of a destination: tiers in the order in which they are tried, and in each tier carriers that share the traffic
 * by weight.
 */
public record Route(List<Tier> tiers) {
    /** Most carriers of a route, all tiers together. */
    public static final int MAX_CARRIERS = 16;

    /** Greatest weight of a carrier. */
    public static final int MAX_WEIGHT = 10_000;

    public Route {
        tiers = List.copyOf(tiers);
        final Set<Integer> seen = new HashSet<>();
        for (final Tier tier : tiers) {
            for (final Share share : tier.shares()) {
                if (!seen.add(share.carrier())) {
                    throw new IllegalArgumentException("carrier " + share.carrier() + " stands twice in a route");
                }
            }
        }
        if (seen.isEmpty() || seen.size() > MAX_CARRIERS) {
            throw new IllegalArgumentException(seen.size() + " carriers in a route, not 1.." + MAX_CARRIERS);
        }
    }

    /** Tells of every carrier, in the order of the tiers. */
    public void forEachShare(final Consumer<Share> each) {
        tiers.forEach(tier -> tier.shares().forEach(each));
    }

    /** One tier. */
    public record Tier(List<Share> shares) {
        public Tier {
            shares = List.copyOf(shares);
            if (shares.isEmpty()) {
                throw new IllegalArgumentException("a tier without carriers");
            }
        }
    }

    /**
     * A carrier's part of its tier.
     *
     * @param carrier its id, 0 or more
     * @param weight 1..{@link #MAX_WEIGHT}, relative to the others of the tier
     * @param handling of what it is sent
     */
    public record Share(int carrier, int weight, Handling handling) {
        /** A carrier that takes units as they are. */
        public Share(final int carrier, final int weight) {
            this(carrier, weight, Handling.NONE);
        }

        public Share {
            if (carrier < 0) {
                throw new IllegalArgumentException("carrier id " + carrier + " is negative");
            }
            if (weight < 1 || weight > MAX_WEIGHT) {
                throw new IllegalArgumentException("weight " + weight + " is not within 1.." + MAX_WEIGHT);
            }
        }
    }
}
