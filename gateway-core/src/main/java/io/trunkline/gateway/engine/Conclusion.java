package io.trunkline.gateway.engine;

/** What the answer of a carrier that took a segment says beyond that. Numbers as in the journal. */
public enum Conclusion {
    /** Nothing: a receipt says what became of it. */
    RECEIPT_FOLLOWS(0),
    /** It is under way, and nothing more will be heard of it. */
    NOTHING_FOLLOWS(1),
    /** It has been delivered. */
    DELIVERED(2);

    private final int number;

    Conclusion(final int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The conclusion of a record; of one that is older than this field, that a receipt follows. */
    public static Conclusion of(final int number) {
        return number == DELIVERED.number
                ? DELIVERED
                : number == NOTHING_FOLLOWS.number ? NOTHING_FOLLOWS : RECEIPT_FOLLOWS;
    }
}
