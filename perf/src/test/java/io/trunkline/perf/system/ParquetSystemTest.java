package io.trunkline.perf.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.billing.cdr.CdrExport;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.BillingSettings.Format;
import io.trunkline.gateway.config.load.BillingLoader;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.perf.billing.DuckDb;
import io.trunkline.perf.billing.SampleJournal;
import io.trunkline.perf.billing.SampleRates;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** A reader that has nothing in common with what wrote them finds in Parquet files what is in the CSV form. */
class ParquetSystemTest {
    private static final int UNITS = 5_000;

    @TempDir
    Path directory;

    private BillingConfig billing;

    private Path export(final Format format, final String name) throws IOException {
        final Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (final JournalFiles shard : JournalFiles.in(directory.resolve("data"))) {
                new CdrExport(billing, format, Long.MIN_VALUE, Long.MAX_VALUE)
                        .write(shard, out, JsonNodeFactory.instance.objectNode());
            }
        }
        return file;
    }

    @Test
    @Timeout(300)
    void duckDbReadsInParquetWhatIsInCsv() throws Exception {
        SampleJournal.write(directory.resolve("data"), UNITS, 500, 1);
        SampleRates.write(directory.resolve("conf"), 200, 1, 0);
        billing = BillingLoader.load(directory.resolve("conf")).config().orElseThrow();
        final Path csv = export(Format.CSV, "cdr.csv");
        final Path parquet = export(Format.PARQUET, "cdr.parquet");
        assertThat(export(Format.PARQUET, "again.parquet")).hasSameBinaryContentAs(parquet);
        final List<String> types = DuckDb.ask(
                        "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '" + parquet + "')")
                .rows();
        assertThat(types)
                .contains("unit|VARCHAR", "segments|BIGINT", "price|DECIMAL(18,6)")
                .contains("accepted_at|TIMESTAMP WITH TIME ZONE", "price_from|TIMESTAMP WITH TIME ZONE");
        final String theirs = "SELECT * REPLACE (" + times(types, "epoch_ms(%s) AS %s") + ") FROM '" + parquet + "'";
        final String ours = "SELECT * REPLACE (" + times(types, "epoch_ms(CAST(%s AS TIMESTAMPTZ)) AS %s")
                + ") FROM read_csv('" + csv + "', all_varchar = true, nullstr = '')";
        final String text = "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (%s)";
        final String left = text.formatted(ours);
        final String right = text.formatted(theirs);
        assertThat(DuckDb.ask("SELECT (SELECT count(*) FROM (" + left + ")), (SELECT count(*) FROM (" + right + ")),"
                                + " (SELECT count(*) FROM (" + left + " EXCEPT ALL " + right + ")),"
                                + " (SELECT count(*) FROM (" + right + " EXCEPT ALL " + left + "))")
                        .rows())
                .containsExactly(UNITS + "|" + UNITS + "|0|0");
    }

    /** For each column of time what it is compared as. */
    private static String times(final List<String> types, final String form) {
        return types.stream()
                .filter(type -> type.endsWith("|TIMESTAMP WITH TIME ZONE"))
                .map(type -> '"' + type.substring(0, type.indexOf('|')) + '"')
                .map(column -> form.formatted(column, column))
                .reduce((one, two) -> one + ", " + two)
                .orElseThrow();
    }
}
