package io.trunkline.routing;

/** What came of a selection. */
public enum Outcome {
    /** There is a carrier. */
    FOUND,
    /** No row is for the unit. */
    NO_ROW,
    /** Every offer costs more than the policy or the unit allows, or nobody knows what it costs. */
    OVER_PRICE_CAP,
    /** Every offer leaves too little of the price. */
    BELOW_MARGIN,
    /** The carrier that the policy keeps to is on no offer. */
    NOT_PINNED,
    /** A rule refuses the unit. */
    REJECTED
}
