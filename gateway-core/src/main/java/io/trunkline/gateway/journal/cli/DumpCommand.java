package io.trunkline.gateway.journal.cli;

import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.cli.JsonOption;
import io.trunkline.gateway.journal.RecordSchema;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.gateway.journal.seal.PeriodKeys;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline journal dump}. */
@Command(
        name = "dump",
        description = "Prints records, one JSON object a line, oldest first.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  trunkline journal dump --data data --unit 379842003148931072",
            "  trunkline journal dump --data data --type UnitClosed --from 2026-11-21T08:00:00Z",
            "  trunkline journal dump --data data --tenant acme --type UnitAccepted"
        })
final class DumpCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PRINTED_BETWEEN_LOOKS = 1024;
    /** Of a newer version. */
    private static final String UNKNOWN_TYPE = "Template[0-9]+";

    @Spec
    private CommandSpec spec;

    @Mixin
    private JournalCommands.DataOption data;

    @Option(names = "--unit", paramLabel = "ID", description = "Only records of this unit.")
    private Long unit;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "Only records that name this tenant, by its name or its number.")
    private String tenant;

    @Option(names = "--type", paramLabel = "NAME", description = "Only records of these types, as in journal.xml.")
    private List<String> types = List.of();

    @Option(names = "--from", paramLabel = "TIME", description = "From this time on, as in 2026-11-21T08:00:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before this time.")
    private String to;

    @Option(names = "--bodies", description = "Print message bodies too. They are the tenants', not yours.")
    private boolean bodies;

    /** Taken because all reports take it; this one is JSON in any case. */
    @Mixin
    @SuppressWarnings("unused")
    private JsonOption json;

    private long printed;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final RecordSchema schema = RecordSchema.load();
        checkTypes(schema);
        final Instant first = instant(from, Instant.MIN);
        final Instant end = instant(to, Instant.MAX);
        for (final JournalFiles shard : data.shards()) {
            final RecordPrinter printer = new RecordPrinter(
                    schema, bodies, PeriodKeys.look(shard.directory().resolve(PeriodKeys.FILE_NAME)));
            final TenantFilter only = new TenantFilter(tenant);
            if (!only.known()) {
                shard.readNames(only::see);
            }
            final RecoveryReport report = shard.read(record -> {
                final Map<String, Object> fields = chosen(record, schema, first, end, only);
                if (fields != null) {
                    final ObjectNode node = JsonOption.object();
                    printer.print(record, fields, node);
                    out.println(JSON.writeValueAsString(node));
                    if (++printed % PRINTED_BETWEEN_LOOKS == 0) {
                        checkOutput(out);
                    }
                }
            });
            DamageReport.print(err, shard, report);
            if (!only.known()) {
                err.println(shard.name() + ": no tenant is named " + tenant);
            }
        }
        checkOutput(out);
        err.flush();
        return ExitCode.OK;
    }

    private void checkTypes(final RecordSchema schema) {
        for (final String type : types) {
            if (!schema.names().contains(type) && !type.matches(UNKNOWN_TYPE)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "`" + type + "` is no type of record",
                        "these are: " + String.join(", ", schema.names()));
            }
        }
    }

    /** A full disk or a pipe that nobody reads any more: neither is told otherwise. */
    private static void checkOutput(final PrintWriter out) {
        if (out.checkError()) {
            throw new CommandFailure(ExitCode.USAGE, "standard output does not take all that there is to print", "");
        }
    }

    /** The fields of a record that is wanted; null for one that is not. */
    private Map<String, Object> chosen(
            final RecordView record,
            final RecordSchema schema,
            final Instant first,
            final Instant end,
            final TenantFilter only) {
        only.see(record);
        final Instant time = RecordPrinter.time(record.wallTimeNs());
        final boolean wanted = (unit == null || record.unitId() == unit)
                && !time.isBefore(first)
                && time.isBefore(end)
                && (types.isEmpty() || types.stream().anyMatch(schema.name(record.templateId())::equalsIgnoreCase));
        if (!wanted) {
            return null;
        }
        final Map<String, Object> fields = decode(record, schema);
        return only.fits(fields) ? fields : null;
    }

    /** A record whose checksum is right and whose block makes no sense was written so; it is shown as bytes. */
    private static Map<String, Object> decode(final RecordView record, final RecordSchema schema) {
        try {
            return schema.decode(record);
        } catch (final IndexOutOfBoundsException e) {
            final byte[] block = new byte[record.length()];
            record.buffer().getBytes(record.offset(), block);
            return Map.of("undecodable", block);
        }
    }

    private static Instant instant(final String text, final Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (final DateTimeParseException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + text + "` is not a time", "write it as 2026-11-21T08:00:00Z");
        }
    }
}
