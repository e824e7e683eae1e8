package io.trunkline.gateway.config.load;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.ConfigProblem.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects mistakes; at most one for a place, because the second is as a rule a consequence of the first. */
final class Problems {
    /** A file of the wrong kind must not fill the memory with complaints. */
    static final int LIMIT = 1000;

    private record Spot(String file, Place place) {}

    private final List<ConfigProblem> list = new ArrayList<>();
    private final Set<Spot> seen = new HashSet<>();
    private int total;

    void add(final String file, final Place place, final Code code, final String message, final String remedy) {
        if (list.size() < LIMIT) {
            if (!seen.add(new Spot(file, place))) {
                return;
            }
            list.add(new ConfigProblem(file, place.line(), place.column(), code, message, remedy));
        }
        total++;
    }

    /** How many there are, listed or not. */
    int total() {
        return total;
    }

    boolean none() {
        return total == 0;
    }

    List<ConfigProblem> sorted() {
        return list.stream().sorted().toList();
    }
}
