package io.trunkline.routing;

/** What a row of a routing table is for, and what a unit is. The numbers are those of a {@link ScopeKey}. */
public enum UnitKind {
    /** Of a row: for messages and calls alike. No unit is of this kind. */
    ANY(0),
    MESSAGE(1),
    CALL(2);

    private final int number;

    UnitKind(final int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static UnitKind of(final int number) {
        return number == MESSAGE.number ? MESSAGE : number == CALL.number ? CALL : ANY;
    }
}
