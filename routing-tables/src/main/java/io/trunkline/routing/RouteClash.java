package io.trunkline.routing;

/**
 * A row that cannot stand beside an earlier one of the same prefix and scope.
 *
 * @param place {@code file:line} of the later one
 * @param other {@code file:line} of the earlier one
 */
public record RouteClash(String place, String other, Kind kind) {
    /** Why not. */
    public enum Kind {
        /** Both are the same route. */
        SAME_ROUTE,
        /** There may be only one, see {@link RoutingSnapshot.Builder#oneOfEach}. */
        SAME_UNITS,
        /** There are more than a policy looks at. */
        TOO_MANY
    }

    @Override
    public String toString() {
        return switch (kind) {
            case SAME_ROUTE -> other + " and " + place + " are the same route for the same units";
            case SAME_UNITS -> other + " and " + place + " are for the same units";
            case TOO_MANY ->
                place + ": more than " + RouteChoice.MAX_OFFERS
                        + " rows for the same prefix, tenant, class, kind and time";
        };
    }
}
