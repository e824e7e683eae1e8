package io.trunkline.routing.numbers;

import java.util.SplittableRandom;

/** Numbers from anywhere. */
final class Digits {
    private Digits() {}

    static String of(final SplittableRandom random, final int length) {
        final StringBuilder digits = new StringBuilder();
        for (int i = 0; i < length; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }
}
