package io.trunkline.perf.sipp;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;

/**
 * Response times of a SIPp scenario's clock, by the file of {@code -trace_rtt}: {@code date;milliseconds;name}.
 * That clock ticks every 4 ms.
 */
public final class SetupDelays {
    private static final long HIGHEST_US = 600_000_000L;

    private SetupDelays() {}

    /** In microseconds. */
    public static Histogram read(final Path file) throws IOException {
        final Histogram delays = new Histogram(HIGHEST_US, 3);
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                final String[] fields = line.split(";", -1);
                if (fields.length >= 2
                        && !fields[1].isBlank()
                        && Character.isDigit(fields[1].strip().charAt(0))) {
                    delays.recordValue(Math.min(HIGHEST_US, Math.round(Double.parseDouble(fields[1]) * 1000)));
                }
            }
        }
        return delays;
    }
}
