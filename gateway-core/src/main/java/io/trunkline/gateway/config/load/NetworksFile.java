package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_ROW;

import io.trunkline.routing.networks.MccMnc;
import io.trunkline.routing.networks.NumberRanges;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code networks.csv}: {@code from,to,network}. */
final class NetworksFile {
    static final String NAME = "networks.csv";

    /** Overlaps reported at once: each is found by building the table anew. */
    private static final int MOST_OVERLAPS = 20;

    private record Range(String from, String to, int network, int line) {}

    private final List<Range> ranges = new ArrayList<>();

    NumberRanges read(final SourceFile source, final Problems problems) {
        new CsvTable(source, List.of("from", "network"), List.of("to"), problems).forEach(this::row);
        for (int overlaps = 0; overlaps < MOST_OVERLAPS; overlaps++) {
            try {
                return build();
            } catch (NumberRanges.Overlap e) {
                final int line = Math.max(Integer.parseInt(e.source()), Integer.parseInt(e.other()));
                final int first = Math.min(Integer.parseInt(e.source()), Integer.parseInt(e.other()));
                problems.add(
                        NAME,
                        new Place(line, 1),
                        DUPLICATE_ROW,
                        "the range is that of line " + first + ", or overlaps with it",
                        "one may lie within the other, then the inner one counts; else they may have no number in common");
                ranges.removeIf(range -> range.line() == line);
            }
        }
        return NumberRanges.EMPTY;
    }

    private NumberRanges build() {
        final NumberRanges.Builder builder = NumberRanges.builder();
        for (final Range range : ranges) {
            builder.add(range.from(), range.to(), range.network(), Integer.toString(range.line()));
        }
        return builder.build();
    }

    private void row(final CsvTable.Row row) {
        final String from = digits(row, "from");
        final String to = row.get("to").isEmpty() ? from : digits(row, "to");
        final String network = row.get("network");
        boolean whole = !from.isEmpty() && !to.isEmpty();
        if (!LimitChecks.isNetwork(network)) {
            row.problem(
                    "network",
                    0,
                    BAD_VALUE,
                    "`" + network + "` is not the code of a network",
                    "write MCC-MNC, such as 234-15, or unknown");
            whole = false;
        }
        if (whole && (from.length() != to.length() || from.compareTo(to) > 0)) {
            row.problem(
                    "to",
                    0,
                    BAD_VALUE,
                    "`" + to + "` is not the end of a range from `" + from + "`",
                    "as many digits as `from`, and not below it; empty: all numbers that begin with `from`");
            whole = false;
        }
        if (whole) {
            ranges.add(new Range(from, to, MccMnc.of(network), row.line()));
        }
    }

    /** Empty where it is no beginning of numbers, which is reported. */
    private static String digits(final CsvTable.Row row, final String column) {
        final String text = row.get(column);
        final String digits = text.startsWith("+") ? text.substring(1) : text;
        if (digits.matches("[0-9]{1,15}")) {
            return digits;
        }
        row.problem(
                column, 0, BAD_VALUE, "`" + text + "` is not how numbers begin", "write 1 to 15 digits as in E.164");
        return "";
    }
}
