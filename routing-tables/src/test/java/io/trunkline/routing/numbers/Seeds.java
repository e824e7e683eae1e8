package io.trunkline.routing.numbers;

import java.util.SplittableRandom;

/** Random numbers that can be had again. */
final class Seeds {
    private Seeds() {}

    /** Says the seed, which {@code -Dtrunkline.seed} sets. */
    static SplittableRandom random(final Class<?> test) {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println(test.getSimpleName() + ": -Dtrunkline.seed=" + seed);
        return new SplittableRandom(seed);
    }
}
