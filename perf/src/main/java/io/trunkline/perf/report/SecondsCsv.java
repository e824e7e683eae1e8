package io.trunkline.perf.report;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** {@code seconds.csv}: a row for each sample, times in microseconds. */
final class SecondsCsv {
    /** What a gateway says of itself; columns of their own whether it was asked or not. */
    private static final List<String> GATEWAY =
            List.of("journalLag", "openUnits", "eventsPending", "queued", "bindInFlight", "cpu", "gcMs");

    private SecondsCsv() {}

    /** The columns of a run whose samples have these stages. */
    static String heading(final Second second) {
        final StringJoiner line = new StringJoiner(",");
        columns(second).keySet().forEach(line::add);
        return line.toString();
    }

    static String row(final Second second) {
        final StringJoiner line = new StringJoiner(",");
        columns(second).values().forEach(value -> line.add(number(value)));
        return line.toString();
    }

    private static String number(final double value) {
        return Double.isNaN(value)
                ? ""
                : value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
    }

    private static Map<String, Double> columns(final Second second) {
        final Map<String, Double> columns = new LinkedHashMap<>();
        columns.put("at_s", second.at());
        columns.put("length_s", second.length());
        columns.put("sending", second.sending() ? 1.0 : 0.0);
        columns.put("offered_per_s", second.offered());
        columns.put("sent_per_s", second.sent());
        columns.put("acknowledged_per_s", second.acknowledged());
        columns.put("ended_per_s", second.ended());
        columns.put("received_per_s", second.received());
        columns.put("errors_per_s", second.errors());
        columns.put("late_per_s", second.late());
        columns.put("in_flight", (double) second.inFlight());
        columns.put("open", (double) second.open());
        second.stages().forEach((stage, us) -> {
            columns.put(stage + "_p50_us", us.p50());
            columns.put(stage + "_p99_us", us.p99());
            columns.put(stage + "_p999_us", us.p999());
            columns.put(stage + "_max_us", us.max());
        });
        columns.put("generator_cpu_cores", second.generator().cpu());
        columns.put("generator_busiest_thread", second.generator().busiest());
        columns.put("generator_gc_ms", second.generator().gcMs());
        columns.put("machine_busy", second.generator().machine());
        GATEWAY.forEach(name -> columns.put("gateway_" + name, second.gateway().getOrDefault(name, Double.NaN)));
        return columns;
    }

    /** One row as it is read back: values by column; empty ones are left out. */
    static List<Map<String, Double>> read(final Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            return rows.stream()
                    .map(row -> {
                        final Map<String, Double> values = new LinkedHashMap<>();
                        row.getFieldsAsMap().forEach((column, text) -> {
                            if (!text.isEmpty()) {
                                values.put(column, Double.parseDouble(text));
                            }
                        });
                        return values;
                    })
                    .toList();
        }
    }
}
