package io.trunkline.perf.sim;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A distribution of delays: {@code 50ms} fixed, {@code 20ms..80ms} uniform, {@code exp:50ms} exponential with that mean,
 * {@code lognormal:50ms:0.5} with that median and sigma.
 */
public sealed interface Latency {
    /** No delay. */
    Latency NONE = new Fixed(0);

    /** A delay in milliseconds, 0 or more. */
    long sampleMs(SplittableRandom random);

    /** Always the same. */
    record Fixed(long millis) implements Latency {
        @Override
        public long sampleMs(final SplittableRandom random) {
            return millis;
        }

        @Override
        public String toString() {
            return millis + "ms";
        }
    }

    /** Uniform over a closed range. */
    record Uniform(long fromMs, long toMs) implements Latency {
        @Override
        public long sampleMs(final SplittableRandom random) {
            return random.nextLong(fromMs, toMs + 1);
        }

        @Override
        public String toString() {
            return fromMs + "ms.." + toMs + "ms";
        }
    }

    /** Exponential: many short ones, a long tail. */
    record Exponential(long meanMs) implements Latency {
        @Override
        public long sampleMs(final SplittableRandom random) {
            return (long) (-Math.log(1 - random.nextDouble()) * meanMs);
        }

        @Override
        public String toString() {
            return "exp:" + meanMs + "ms";
        }
    }

    /** Log-normal: what measured carriers look like. */
    record LogNormal(long medianMs, double sigma) implements Latency {
        @Override
        public long sampleMs(final SplittableRandom random) {
            // Box-Muller, since SplittableRandom of Java 17 draws a Gaussian slower than this.
            final double gaussian =
                    Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
            return (long) (medianMs * Math.exp(sigma * gaussian));
        }

        @Override
        public String toString() {
            return "lognormal:" + medianMs + "ms:" + sigma;
        }
    }

    /**
     * Reads a distribution.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static Latency parse(final String text) {
        final String given = text.strip().toLowerCase(Locale.ROOT);
        if (given.startsWith("exp:")) {
            return new Exponential(parseMs(given.substring(4)));
        }
        if (given.startsWith("lognormal:")) {
            final String rest = given.substring("lognormal:".length());
            final int colon = rest.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("lognormal needs a median and a sigma, as in lognormal:50ms:0.5");
            }
            return new LogNormal(parseMs(rest.substring(0, colon)), Double.parseDouble(rest.substring(colon + 1)));
        }
        final int dots = given.indexOf("..");
        if (dots >= 0) {
            final long from = parseMs(given.substring(0, dots));
            final long to = parseMs(given.substring(dots + 2));
            if (to < from) {
                throw new IllegalArgumentException("the range " + text + " ends before it begins");
            }
            return new Uniform(from, to);
        }
        final long millis = parseMs(given);
        return millis == 0 ? NONE : new Fixed(millis);
    }

    /**
     * Milliseconds of a duration such as 250ms, 2s, 5m or 0.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static long parseMs(final String text) {
        final String given = text.strip().toLowerCase(Locale.ROOT);
        try {
            if ("0".equals(given)) {
                return 0;
            }
            if (given.endsWith("ms")) {
                return Long.parseLong(given.substring(0, given.length() - 2));
            }
            if (given.endsWith("s")) {
                return Math.round(Double.parseDouble(given.substring(0, given.length() - 1)) * 1000);
            }
            if (given.endsWith("m")) {
                return Duration.ofMinutes(Long.parseLong(given.substring(0, given.length() - 1)))
                        .toMillis();
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a duration: write 250ms, 2s or 5m", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not a duration: write 250ms, 2s or 5m");
    }
}
