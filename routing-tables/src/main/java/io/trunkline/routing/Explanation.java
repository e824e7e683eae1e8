package io.trunkline.routing;

import java.util.List;

/**
 * Why a unit goes where it goes.
 *
 * @param version of the snapshot
 * @param row that was chosen, or {@link RoutingSnapshot#NO_ROUTE}
 * @param steps for people, in the order of the decision: rows as {@code file:line}, longest prefix first, then the attempts
 * @param carriers ids in the order of the attempts
 */
public record Explanation(long version, int row, List<String> steps, List<Integer> carriers) {
    public Explanation {
        steps = List.copyOf(steps);
        carriers = List.copyOf(carriers);
    }
}
