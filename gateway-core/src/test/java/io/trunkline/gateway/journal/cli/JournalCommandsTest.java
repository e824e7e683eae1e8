package io.trunkline.gateway.journal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.cli.Trunkline;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.ShortJournal;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.gateway.journal.codec.CheckpointBeginEncoder;
import io.trunkline.gateway.journal.codec.CheckpointEndEncoder;
import io.trunkline.gateway.journal.codec.CursorSnapshotEncoder;
import io.trunkline.gateway.journal.codec.NamedEncoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedEncoder;
import io.trunkline.gateway.journal.codec.UnitClosedEncoder;
import io.trunkline.gateway.journal.seal.MasterKeys;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import io.trunkline.gateway.journal.seal.PeriodKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JournalCommandsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void writeAJournal() {
        try (JournalStore journal = ShortJournal.open(data)) {
            journal.wallTimeNs(NOON.getEpochSecond() * NANOS_PER_SECOND);
            accepted(journal, 77, 3, "Grüße, 1234 is your code");
            accepted(journal, 78, 4, "another");
            journal.wallTimeNs(NOON.plusSeconds(60).getEpochSecond() * NANOS_PER_SECOND);
            closed(journal, 77, 3);
            cursors(journal);
        }
    }

    private static void named(final JournalStore journal, final long tenant, final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        final int offset = journal.begin(NamedEncoder.TEMPLATE_ID, 0, 100);
        final NamedEncoder encoder = new NamedEncoder();
        encoder.wrap(journal.buffer(), offset).number(tenant).kind((short) 1).putName(bytes, 0, bytes.length);
        journal.commit(encoder.encodedLength());
    }

    private static void accepted(final JournalStore journal, final long unit, final long tenant, final String body) {
        accepted(journal, unit, tenant, 0, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void accepted(
            final JournalStore journal, final long unit, final long tenant, final int period, final byte[] bytes) {
        final int offset = journal.begin(UnitAcceptedEncoder.TEMPLATE_ID, unit, 1000);
        final UnitAcceptedEncoder encoder = new UnitAcceptedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .referenceHi(0xAB)
                .referenceLo(-1)
                .tenant(tenant)
                .bodyKey(0)
                .bodyPeriod(period);
        final byte[] number = "447700900123".getBytes(StandardCharsets.US_ASCII);
        encoder.putFrom(new byte[] {(byte) 0xFF}, 0, 1)
                .putTo(number, 0, number.length)
                .putBody(bytes, 0, bytes.length)
                .putCampaign(bytes, 0, 0)
                .putTags(bytes, 0, 0);
        journal.commit(encoder.encodedLength());
        journal.publish();
    }

    private static void closed(final JournalStore journal, final long unit, final long tenant) {
        final int offset = journal.begin(UnitClosedEncoder.TEMPLATE_ID, unit, UnitClosedEncoder.BLOCK_LENGTH);
        new UnitClosedEncoder().wrap(journal.buffer(), offset).tenant(tenant).state((short) 10);
        journal.commit(UnitClosedEncoder.BLOCK_LENGTH);
        journal.publish();
    }

    private static void cursors(final JournalStore journal) {
        final int offset = journal.begin(CursorSnapshotEncoder.TEMPLATE_ID, 0, 200);
        final CursorSnapshotEncoder encoder = new CursorSnapshotEncoder();
        encoder.wrap(journal.buffer(), offset).lastEventSequence(9).tenant(3);
        encoder.subscriptionsCount(2)
                .next()
                .acknowledged(5)
                .subscription(1)
                .next()
                .acknowledged(7)
                .subscription(2);
        encoder.indexCount(0);
        journal.commit(encoder.encodedLength());
        journal.publish();
    }

    private int run(final String... arguments) {
        final CommandLine command = Trunkline.commandLine();
        out.getBuffer().setLength(0);
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(out));
        return command.execute(arguments);
    }

    private List<JsonNode> dump(final String... filters) {
        final String[] arguments = Stream.concat(
                        Stream.of("journal", "dump", "--data", data.toString()), Stream.of(filters))
                .toArray(String[]::new);
        assertThat(run(arguments)).isEqualTo(ExitCode.OK);
        return out.toString().lines().map(JSON::readTree).toList();
    }

    @Test
    void dumpPrintsEveryFieldByItsNameAndHidesBodies() {
        final List<JsonNode> records = dump();
        assertThat(records).hasSize(4);
        final JsonNode accepted = records.get(0);
        assertThat(accepted.path("sequence").asLong()).isEqualTo(1);
        assertThat(accepted.path("time").asString()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(accepted.path("type").asString()).isEqualTo("UnitAccepted");
        assertThat(accepted.path("unit").asString()).isEqualTo("77");
        assertThat(accepted.path("referenceHi").asString()).isEqualTo("00000000000000ab");
        assertThat(accepted.path("tenant").asLong()).isEqualTo(3);
        assertThat(accepted.path("to").asString()).isEqualTo("447700900123");
        assertThat(accepted.path("fromHex").asString()).isEqualTo("ff");
        assertThat(accepted.has("body")).isFalse();
        assertThat(accepted.path("bodyBytes").asLong()).isEqualTo(26);
        assertThat(out.toString()).doesNotContain("1234");
        assertThat(records.get(3)
                        .path("subscriptions")
                        .get(1)
                        .path("acknowledged")
                        .asLong())
                .isEqualTo(7);
    }

    @Test
    void bodiesArePrintedWhenAskedFor() {
        assertThat(dump("--bodies").get(0).path("body").asString()).isEqualTo("Grüße, 1234 is your code");
    }

    @Test
    void aBodyWhoseTimeIsOverIsShownAsRedacted() throws IOException {
        final Path file = JournalFiles.shardDirectory(data, 0).resolve(PeriodKeys.FILE_NAME);
        final PeriodKeys.Settings settings = new PeriodKeys.Settings(true, 1_000, 5_000);
        try (JournalStore journal = ShortJournal.open(data);
                PeriodKeys keys = PeriodKeys.open(file, MasterKeys.NONE, settings, 0)) {
            final byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
            final PeriodCipher cipher = keys.cipher();
            cipher.apply(1, PeriodCipher.Use.ACCEPTED, 79, new UnsafeBuffer(body), 0, body.length);
            accepted(journal, 79, 5, 1, body);
        }
        assertThat(dump("--unit", "79", "--bodies").get(0).path("body").asString())
                .isEqualTo("hello");
        try (PeriodKeys keys = PeriodKeys.open(file, MasterKeys.NONE, settings, 6_000)) {
            assertThat(keys.keep(6_000, Long.MAX_VALUE)).isEqualTo(1);
        }
        final JsonNode record = dump("--unit", "79", "--bodies").get(0);
        assertThat(record.path("bodyRedacted").asBoolean()).isTrue();
        assertThat(record.path("bodyBytes").asInt()).isEqualTo(5);
        assertThat(record.has("body")).isFalse();
        assertThat(record.path("tenant").asInt()).isEqualTo(5);
    }

    @Test
    void aBodyUnderAMasterKeyIsShownAsEncrypted() {
        final Path file = JournalFiles.shardDirectory(data, 0).resolve(PeriodKeys.FILE_NAME);
        final MasterKeys masters = new MasterKeys(Map.of(1, new byte[MasterKeys.LENGTH]));
        PeriodKeys.open(file, masters, new PeriodKeys.Settings(true, 1_000, 5_000), 0)
                .close();
        try (JournalStore journal = ShortJournal.open(data)) {
            accepted(journal, 79, 5, 1, new byte[5]);
        }
        assertThat(dump("--unit", "79", "--bodies").get(0).path("bodyEncrypted").asBoolean())
                .isTrue();
    }

    @Test
    void dumpChoosesByUnitTenantTypeAndTime() {
        assertThat(dump("--unit", "77")).hasSize(2);
        assertThat(dump("--tenant", "4")).hasSize(1);
        assertThat(dump("--type", "unitaccepted")).hasSize(2);
        assertThat(dump("--type", "UnitAccepted", "--tenant", "3")).hasSize(1);
        assertThat(dump("--from", "2026-11-21T12:00:30Z")).hasSize(2);
        assertThat(dump("--to", "2026-11-21T12:00:30Z")).hasSize(2);
        assertThat(run("journal", "dump", "--data", data.toString(), "--from", "noon"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void dumpKnowsATenantByItsName() {
        try (JournalStore journal = ShortJournal.open(data)) {
            named(journal, 5, "acme");
            accepted(journal, 79, 5, "from acme");
        }
        assertThat(dump("--tenant", "acme", "--type", "UnitAccepted"))
                .singleElement()
                .satisfies(record -> assertThat(record.path("unit").asString()).isEqualTo("79"));
        assertThat(run("journal", "dump", "--data", data.toString(), "--tenant", "nobody"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString().strip()).isEqualTo("shard-0: no tenant is named nobody");
    }

    /** What was before the name is removed after some days, the numbers stay. */
    @Test
    void dumpKnowsTheNameOfATenantThatTheJournalNamesLater() {
        try (JournalStore journal = ShortJournal.open(data)) {
            accepted(journal, 79, 5, "from acme");
            final long begin = checkpoint(journal, "acme");
            journal.checkpointCompleted(begin);
        }
        assertThat(dump("--tenant", "acme", "--type", "UnitAccepted")).hasSize(1);
    }

    private static long checkpoint(final JournalStore journal, final String tenant) {
        journal.begin(CheckpointBeginEncoder.TEMPLATE_ID, 0, CheckpointBeginEncoder.BLOCK_LENGTH);
        final long begin = journal.commit(CheckpointBeginEncoder.BLOCK_LENGTH);
        named(journal, 5, tenant);
        final int offset = journal.begin(CheckpointEndEncoder.TEMPLATE_ID, 0, CheckpointEndEncoder.BLOCK_LENGTH);
        new CheckpointEndEncoder().wrap(journal.buffer(), offset).beginSequence(begin);
        journal.commit(CheckpointEndEncoder.BLOCK_LENGTH);
        journal.publish();
        return begin;
    }

    @Test
    void dumpKnowsItsTypes() {
        assertThat(run("journal", "dump", "--data", data.toString(), "--type", "UnitAcepted"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).contains("`UnitAcepted` is no type of record", "UnitAccepted", "UnitClosed");
        assertThat(dump("--type", "Template9999")).isEmpty();
    }

    @Test
    void dumpDoesNotEndWellWhereItsOutputIsCutShort() {
        final CommandLine command = Trunkline.commandLine();
        command.setOut(new PrintWriter(new Writer() {
            @Override
            public void write(final char[] text, final int from, final int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        }));
        command.setErr(new PrintWriter(out));
        assertThat(command.execute("journal", "dump", "--data", data.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).contains("standard output does not take all");
    }

    /** The process whose number the lock has is there: ours. */
    @Test
    void verifySeesADamagedMarkBesideADaemon() throws IOException {
        Files.write(JournalFiles.shardDirectory(data, 0).resolve("journal.mark"), new byte[4096]);
        assertThat(run("journal", "verify", "--data", data.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("sidecar journal.mark").contains("sidecar: nothing is lost by it");
    }

    @Test
    void verifySaysWhatIsWrongAndWhere() throws IOException {
        assertThat(run("journal", "verify", "--data", data.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("shard-0: records 1..4, 4 whole");
        final Path file = cycleFileWith("another");
        final int place = placeIn(file, "another");
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            random.seek(place);
            random.write('X');
        }
        assertThat(run("journal", "verify", "--data", data.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString())
                .contains("record run-000001/" + file.getFileName())
                .contains("records 2..2");
        assertThat(run("journal", "verify", "--json", "--data", data.toString()))
                .isEqualTo(ExitCode.REFUSED);
        final JsonNode shard = JSON.readTree(out.toString()).path("shards").get(0);
        assertThat(shard.path("damaged").get(0).path("remedy").asString()).contains("from a copy");
        assertThat(run("journal", "stats", "--data", data.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("records 2..2");
        assertThat(shard.path("recordsLost").asLong()).isEqualTo(1);
        assertThat(shard.path("damaged").get(0).path("offset").asLong()).isBetween(place - 400L, (long) place);
    }

    /** The hours between the start and the first record may have begun another file. */
    private Path cycleFileWith(final String text) throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.walk(data)) {
            files = all.filter(path -> path.toString().endsWith(".cq4")).toList();
        }
        for (final Path file : files) {
            if (placeIn(file, text) >= 0) {
                return file;
            }
        }
        throw new AssertionError(text + " is in none of " + files);
    }

    private static int placeIn(final Path file, final String text) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).indexOf(text);
    }

    @Test
    void statsCountsByTypeAndListsTheFiles() {
        assertThat(run("journal", "stats", "--data", data.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("UnitAccepted", "CursorSnapshot", "run-000001/", "clean");
        assertThat(run("journal", "stats", "--json", "--data", data.toString())).isEqualTo(ExitCode.OK);
        final JsonNode types =
                JSON.readTree(out.toString()).path("shards").get(0).path("types");
        assertThat(types.get(0).path("records").asLong()).isEqualTo(2);
    }

    @Test
    void aDirectoryWithoutAJournalIsWrongUsage() {
        assertThat(run("journal", "verify", "--data", data.resolve("nowhere").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).contains("has no journal");
    }
}
