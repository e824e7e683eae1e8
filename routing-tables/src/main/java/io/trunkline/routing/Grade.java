package io.trunkline.routing;

/** How well a carrier does, the best first. */
public enum Grade {
    /** Also a carrier of which too little is known. */
    GOOD(0),
    FAIR(1),
    POOR(2);

    private final int rank;

    Grade(final int rank) {
        this.rank = rank;
    }

    /** The smaller is the better. */
    int rank() {
        return rank;
    }
}
