package io.trunkline.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two runs, or two sets of runs, side by side.
 *
 * <p>A figure has several samples: of one run, the figure in each of its (up to) ten equal parts; of a set, the figure
 * of each run. The two sides are told apart by Welch's t at 1 % and, because machines drift, only where they also
 * differ by 2 %. With fewer than three samples a side nothing is called beyond noise.
 *
 * @param rows one for each figure that both sides have
 */
public record Comparison(String before, String after, int runsBefore, int runsAfter, List<Row> rows) {
    private static final int PARTS = 10;
    private static final int LEAST_SAMPLES = 3;
    private static final double LEAST_DIFFERENCE = 0.02;
    /** Student's t, two-sided 1 %, by degrees of freedom from 1; beyond 30 the normal's 2.58 is near enough. */
    private static final double[] T_AT_1_PERCENT = {
        63.66, 9.92, 5.84, 4.60, 4.03, 3.71, 3.50, 3.36, 3.25, 3.17, 3.11, 3.05, 3.01, 2.98, 2.95, 2.92, 2.90, 2.88,
        2.86, 2.85, 2.83, 2.82, 2.81, 2.80, 2.79, 2.78, 2.77, 2.76, 2.76, 2.75
    };

    /**
     * A figure on both sides.
     *
     * @param before mean over the samples
     * @param spreadBefore standard deviation of a sample
     * @param ratio after over before
     */
    public record Row(
            String figure,
            double before,
            double spreadBefore,
            double after,
            double spreadAfter,
            double ratio,
            boolean beyondNoise) {}

    /** A side: for each run its seconds while it was measured. */
    private record Side(List<List<Map<String, Double>>> runs) {
        double[] samples(final String column) {
            if (runs.size() > 1) {
                return runs.stream().mapToDouble(run -> mean(run, column)).toArray();
            }
            final List<Map<String, Double>> run = runs.get(0);
            final int parts = Math.min(PARTS, run.size());
            final double[] samples = new double[parts];
            for (int i = 0; i < parts; i++) {
                samples[i] = mean(run.subList(i * run.size() / parts, (i + 1) * run.size() / parts), column);
            }
            return samples;
        }

        private static double mean(final List<Map<String, Double>> seconds, final String column) {
            return seconds.stream()
                    .mapToDouble(second -> second.getOrDefault(column, 0.0))
                    .average()
                    .orElse(0);
        }

        Set<String> columns() {
            final Set<String> columns = new LinkedHashSet<>();
            runs.forEach(run -> run.forEach(second -> columns.addAll(second.keySet())));
            columns.removeAll(Set.of("at_s", "length_s", "sending"));
            return columns;
        }
    }

    /**
     * Reads and compares.
     *
     * @throws IOException where a directory holds no report
     */
    public static Comparison of(final Path before, final Path after) throws IOException {
        final Side one = side(before);
        final Side other = side(after);
        final List<Row> rows = new ArrayList<>();
        final Set<String> columns = one.columns();
        columns.retainAll(other.columns());
        for (final String column : columns) {
            final Row row = row(column, one.samples(column), other.samples(column));
            if (row.before() != 0 || row.after() != 0) {
                rows.add(row);
            }
        }
        return new Comparison(
                before.toString(),
                after.toString(),
                one.runs().size(),
                other.runs().size(),
                rows);
    }

