package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.SYNTAX;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_KEY;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.trunkline.gateway.config.ConfigProblem.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A CSV file (RFC 4180, UTF-8) whose first row names the columns, in any order. Lines that begin with {@code #} and
 * empty lines are passed over. A bad row is reported and the next one read.
 */
final class CsvTable {
    /** One row; valid only during the call. */
    final class Row {
        private final CsvRecord record;

        private Row(final CsvRecord record) {
            this.record = record;
        }

        /** From 1. */
        int line() {
            return (int) record.getStartingLineNumber();
        }

        /** Value of a column, stripped; empty where the row has none. */
        String get(final String column) {
            final int index = header.indexOf(column);
            return index < 0 ? "" : record.getField(index).strip();
        }

        /** Reports a mistake in a column, {@code offset} characters into its value. */
        void problem(
                final String column, final int offset, final Code code, final String message, final String remedy) {
            final int start = columnOf(source.line(line()), header.indexOf(column));
            problems.add(source.name(), new Place(line(), start + offset), code, message, remedy);
        }
    }

    private final SourceFile source;
    private final List<String> required;
    private final List<String> optional;
    private final Problems problems;
    private List<String> header = List.of();

    CsvTable(
            final SourceFile source,
            final List<String> required,
            final List<String> optional,
            final Problems problems) {
        this.source = source;
        this.required = required;
        this.optional = optional;
        this.problems = problems;
    }

    /** Reads all rows that have as many values as there are columns. */
    void forEach(final Consumer<Row> rows) {
        long line = 1;
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .commentStrategy(CommentStrategy.SKIP)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(source.text())) {
            for (final CsvRecord record : reader) {
                line = record.getStartingLineNumber() + 1;
                if (header.isEmpty()) {
                    header = record.getFields().stream().map(String::strip).toList();
                    if (!checkHeader((int) record.getStartingLineNumber())) {
                        return;
                    }
                } else if (wellFormed(record)) {
                    rows.accept(new Row(record));
                }
            }
        } catch (CsvParseException e) {
            problems.add(
                    source.name(),
                    new Place((int) line, 1),
                    SYNTAX,
                    "from this row on the file is not CSV: a quote is not closed, or text follows a closing one",
                    "quotes surround a whole value, and are doubled within");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (header.isEmpty()) {
            problems.add(
                    source.name(),
                    Place.START,
                    MISSING_KEY,
                    "the file has no row that names the columns",
                    "begin with: " + String.join(",", required));
        }
    }

    private boolean checkHeader(final int line) {
        final int before = problems.total();
        final String text = source.line(line);
        for (int i = 0; i < header.size(); i++) {
            final String column = header.get(i);
            final Place place = new Place(line, columnOf(text, i));
            if (!required.contains(column) && !optional.contains(column)) {
                final List<String> known =
                        Stream.concat(required.stream(), optional.stream()).toList();
                final String remedy = Nearest.didYouMean(column, known, "columns: " + String.join(", ", known));
                problems.add(
                        source.name(), place, UNKNOWN_KEY, "`" + column + "` is not a column of this file", remedy);
            } else if (header.indexOf(column) < i) {
                problems.add(
                        source.name(), place, DUPLICATE_KEY, "the column `" + column + "` stands twice", "keep one");
            }
        }
        for (final String column : required) {
            if (!header.contains(column)) {
                final Place place = new Place(line, text.length() + 1);
                problems.add(source.name(), place, MISSING_KEY, "the column `" + column + "` is missing", "add it");
            }
        }
        return problems.total() == before;
    }

    private boolean wellFormed(final CsvRecord record) {
        if (record.getFieldCount() == header.size()) {
            return true;
        }
        final int line = (int) record.getStartingLineNumber();
        final int extra = Math.min(record.getFieldCount(), header.size());
        problems.add(
                source.name(),
                new Place(line, columnOf(source.line(line), Math.min(extra, record.getFieldCount() - 1))),
                BAD_VALUE,
                "the row has " + record.getFieldCount() + " values; the columns are " + header.size(),
                "columns: " + String.join(",", header));
        return false;
    }

    /** Where a value begins in a line, from 1, after its quote if it has one. */
    private static int columnOf(final String line, final int index) {
        boolean quoted = false;
        int field = 0;
        int at = 0;
        while (at < line.length() && field < index) {
            final char c = line.charAt(at++);
            quoted ^= c == '"';
            field += c == ',' && !quoted ? 1 : 0;
        }
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '"')) {
            at++;
        }
        return at + 1;
    }

    @Override
    public String toString() {
        return source.name() + Arrays.toString(header.toArray());
    }
}
