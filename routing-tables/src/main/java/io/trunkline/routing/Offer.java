package io.trunkline.routing;

/**
 * What a row offers for its destination. Rows of the same prefix and scope are offers side by side, and a policy puts them
 * into an order.
 *
 * @param priority 0..{@link #MAX_PRIORITY}; the greater goes first
 * @param weight 1..{@link Route#MAX_WEIGHT}, relative to the offers that are otherwise equal
 * @param cost of a segment or a minute in millionths of the currency's unit, or {@link #UNPRICED}
 */
public record Offer(Route route, int priority, int weight, int cost) {
    public static final int MAX_PRIORITY = 10_000;

    /** In place of a cost: nobody knows. */
    public static final int UNPRICED = -1;

    public Offer {
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException("priority " + priority + " is not within 0.." + MAX_PRIORITY);
        }
        if (weight < 1 || weight > Route.MAX_WEIGHT) {
            throw new IllegalArgumentException("weight " + weight + " is not within 1.." + Route.MAX_WEIGHT);
        }
        if (cost < UNPRICED) {
            throw new IllegalArgumentException("cost " + cost + " is negative");
        }
    }

    /** The only offer for its destination, its cost unknown. */
    public static Offer of(final Route route) {
        return new Offer(route, 0, 1, UNPRICED);
    }

    /** The cost in the currency's unit, without needless zeros; empty where it is not known. */
    public String costText() {
        return cost == UNPRICED ? "" : Telling.money(cost);
    }
}
