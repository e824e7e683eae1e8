package io.trunkline.routing;

/**
 * How carriers do. A selection asks several times and must get the same answer each time: what implements this changes between
 * selections only.
 */
@FunctionalInterface
public interface Measurements {
    /** Nothing is known of any carrier. */
    Measurements NONE = (carrier, kind) -> Grade.GOOD;

    /** A carrier's grade with units of a kind. */
    Grade grade(int carrier, UnitKind kind);
}
