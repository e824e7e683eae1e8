package io.trunkline.perf.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.function.ToIntFunction;

/**
 * Values with weights in percent: {@code 0x58=5,0x0b=1}. What is missing to 100 falls to the value that the mix has for
 * the rest.
 */
public final class WeightedMix {
    private final int rest;
    private final int[] values;
    private final double[] cumulative;
    private final String text;

    private WeightedMix(final int rest, final int[] values, final double[] cumulative, final String text) {
        this.rest = rest;
        this.values = values;
        this.cumulative = cumulative;
        this.text = text;
    }

    /** Always {@code rest}. */
    public static WeightedMix only(final int rest) {
        return new WeightedMix(rest, new int[0], new double[0], "");
    }

    /**
     * Reads a mix.
     *
     * @param reader turns a name into a value; throws IllegalArgumentException for one it does not know
     * @throws IllegalArgumentException saying what is wrong
     */
    public static WeightedMix parse(final String text, final int rest, final ToIntFunction<String> reader) {
        final List<Integer> values = new ArrayList<>();
        final List<Double> sums = new ArrayList<>();
        final StringJoiner normal = new StringJoiner(",");
        double sum = 0;
        for (final String entry : text.split(",", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            final int equals = entry.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + entry + "' has no weight: write value=percent");
            }
            values.add(reader.applyAsInt(entry.substring(0, equals).strip()));
            sum += Double.parseDouble(entry.substring(equals + 1).strip());
            sums.add(sum);
            normal.add(entry.strip());
        }
        if (sum > 100.0001) {
            throw new IllegalArgumentException("the weights of '" + text + "' add up to more than 100 percent");
        }
        return new WeightedMix(
                rest,
                values.stream().mapToInt(Integer::intValue).toArray(),
                sums.stream().mapToDouble(Double::doubleValue).toArray(),
                normal.toString());
    }

    int sample(final SplittableRandom random) {
        if (values.length == 0) {
            return rest;
        }
        final double drawn = random.nextDouble() * 100;
        for (int i = 0; i < values.length; i++) {
            if (drawn < cumulative[i]) {
                return values[i];
            }
        }
        return rest;
    }

    @Override
    public String toString() {
        return text;
    }
}