    private static Side side(final Path directory) throws IOException {
        if (Files.isRegularFile(directory.resolve("summary.json"))) {
            return new Side(List.of(measured(directory)));
        }
        final List<List<Map<String, Double>>> runs = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> inside = Files.list(directory)) {
                for (final Path run : inside.sorted().toList()) {
                    if (Files.isRegularFile(run.resolve("summary.json"))) {
                        runs.add(measured(run));
                    }
                }
            }
        }
        if (runs.isEmpty()) {
            throw new IOException("no summary.json in " + directory + " nor one level below");
        }
        return new Side(runs);
    }

    /** The seconds without warm-up and drain: as many before the end of the sending as the summary says. */
    private static List<Map<String, Double>> measured(final Path run) throws IOException {
        final double seconds;
        try {
            final JsonNode summary = JsonMapper.shared().readTree(Files.readString(run.resolve("summary.json")));
            if (summary.path("format").asInt(0) != RunSummary.FORMAT) {
                throw new IOException(run + " has a summary of another version");
            }
            seconds = summary.path("seconds").asDouble(0);
        } catch (final JacksonException e) {
            throw new IOException(run.resolve("summary.json") + " is not whole", e);
        }
        final List<Map<String, Double>> all = SecondsCsv.read(run.resolve("seconds.csv"));
        final double end = all.stream()
                .filter(second -> second.getOrDefault("sending", 0.0) > 0)
                .mapToDouble(second -> second.get("at_s"))
                .max()
                .orElse(Double.MAX_VALUE);
        final List<Map<String, Double>> measured = all.stream()
                .filter(second -> second.get("at_s") <= end && second.get("at_s") > end - seconds + 0.01)
                .toList();
        return measured.isEmpty() ? all : measured;
    }

    static Row row(final String figure, final double[] before, final double[] after) {
        final double one = Arrays.stream(before).average().orElse(0);
        final double other = Arrays.stream(after).average().orElse(0);
        final double varianceOne = variance(before, one);
        final double varianceOther = variance(after, other);
        return new Row(
                figure,
                one,
                Math.sqrt(varianceOne),
                other,
                Math.sqrt(varianceOther),
                one == 0 ? Double.POSITIVE_INFINITY : other / one,
                beyondNoise(
                        one,
                        varianceOne / before.length,
                        before.length,
                        other,
                        varianceOther / after.length,
                        after.length));
    }

    private static boolean beyondNoise(
            final double one,
            final double errorOne,
            final int countOne,
            final double other,
            final double errorOther,
            final int countOther) {
        if (countOne < LEAST_SAMPLES
                || countOther < LEAST_SAMPLES
                || Math.abs(other - one) < LEAST_DIFFERENCE * Math.max(Math.abs(one), Math.abs(other))) {
            return false;
        }
        final double error = errorOne + errorOther;
        if (error == 0) {
            return one != other;
        }
        // Welch–Satterthwaite.
        final double freedom =
                error * error / (errorOne * errorOne / (countOne - 1) + errorOther * errorOther / (countOther - 1));
        final int at = (int) Math.max(1, Math.floor(freedom));
        final double bound = at > T_AT_1_PERCENT.length ? 2.75 : T_AT_1_PERCENT[at - 1];
        return Math.abs(other - one) / Math.sqrt(error) > bound;
    }

    private static double variance(final double[] values, final double mean) {
        return values.length < 2
                ? 0
                : Arrays.stream(values)
                                .map(value -> (value - mean) * (value - mean))
                                .sum()
                        / (values.length - 1);
    }

    /** A table for people. */
    public String text() {
        final Svg text = new Svg();
        text.add("A: %s (%s)", before, runs(runsBefore));
        text.add("B: %s (%s)", after, runs(runsAfter));
        text.add("");
        text.add("%-28s %14s %8s %14s %8s %8s", "", "A", "+-", "B", "+-", "B/A");
        for (final Row row : rows) {
            text.add(
                    "%-28s %14s %8s %14s %8s %8s  %s",
                    row.figure(),
                    Svg.count(row.before()),
                    part(row.spreadBefore(), row.before()),
                    Svg.count(row.after()),
                    part(row.spreadAfter(), row.after()),
                    Double.isInfinite(row.ratio()) ? "-" : String.format(Locale.ROOT, "%.3f", row.ratio()),
                    row.beyondNoise() ? "beyond noise" : "");
        }
        if (runsBefore < LEAST_SAMPLES || runsAfter < LEAST_SAMPLES) {
            text.add("");
            text.add("One run a side shows the noise between its seconds only, not between runs:"
                    + " compare three or more interleaved runs before you believe it.");
        }
        return text.toString();
    }

    private static String runs(final int count) {
        return count == 1 ? "1 run" : count + " runs";
    }

    private static String part(final double spread, final double mean) {
        return mean == 0 ? "" : String.format(Locale.ROOT, "%.1f%%", 100 * spread / mean);
    }

    public String json() {
        return JsonMapper.shared().writeValueAsString(this) + "\n";
    }
}
