package io.trunkline.gateway.journal.cli;

import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.cli.JsonOption;
import io.trunkline.gateway.cli.Table;
import io.trunkline.gateway.journal.RecordSchema;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline journal stats}. */
@Command(
        name = "stats",
        description = "Counts records and bytes by type, and lists the files.",
        mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private JournalCommands.DataOption data;

    @Mixin
    private JsonOption json;

    /** What there is of one type. */
    private static final class Count {
        private long records;
        private long bytes;
        private long firstNs = Long.MAX_VALUE;
        private long lastNs = Long.MIN_VALUE;

        void add(final RecordView record) {
            records++;
            bytes += record.frameLength();
            firstNs = Math.min(firstNs, record.wallTimeNs());
            lastNs = Math.max(lastNs, record.wallTimeNs());
        }
    }

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final ObjectNode result = JsonOption.object();
        final ArrayNode shards = result.putArray("shards");
        final RecordSchema schema = RecordSchema.load();
        for (final JournalFiles shard : data.shards()) {
            final TreeMap<Integer, Count> counts = new TreeMap<>();
            final RecoveryReport report =
                    shard.read(record -> counts.computeIfAbsent(record.templateId(), id -> new Count())
                            .add(record));
            DamageReport.print(spec.commandLine().getErr(), shard, report);
            final ObjectNode described = shards.addObject();
            describe(described, shard, counts, schema);
            DamageReport.describe(described, report);
        }
        if (json.wanted()) {
            JsonOption.print(out, result);
        } else {
            shards.forEach(shard -> {
                out.println(shard.path("shard").asString());
                table(out, shard.path("types"), List.of("type", "records", "bytes", "first", "last"));
                table(
                        out,
                        shard.path("files"),
                        List.of("file", "closed", "firstSequence", "lastSequence", "records", "excerpts", "bytes"));
            });
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void describe(
            final ObjectNode node,
            final JournalFiles shard,
            final SortedMap<Integer, Count> counts,
            final RecordSchema schema) {
        node.put("shard", shard.name());
        final ArrayNode types = node.putArray("types");
        counts.forEach((template, count) -> types.addObject()
                .put("type", schema.name(template))
                .put("records", count.records)
                .put("bytes", count.bytes)
                .put("first", RecordPrinter.time(count.firstNs).toString())
                .put("last", RecordPrinter.time(count.lastNs).toString()));
        final ArrayNode files = node.putArray("files");
        for (final JournalFiles.CycleSummary file : shard.files()) {
            files.addObject()
                    .put("file", file.file())
                    .put("closed", file.closed())
                    .put("firstSequence", file.firstSequence())
                    .put("lastSequence", file.lastSequence())
                    .put("records", file.records())
                    .put("excerpts", file.excerpts())
                    .put("bytes", file.bytes());
        }
    }

    private static void table(final PrintWriter out, final JsonNode rows, final List<String> columns) {
        final Table table = new Table(columns.stream()
                .map(column -> column.replaceAll("([a-z])([A-Z])", "$1 $2").toUpperCase(Locale.ROOT))
                .toList());
        rows.forEach(row -> table.add(
                columns.stream().map(column -> row.path(column).asString()).toList()));
        out.println(table);
    }
}
