package io.trunkline.gateway.replay;

import java.util.List;

/** The routing of a candidate, as a replay asks it: for one thread. */
public interface CandidateRoutes {
    /** The candidate has no such tenant. */
    int NO_TENANT = 0;

    /** No row decided. */
    int NO_ROW = -1;

    /** Nobody knows what it costs. */
    long UNPRICED = -1;

    /** The number by which {@link #route} is to know a tenant, or {@link #NO_TENANT}. */
    int tenant(String name);

    /** Its carriers; {@link #carrier()} is an index of this list. */
    List<String> carriers();

    /** A reading of the journal begins: nothing has been used of rates and limits. */
    default void begin() {}

    /** Decides where a unit would go. What the other methods say is about this unit until the next call. */
    Verdict route(RecordedUnit unit);

    /** The carrier that would be tried first, where the verdict is {@link Verdict#ROUTED}. */
    int carrier();

    /** The row that offers this carrier, or {@link #NO_ROW} where something else names it. */
    int row();

    /** Cost of a segment in millionths of the currency's unit, or {@link #UNPRICED}. */
    long costMicros();

    /** The rate or limit without room, where the verdict {@linkplain Verdict#isForWantOfRoom is for want of it}. */
    default String heldBy() {
        return "";
    }

    /** The digits of a row, empty for all numbers; allocates. */
    String prefix(int row);

    /** Where a row stands, {@code file:line}; allocates. */
    String place(int row);
}
