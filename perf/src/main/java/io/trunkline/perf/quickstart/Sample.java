package io.trunkline.perf.quickstart;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One row of the sample: a message worth sending.
 *
 * @param script the writing system, for the reader of the output
 */
record Sample(String to, String from, String messageClass, String script, String text) {
    static List<Sample> read(final Path csv) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(csv);
                Stream<NamedCsvRecord> rows = reader.stream()) {
            return rows.map(row -> new Sample(
                            row.getField("to"),
                            row.getField("from"),
                            row.getField("class"),
                            row.getField("script"),
                            row.getField("text")))
                    .toList();
        }
    }

    /** The beginning of the text, for one line of output. */
    String excerpt() {
        final int end = Math.min(
                text.length(), text.offsetByCodePoints(0, Math.min(32, text.codePointCount(0, text.length()))));
        return end < text.length() ? text.substring(0, end) + "…" : text;
    }
}
