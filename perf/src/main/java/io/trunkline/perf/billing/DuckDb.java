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
     * What it said.
     *
     * @param rows their values parted by bars
     * @param seconds how long it took, without the start of its process
     */
    public record Answer(List<String> rows, double seconds) {}

    /**
     * Asks it something.
     *
     * @throws IOException where it cannot be fetched, or does not like the query
     */
    public static Answer ask(final String query) throws IOException, InterruptedException {
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
        final List<String> lines = said.lines().toList();
        final int rows = lines.size() - 1;
        return new Answer(lines.subList(0, rows), Long.parseLong(lines.get(rows)) / 1e9);
    }

    /**
     * Reads a file of call detail records and sums it up.
     *
     * @return price and cost with fee, in {@link io.trunkline.routing.rates.Micros}, by {@code tenant|carrier}
     */
    public SortedMap<String, long[]> sum(final Path csv) throws IOException, InterruptedException {
        final Answer answer = ask("SELECT tenant, COALESCE(carrier, ''), SUM(CAST(price * 1000000 AS BIGINT)),"
                + " SUM(CAST(cost * 1000000 AS BIGINT) + CAST(fee * 1000000 AS BIGINT))"
                + " FROM read_csv('" + csv + "', nullstr = '',"
                + " types = {'price': 'DECIMAL(18,6)', 'cost': 'DECIMAL(18,6)', 'fee': 'DECIMAL(18,6)'})"
                + " GROUP BY ALL");
        seconds = answer.seconds();
        final SortedMap<String, long[]> sums = new TreeMap<>();
        answer.rows().forEach(row -> SqlitePeer.put(sums, row));
        return sums;
    }

    /** How long the last sum took, without the start of the process. */
    public double seconds() {
        return seconds;
    }
}
