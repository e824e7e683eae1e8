package io.trunkline.perf.billing;

import io.trunkline.perf.prove.FetchedJars;
import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A DuckDB in memory, fetched by Maven when it is wanted first, in a process of its own. */
public final class DuckDb {
    private double seconds;

    /**
     * Asks it something.
     *
     * @return the rows, their values parted by bars
     * @throws IOException where it cannot be fetched, or does not like the query
     */
    public static List<String> ask(final String query) throws IOException, InterruptedException {
        final Process duckDb = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        FetchedJars.of("duckdb") + "/*",
                        ProveContext.repository()
                                .resolve("perf/duckdb/DuckDbQuery.java")
                                .toString(),
                        query)
                // Java 25 warns of DuckDB's native code: that is no answer.
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        duckDb.getOutputStream().close();
        final String said = new String(duckDb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (duckDb.waitFor() != 0) {
            throw new IOException("DuckDB: " + said.strip());
        }
        return said.lines().toList();
    }

    /**
     * Reads a file of call detail records and sums it up.
     *
     * @return price and cost with fee, in {@link io.trunkline.routing.rates.Micros}, by {@code tenant|carrier}
     */
    public SortedMap<String, long[]> sum(final Path csv) throws IOException, InterruptedException {
        final long begin = System.nanoTime();
        ask("SELECT 1");
        final long starting = System.nanoTime() - begin;
        final List<String> rows = ask("SELECT tenant, COALESCE(carrier, ''), SUM(CAST(price * 1000000 AS BIGINT)),"
                + " SUM(CAST(cost * 1000000 AS BIGINT) + CAST(fee * 1000000 AS BIGINT))"
                + " FROM read_csv('" + csv + "', nullstr = '',"
                + " types = {'price': 'DECIMAL(18,6)', 'cost': 'DECIMAL(18,6)', 'fee': 'DECIMAL(18,6)'})"
                + " GROUP BY ALL");
        seconds = (System.nanoTime() - begin - 2 * starting) / 1e9;
        final SortedMap<String, long[]> sums = new TreeMap<>();
        rows.forEach(row -> SqlitePeer.put(sums, row));
        return sums;
    }

    /** How long the last sum took, without the start of the process. */
    public double seconds() {
        return seconds;
    }
}
