package io.trunkline.gateway.billing;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.trunkline.routing.rates.Micros;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a carrier says that it is owed: a CSV file with one row for each message that it took. The first row names the columns.
 *
 * @param lines good rows, in order
 * @param problems what could not be read, one sentence each with its place; an invoice with problems proves nothing
 */
public record Invoice(List<Line> lines, List<String> problems) {
    /** Columns that are understood. */
    public static final List<String> COLUMNS = List.of("message_id", "to", "segments", "amount", "currency");

    private static final int MAX_PROBLEMS = 100;
    /** Of a sum; twice as much is a long, too. */
    private static final long MOST_MICROS = 4_000_000_000_000L * Micros.ONE;

    private static final long ABSENT = -1;
    private static final String NOT_UTF_8 = "the file is not UTF-8 from about here on; convert it";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * One message on the invoice.
     *
     * @param line where it stands, from 1
     * @param messageId as the carrier gave it when it took the message
     * @param to digits; empty where the invoice does not say
     * @param segments -1 where the invoice does not say
     * @param amount {@link Micros#NONE} where the invoice does not say
     * @param currency in capitals; empty where the invoice does not say
     */
    public record Line(long line, String messageId, String to, long segments, long amount, String currency) {}

    /**
     * Reads an invoice.
     *
     * @param renamed our name of a column by the carrier's
     * @param ignored columns of the carrier's that say nothing here
     * @throws IOException where the file cannot be read
     */
    public static Invoice read(final Path file, final Map<String, String> renamed, final Set<String> ignored)
            throws IOException {
        return new Reader(file.getFileName().toString(), renamed, ignored).read(file);
    }

    private static final class Reader {
        private final String name;
        private final Map<String, String> renamed;
        private final Set<String> ignored;
        private final List<Line> lines = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private final Map<String, Integer> columns = new LinkedHashMap<>();
        private int width;
        private long sum;
        /** The first line that names a currency. */
        private Line currencyFrom;

        Reader(final String name, final Map<String, String> renamed, final Set<String> ignored) {
            this.name = name;
            this.renamed = renamed;
            this.ignored = ignored;
        }

        Invoice read(final Path file) throws IOException {
            long line = 1;
            try (BufferedReader text = withoutMark(Files.newBufferedReader(file));
                    CsvReader<CsvRecord> rows = CsvReader.builder()
                            .commentStrategy(CommentStrategy.NONE)
                            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .allowUnclosedQuote(false)
                            .ofCsvRecord(text)) {
                for (final CsvRecord row : rows) {
                    line = row.getStartingLineNumber();
                    if (width == 0) {
                        header(row);
                        if (!problems.isEmpty()) {
                            break;
                        }
                    } else {
                        row(row);
                    }
                    if (problems.size() >= MAX_PROBLEMS) {
                        break;
                    }
                }
            } catch (final CsvParseException | UncheckedIOException e) {
                final IOException cause = ioProblem(e);
                if (cause == null) {
                    problem(
                            line + 1,
                            "this is no CSV from here on; quotes surround a whole value, and are doubled within");
                } else if (cause instanceof CharacterCodingException) {
                    problem(line, NOT_UTF_8);
                } else {
                    throw cause;
                }
            } catch (final CharacterCodingException e) {
                problem(line, NOT_UTF_8);
            }
            if (width == 0 && problems.isEmpty()) {
                problem(1, "the file is empty; its first row names the columns");
            }
            return new Invoice(List.copyOf(lines), List.copyOf(problems));
        }

        /** What the reader of CSV wraps up, once or twice; null where it is the CSV itself. */
        private static IOException ioProblem(final Throwable problem) {
            Throwable cause = problem;
            while (cause != null && !(cause instanceof IOException)) {
                cause = cause.getCause();
            }
            // A value without an end, which is no trouble of the disk.
            return cause instanceof EOFException ? null : (IOException) cause;
        }

        /** Spreadsheets begin a file with a mark of its encoding. */
        private static BufferedReader withoutMark(final BufferedReader text) throws IOException {
            text.mark(1);
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
            return text;
        }

        private void problem(final long line, final String text) {
            problems.add(name + ":" + line + ": " + text);
        }

        private void header(final CsvRecord row) {
            width = row.getFieldCount();
            for (int i = 0; i < width; i++) {
                final String theirs = row.getField(i).strip();
                final String ours = renamed.getOrDefault(theirs, theirs).toLowerCase(Locale.ROOT);
                if (ignored.contains(theirs)) {
                    continue;
                }
                if (!COLUMNS.contains(ours)) {
                    problem(
                            row.getStartingLineNumber(),
                            "the column `" + theirs + "` is not known; say what it is with --column " + theirs
                                    + "=NAME (of " + String.join(", ", COLUMNS) + "), or pass over it with --ignore "
                                    + theirs);
                } else if (columns.putIfAbsent(ours, i) != null) {
                    problem(row.getStartingLineNumber(), "the column `" + ours + "` stands twice");
                }
            }
            if (!columns.containsKey("message_id") && problems.isEmpty()) {
                problem(
                        row.getStartingLineNumber(),
                        "the column `message_id` is missing; name the one that has the ids: --column THEIRS=message_id");
            }
        }

        private void row(final CsvRecord row) {
            if (row.getFieldCount() != width) {
                problem(
                        row.getStartingLineNumber(),
                        "the row has " + row.getFieldCount() + " values; the columns are " + width);
                return;
            }
            final String segments = value(row, "segments");
            final String amount = value(row, "amount");
            final long micros = amount.isEmpty() ? Micros.NONE : Micros.amount(amount);
            if (value(row, "message_id").isEmpty()) {
                problem(row.getStartingLineNumber(), "the message has no id");
            } else if (!segments.matches("[0-9]{0,4}")) {
                problem(row.getStartingLineNumber(), "`" + segments + "` is no number of segments");
            } else if (!amount.isEmpty() && micros == Micros.NONE) {
                problem(
                        row.getStartingLineNumber(),
                        "`" + amount + "` is no amount; it has a point and at most six decimals");
            } else {
                final String to = value(row, "to");
                add(new Line(
                        row.getStartingLineNumber(),
                        value(row, "message_id"),
                        to.startsWith("+") ? to.substring(1) : to,
                        segments.isEmpty() ? ABSENT : Long.parseLong(segments),
                        micros,
                        value(row, "currency").toUpperCase(Locale.ROOT)));
            }
        }

        /** A sum of two currencies would say nothing, and one that is too large would be wrong. */
        private void add(final Line line) {
            if (currencyFrom == null && !line.currency().isEmpty()) {
                currencyFrom = line;
            }
            if (currencyFrom != null
                    && !line.currency().isEmpty()
                    && !line.currency().equals(currencyFrom.currency())) {
                problem(
                        line.line(),
                        "`" + line.currency() + "` here and `" + currencyFrom.currency() + "` in line "
                                + currencyFrom.line() + "; compare what is in one currency at a time");
                return;
            }
            final long added = line.amount() == Micros.NONE ? 0 : line.amount();
            if (Math.abs(sum + added) > MOST_MICROS) {
                problem(line.line(), "the amounts up to here come to more than " + MOST_MICROS / Micros.ONE);
                return;
            }
            sum += added;
            lines.add(line);
        }

        private String value(final CsvRecord row, final String column) {
            final Integer at = columns.get(column);
            return at == null ? "" : row.getField(at).strip();
        }
    }
}
