package io.trunkline.perf.load;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * Arrivals that were recorded: a CSV whose first column is a time, as seconds (any origin, with decimals) or as ISO 8601
 * with a zone ({@code 2026-03-01T09:00:00.125Z}). A first row that is no time is taken for a heading; further columns
 * are not read.
 */
public final class ArrivalFile {
    /** What 800 MB hold. */
    private static final int MOST = 100_000_000;

    private ArrivalFile() {}

    /**
     * Reads it.
     *
     * @param speed 2: twice as fast as it was
     * @throws IllegalArgumentException naming the line that is wrong
     */
    public static Schedule.Replay read(final Path file, final double speed) {
        if (!(speed > 0 && speed <= 1e6)) {
            throw new IllegalArgumentException("a replay's speed is above 0 and at most 1000000, not " + speed);
        }
        long[] arrivals = new long[1024];
        int count = 0;
        try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(file)) {
            for (final CsvRecord row : rows) {
                final long arrivalNs = timeNs(row.getField(0).strip());
                if (arrivalNs == Long.MIN_VALUE) {
                    if (row.getStartingLineNumber() == 1) {
                        continue;
                    }
                    throw new IllegalArgumentException(file + ":" + row.getStartingLineNumber() + ": '"
                            + row.getField(0) + "' is not a time: write seconds or 2026-03-01T09:00:00.125Z");
                }
                if (count == MOST) {
                    throw new IllegalArgumentException(file + " has more than " + MOST + " arrivals");
                }
                if (count == arrivals.length) {
                    arrivals = Arrays.copyOf(arrivals, count * 2);
                }
                arrivals[count++] = (long) (arrivalNs / speed);
            }
        } catch (final IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("cannot read the arrivals " + file + ": " + e.getMessage(), e);
        }
        return new Schedule.Replay(Arrays.copyOf(arrivals, count), String.valueOf(file.getFileName()));
    }

    private static long timeNs(final String text) {
        try {
            if (text.indexOf('T') > 0) {
                final Instant instant = Instant.parse(text);
                return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
            }
            final double seconds = Double.parseDouble(text);
            return Math.abs(seconds) < 9e9 ? Math.round(seconds * 1e9) : Long.MIN_VALUE;
        } catch (final NumberFormatException | DateTimeException | ArithmeticException e) {
            return Long.MIN_VALUE;
        }
    }
}
