package io.trunkline.perf.load;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.trunkline.upstream.codec.MessageClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Messages from a CSV with the columns {@code to}, {@code text} and, where wanted, {@code class}. A text that holds
 * {@value #MARK} gets the unit's marker in its place, by which the carrier's log is joined.
 */
final class CsvMessages {
    /** What is written in the file. */
    static final String MARK = "{marker}";
    /** What it becomes: as long as the marker that is written over it. */
    static final String PLACE = "#00000000000";

    private static final int MOST = 1_000_000;

    /** One row. */
    record Message(String to, String text, MessageClass messageClass) {}

    private CsvMessages() {}

    /**
     * Reads all rows.
     *
     * @param otherwise the class of rows that name none
     * @throws IllegalArgumentException naming the line that is wrong
     */
    static List<Message> read(final Path file, final MessageClass otherwise) {
        final List<Message> messages = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (final NamedCsvRecord row : rows) {
                if (messages.size() == MOST) {
                    throw new IllegalArgumentException(file + " has more than " + MOST + " messages");
                }
                messages.add(message(row, file + ":" + row.getStartingLineNumber() + ": ", otherwise));
            }
        } catch (final IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("cannot read the messages " + file + ": " + e.getMessage(), e);
        }
        if (messages.isEmpty()) {
            throw new IllegalArgumentException(file + " has no message: a heading to,text and rows are wanted");
        }
        return messages;
    }

    private static Message message(final NamedCsvRecord row, final String where, final MessageClass otherwise) {
        final String to = field(row, "to", where).strip();
        final String digits = to.startsWith("+") ? to.substring(1) : to;
        if (digits.isEmpty()
                || digits.length() > 15
                || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw new IllegalArgumentException(where + "'" + to + "' is not a number of up to 15 digits");
        }
        final String text = field(row, "text", where).replace(MARK, PLACE);
        if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > 4000) {
            throw new IllegalArgumentException(where + "a text has 1 to 4,000 bytes");
        }
        final String name = row.findField("class").orElse("").strip();
        try {
            return new Message(
                    digits, text, name.isEmpty() ? otherwise : MessageClass.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(where + "'" + name + "' is none of otp, transactional, bulk", e);
        }
    }

    private static String field(final NamedCsvRecord row, final String name, final String where) {
        return row.findField(name).orElseThrow(() -> new IllegalArgumentException(where + "no column '" + name + "'"));
    }
}
