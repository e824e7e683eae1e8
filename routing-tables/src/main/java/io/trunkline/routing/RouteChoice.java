package io.trunkline.routing;

/**
 * The carriers for one unit in the order in which they are to be tried; one object is reused from unit to unit. The first is
 * for the first attempt, the next for the failover after it.
 */
public final class RouteChoice {
    private final int[] carriers = new int[Route.MAX_CARRIERS];
    private final int[] weights = new int[Route.MAX_CARRIERS];
    private final int[] tiers = new int[Route.MAX_CARRIERS];
    private int size;

    /** How many carriers there are, 0..{@link Route#MAX_CARRIERS}. */
    public int size() {
        return size;
    }

    /** The id of the carrier for an attempt, counted from 0. */
    public int carrier(final int attempt) {
        return carriers[check(attempt)];
    }

    /** The tier that the carrier stands in, counted from 0. */
    public int tier(final int attempt) {
        return tiers[check(attempt)];
    }

    /** The carrier's weight in its tier. */
    public int weight(final int attempt) {
        return weights[check(attempt)];
    }

    public void clear() {
        size = 0;
    }

    void add(final int carrier, final int weight, final int tier) {
        carriers[size] = carrier;
        weights[size] = weight;
        tiers[size] = tier;
        size++;
    }

    /**
     * Moves the entry that {@code ticket} falls on, counting weights from {@code next} on, to {@code next}.
     *
     * @return its weight
     */
    int draw(final int next, final int end, final int ticket) {
        int at = next;
        int rest = ticket;
        while (rest >= weights[at] && at < end - 1) {
            rest -= weights[at];
            at++;
        }
        final int carrier = carriers[at];
        final int weight = weights[at];
        carriers[at] = carriers[next];
        weights[at] = weights[next];
        carriers[next] = carrier;
        weights[next] = weight;
        return weight;
    }

    private int check(final int attempt) {
        if (attempt < 0 || attempt >= size) {
            throw new IndexOutOfBoundsException("attempt " + attempt + " of " + size);
        }
        return attempt;
    }
}
