package io.trunkline.perf.claims;

import java.util.Arrays;
import java.util.Collection;

/** The figure that rounds in turns are reported by; of an even number of rounds the upper one of the middle. */
final class Median {
    private Median() {}

    /** Of at least one value. */
    static double of(final double... values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    static double of(final Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
