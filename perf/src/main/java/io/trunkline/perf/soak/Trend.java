package io.trunkline.perf.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A value over time: least squares, and how far the slope can be trusted. The first quarter of the samples is the
 * warm-up and left out.
 */
public final class Trend {
    private static final double HOUR = 3600;

    private final String name;
    private final double floor;
    private final List<double[]> samples = new ArrayList<>();

    /**
     * @param name of the value, with its unit
     * @param floor growth over the whole run that is not worth a word, in the value's unit
     */
    public Trend(final String name, final double floor) {
        this.name = name;
        this.floor = floor;
    }

    public String name() {
        return name;
    }

    /** Adds a value. */
    public void add(final double seconds, final double value) {
        samples.add(new double[] {seconds, value});
    }

    /**
     * The line through the samples.
     *
     * @param mean of the values
     * @param perHour slope
     * @param noisePerHour twice the slope's standard error: 95 % of slopes of pure noise lie within
     * @param growth slope times the time that it was seen for
     */
    public record Slope(double mean, double perHour, double noisePerHour, double growth) {}

    /** The slope; zeros where there are fewer than four samples. */
    public Slope slope() {
        final List<double[]> used = samples.subList(samples.size() / 4, samples.size());
        final int count = used.size();
        if (count < 4) {
            return new Slope(
                    used.stream().mapToDouble(sample -> sample[1]).average().orElse(0), 0, 0, 0);
        }
        double meanX = 0;
        double meanY = 0;
        for (final double[] sample : used) {
            meanX += sample[0] / count;
            meanY += sample[1] / count;
        }
        double xx = 0;
        double xy = 0;
        for (final double[] sample : used) {
            xx += (sample[0] - meanX) * (sample[0] - meanX);
            xy += (sample[0] - meanX) * (sample[1] - meanY);
        }
        final double slope = xy / xx;
        double residuals = 0;
        for (final double[] sample : used) {
            final double off = sample[1] - meanY - slope * (sample[0] - meanX);
            residuals += off * off;
        }
        final double error = Math.sqrt(residuals / (count - 2) / xx);
        final double length = used.get(count - 1)[0] - used.get(0)[0];
        return new Slope(meanY, slope * HOUR, 2 * error * HOUR, slope * length);
    }

    /** Whether it grows by more than noise and by more than is worth a word. */
    public boolean grows() {
        final Slope slope = slope();
        return slope.perHour > slope.noisePerHour && slope.growth > floor;
    }

    @Override
    public String toString() {
        final Slope slope = slope();
        return String.format(
                Locale.ROOT,
                "%s: mean %.1f, slope %+.2f per hour, noise ±%.2f%s",
                name,
                slope.mean,
                slope.perHour,
                slope.noisePerHour,
                grows() ? ": GROWS" : "");
    }
}
