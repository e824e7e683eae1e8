package io.trunkline.sip.locate;

import io.trunkline.sip.locate.DnsAnswer.Outcome;
import io.trunkline.sip.transport.Destination;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Where a target is: ranks in order, each with choices of which some are taken more often than others.
 *
 * @param ranks empty unless found
 * @param ttlMs how long this holds, ms
 */
public record Located(Outcome outcome, List<Rank> ranks, long ttlMs) {
    /** Choices of one SRV priority. */
    public record Rank(List<Choice> choices) {
        public Rank {
            choices = List.copyOf(choices);
        }
    }

    /**
     * One SRV record, or what stands for one.
     *
     * @param weight its share among the choices of its rank
     * @param destinations its addresses
     */
    public record Choice(int weight, List<Destination> destinations) {
        public Choice {
            destinations = List.copyOf(destinations);
        }
    }

    public Located {
        ranks = List.copyOf(ranks);
    }

    /** Whether an address is among them. */
    public boolean contains(final Destination destination) {
        for (final Rank rank : ranks) {
            for (final Choice choice : rank.choices()) {
                if (choice.destinations().contains(destination)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Puts all addresses in the order in which one call tries them: rank by rank; within a rank by chance, in proportion to what is
     * left of the weights (RFC 2782); the addresses of a choice one after the other, beginning anywhere.
     *
     * @param random any 64 bits
     * @param into is cleared first
     */
    public void order(final LongSupplier random, final List<Destination> into) {
        into.clear();
        for (int i = 0; i < ranks.size(); i++) {
            order(ranks.get(i).choices(), random, into);
        }
    }

    private static void order(final List<Choice> choices, final LongSupplier random, final List<Destination> into) {
        long taken = 0;
        long total = 0;
        for (int i = 0; i < choices.size(); i++) {
            total += choices.get(i).weight();
        }
        for (int left = Math.min(choices.size(), Long.SIZE); left > 0; left--) {
            // Those of weight 0 come first in the running sum, so that they have a very small chance (RFC 2782).
            final long point = Math.floorMod(random.getAsLong(), total + 1);
            final int at = pick(choices, taken, point);
            taken |= 1L << at;
            total -= choices.get(at).weight();
            append(choices.get(at).destinations(), random, into);
        }
    }

    private static int pick(final List<Choice> choices, final long taken, final long point) {
        long sum = 0;
        int last = -1;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < Math.min(choices.size(), Long.SIZE); i++) {
                final int weight = choices.get(i).weight();
                if ((taken >>> i & 1) == 0 && (pass == 0) == (weight == 0)) {
                    sum += weight;
                    last = i;
                    if (sum >= point) {
                        return i;
                    }
                }
            }
        }
        return last;
    }

    private static void append(
            final List<Destination> destinations, final LongSupplier random, final List<Destination> into) {
        final int size = destinations.size();
        final int start = size == 1 ? 0 : Math.floorMod(random.getAsLong(), size);
        for (int i = 0; i < size; i++) {
            into.add(destinations.get((start + i) % size));
        }
    }
}
