package io.trunkline.perf.billing;

import io.trunkline.routing.rates.Micros;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Debian's {@code sqlite3}: loads a file of call detail records into memory and sums it up by tenant and carrier. */
public final class SqlitePeer {
    private final Path file;
    private double seconds;

    public SqlitePeer(final Path file) {
        this.file = file;
    }

    /** Whether there is one on this machine. */
    public static boolean installed() throws InterruptedException {
        try {
            return new ProcessBuilder("sqlite3", "--version").start().waitFor() == 0;
        } catch (final IOException e) {
            return false;
        }
    }

    /**
     * Loads and sums.
     *
     * @return price and cost with fee, in {@link Micros}, by {@code tenant|carrier}
     */
    public SortedMap<String, long[]> sum() throws IOException, InterruptedException {
        final long begin = System.nanoTime();
        // Amounts have six decimals: the sum of whole millionths is exact.
        final Process sqlite = new ProcessBuilder(
                        "sqlite3",
                        "-separator",
                        "|",
                        ":memory:",
                        ".import --csv " + file + " cdr",
                        "SELECT tenant, carrier, SUM(CAST(ROUND(price*1000000) AS INTEGER)),"
                                + " SUM(CAST(ROUND(cost*1000000) AS INTEGER) + CAST(ROUND(fee*1000000) AS INTEGER))"
                                + " FROM cdr GROUP BY tenant, carrier")
                .redirectErrorStream(true)
                .start();
        sqlite.getOutputStream().close();
        final String said = new String(sqlite.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (sqlite.waitFor() != 0) {
            throw new IOException("sqlite3: " + said.strip());
        }
        seconds = (System.nanoTime() - begin) / 1e9;
        final SortedMap<String, long[]> sums = new TreeMap<>();
        said.lines().forEach(line -> put(sums, line));
        return sums;
    }

    /** Takes a row: {@code tenant|carrier|price|cost with fee}. */
    static void put(final SortedMap<String, long[]> sums, final String row) {
        final String[] cells = row.split("\\|", -1);
        sums.put(cells[0] + "|" + cells[1], new long[] {Long.parseLong(cells[2]), Long.parseLong(cells[3])});
    }

    /** How long the last one took. */
    public double seconds() {
        return seconds;
    }
}
