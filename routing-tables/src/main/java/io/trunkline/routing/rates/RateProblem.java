package io.trunkline.routing.rates;

/**
 * What is wrong with a deck as a whole, where every row for itself is in order.
 *
 * @param line of the row that is complained of, from 1
 * @param remedy what to do
 */
public record RateProblem(Kind kind, int line, String message, String remedy) {
    /** What is wrong. */
    public enum Kind {
        /** Two rows hold for the same units at the same time. */
        OVERLAP,
        /** Between two rows for the same units no rate holds. */
        GAP,
        /** One owner's rates are in two currencies. */
        CURRENCY
    }
}
