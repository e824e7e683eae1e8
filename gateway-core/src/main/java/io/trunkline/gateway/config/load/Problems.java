package io.trunkline.gateway.config.load;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.ConfigProblem.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects mistakes, and what looks like one; at most one for a place, because the second is as a rule a consequence of the
 * first.
 */
final class Problems {
    /** A file of the wrong kind must not fill the memory with complaints. */
    static final int LIMIT = 1000;

    private record Spot(String file, Place place) {}

    private final int limit;
    private final List<ConfigProblem> mistakes = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();
    private final Set<Spot> seen = new HashSet<>();
    private int total;
    private int warningTotal;

    Problems() {
        this(LIMIT);
    }

    /**
     * An empty collection.
     *
     * @param limit how many are kept of mistakes, and of warnings; the others are counted
     */
    Problems(final int limit) {
        this.limit = limit;
    }

    void add(final String file, final Place place, final Code code, final String message, final String remedy) {
        final List<ConfigProblem> list = code.warns() ? warnings : mistakes;
        if (list.size() < limit) {
            if (!seen.add(new Spot(file, place))) {
                return;
            }
            list.add(new ConfigProblem(file, place.line(), place.column(), code, message, remedy));
        }
        total += code.warns() ? 0 : 1;
        warningTotal += code.warns() ? 1 : 0;
    }

    /**
     * Does what may fail because a value has not the form that its schema asks for: of which has been told already.
     *
     * @return false where it failed
     */
    boolean attempt(final Runnable step) {
        try {
            step.run();
            return true;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            if (none()) {
                throw e;
            }
            return false;
        }
    }

    /** How many mistakes there are, listed or not. */
    int total() {
        return total;
    }

    int warningTotal() {
        return warningTotal;
    }

    /** Whether nothing is wrong, whatever is warned of. */
    boolean none() {
        return total == 0;
    }

    int limit() {
        return limit;
    }

    List<ConfigProblem> sorted() {
        return mistakes.stream().sorted().toList();
    }

    List<ConfigProblem> warnings() {
        return warnings.stream().sorted().toList();
    }
}
