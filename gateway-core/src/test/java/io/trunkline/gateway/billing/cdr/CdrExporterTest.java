package io.trunkline.gateway.billing.cdr;

import static io.trunkline.gateway.billing.BilledTraffic.ACME;
import static io.trunkline.gateway.billing.BilledTraffic.ALPHA;
import static io.trunkline.gateway.billing.BilledTraffic.BETA;
import static io.trunkline.gateway.billing.BilledTraffic.NEWS;
import static io.trunkline.gateway.billing.BilledTraffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.gateway.billing.BilledDirectory;
import io.trunkline.gateway.billing.BilledTraffic;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.BillingSettings.Format;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.gateway.journal.JournalTail;
import io.trunkline.gateway.journal.SourceTail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CdrExporterTest {
    private static final String UK = "447700900123";
    private static final Duration PERIOD = Duration.ofMinutes(15);

    @TempDir
    private Path home;

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final BilledTraffic traffic = new BilledTraffic(journal);
    private BillingConfig billing;
    private Path out;

    @BeforeEach
    void start() throws IOException {
        journal.start();
        traffic.named();
        billing = BilledDirectory.write(home.resolve("rates"));
        out = home.resolve("cdr");
    }

    private CdrExporter.Settings settings(final Path directory, final Format format, final long maxRecords) {
        return new CdrExporter.Settings(directory, "shard-0", format, PERIOD.toMillis(), maxRecords, billing);
    }

    private JournalTail tail() {
        return SourceTail.of(journal);
    }

    private CdrExporter open(final Path directory) throws IOException {
        return CdrExporter.open(settings(directory, Format.CSV, 1_000_000), tail());
    }

    private void export(final Path directory, final Format format, final long maxRecords) throws IOException {
        try (CdrExporter exporter = CdrExporter.open(settings(directory, format, maxRecords), tail())) {
            pollAll(exporter);
        }
    }

    private static void pollAll(final CdrExporter exporter) throws IOException {
        while (exporter.poll() > 0) {
            // Batch by batch.
        }
    }

    /** Traffic of two hours: messages that end in another period than they began in, and every outcome. */
    private void hours() {
        final List<Long> open = new ArrayList<>();
        for (int minute = 0; minute < 120; minute += 3) {
            traffic.at(NOON.plusSeconds(minute * 60L));
            traffic.delivered(ACME, ALPHA, UK, 1 + minute % 3);
            open.add(traffic.accept(NEWS, "News, \"daily\"", "34600000000", 1));
            if (open.size() > 7) {
                final long unit = open.remove(0);
                traffic.write(unit, BETA, 0, 0).lost(unit, BETA, 0, 0);
                traffic.close(unit, NEWS, BETA, UnitState.UNKNOWN, ErrorCode.IN_DOUBT_FAILED.number(), 1, 0);
            }
            traffic.received(ACME, ALPHA, UK, "34911000000", 1);
            traffic.call(ACME, ALPHA, 1, UK, minute % 2 == 0 ? 10 : 11, minute % 2 == 0 ? minute * 1_000 : -1);
        }
        traffic.at(NOON.plus(Duration.ofHours(3))).named();
    }

    private static SortedMap<String, String> files(final Path directory) throws IOException {
        final SortedMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (final Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private static SortedMap<String, String> finished(final Path directory) throws IOException {
        final SortedMap<String, String> files = files(directory);
        files.keySet().removeIf(name -> name.endsWith(".tmp"));
        return files;
    }

    private static List<String> rows(final SortedMap<String, String> files) {
        final List<String> rows = new ArrayList<>();
        files.forEach((name, content) -> {
            if (name.endsWith(".csv")) {
                content.lines().skip(1).forEach(rows::add);
            }
        });
        return rows;
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void twoExportsFromScratchAreTheSameOctetByOctet(final Format format) throws IOException {
        hours();
        export(home.resolve("a"), format, 1_000_000);
        export(home.resolve("b"), format, 1_000_000);
        assertThat(files(home.resolve("a"))).isEqualTo(files(home.resolve("b")));
        assertThat(files(home.resolve("a"))).hasSizeGreaterThan(12);
    }

    @Test
    void everyMessageThatEndedIsInOneFileAndNoneInTwo() throws IOException {
        hours();
        export(out, Format.CSV, 1_000_000);
        final List<String> rows = rows(files(out));
        assertThat(rows).hasSize(40 + 33 + 40 + 40).doesNotHaveDuplicates();
        assertThat(new CdrFiles(out).verify()).singleElement().satisfies(report -> {
            assertThat(report.problems()).isEmpty();
            assertThat(report.records()).isEqualTo(rows.size());
        });
    }

    @Test
    void followingAsTheJournalGrowsGivesTheFilesOfReadingItAtOnce() throws IOException {
        try (CdrExporter exporter = open(out)) {
            for (int minute = 0; minute < 60; minute++) {
                traffic.at(NOON.plusSeconds(minute * 60L)).delivered(ACME, ALPHA, UK, 1);
                pollAll(exporter);
            }
            assertThat(exporter.sequence()).isEqualTo(3);
        }
        final Path again = home.resolve("again");
        export(again, Format.CSV, 1_000_000);
        assertThat(finished(out)).isEqualTo(finished(again));
    }

    @Test
    void aFileThatIsFullEndsBehindTheMessageThatFillsIt() throws IOException {
        for (int i = 0; i < 25; i++) {
            traffic.delivered(ACME, ALPHA, UK, 1);
        }
        export(out, Format.CSV, 10);
        assertThat(CdrExporter.manifests(out, "shard-0"))
                .extracting(CdrManifest::records)
                .containsExactly(10L, 10L);
    }

    @Test
    void killedBetweenAnyTwoStepsItMakesTheSameFilesInTheEnd() throws IOException {
        hours();
        export(home.resolve("whole"), Format.CSV, 30);
        final SortedMap<String, String> expected = finished(home.resolve("whole"));
        int deaths = 0;
        for (long steps = 0; ; steps++) {
            final Path directory = home.resolve("killed-" + steps);
            boolean died = false;
            final MortalStorage storage = new MortalStorage(steps, false);
            try (CdrExporter exporter = CdrExporter.open(settings(directory, Format.CSV, 30), storage, tail())) {
                pollAll(exporter);
            } catch (final MortalStorage.Death e) {
                died = true;
                deaths++;
            }
            export(directory, Format.CSV, 30);
            assertThat(finished(directory)).as("killed after %d steps", steps).isEqualTo(expected);
            if (!died) {
                break;
            }
        }
        assertThat(deaths).isGreaterThan(50);
    }

    @Test
    void killedAgainAndAgainItGetsThere() throws IOException {
        hours();
        export(home.resolve("whole"), Format.CSV, 30);
        boolean done = false;
        for (int lives = 0; !done; lives++) {
            assertThat(lives).isLessThan(200);
            // Long enough a life to finish a file, and then some.
            try (CdrExporter exporter =
                    CdrExporter.open(settings(out, Format.CSV, 30), new MortalStorage(12 + lives % 5, false), tail())) {
                pollAll(exporter);
                done = true;
            } catch (final MortalStorage.Death e) {
                done = false;
            }
        }
        assertThat(finished(out)).isEqualTo(finished(home.resolve("whole")));
    }

    @Test
    void aDiskThatIsFullIsToldAndNothingIsLostWhenItHasRoomAgain() throws IOException {
        hours();
        export(home.resolve("whole"), Format.CSV, 30);
        for (long steps = 0; steps < 40; steps += 3) {
            final Path directory = home.resolve("full-" + steps);
            try (CdrExporter exporter =
                    CdrExporter.open(settings(directory, Format.CSV, 30), new MortalStorage(steps, true), tail())) {
                assertThatThrownBy(() -> pollAll(exporter))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("No space left");
            }
            export(directory, Format.CSV, 30);
            assertThat(finished(directory)).as("full after %d steps", steps).isEqualTo(finished(home.resolve("whole")));
        }
    }

    @Test
    void filesAndManifestsMayBeTakenAway() throws IOException {
        traffic.delivered(ACME, ALPHA, UK, 1);
        final long open = traffic.accept(ACME, "ACME", UK, 1);
        traffic.at(NOON.plus(PERIOD)).named();
        export(out, Format.CSV, 1_000_000);
        for (final Path file : List.of(
                out.resolve("cdr-shard-0-000000001.csv"), out.resolve("cdr-shard-0-000000001.csv.manifest.json"))) {
            Files.delete(file);
        }
        traffic.write(open, ALPHA, 0, 0).taken(open, ALPHA, 0, 0);
        traffic.close(open, ACME, ALPHA, UnitState.DELIVERED, 0, 1, 1);
        traffic.at(NOON.plus(PERIOD.multipliedBy(2))).named();
        export(out, Format.CSV, 1_000_000);
        assertThat(finished(out))
                .containsOnlyKeys("cdr-shard-0-000000002.csv", "cdr-shard-0-000000002.csv.manifest.json");
        assertThat(rows(finished(out)))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .contains("," + open + ",mt,acme,")
                        .contains(",alpha,")
                        .endsWith(","));
    }

    @Test
    void withoutItsCursorItGoesOnBehindTheLastManifest() throws IOException {
        hours();
        export(home.resolve("whole"), Format.CSV, 30);
        try (CdrExporter exporter = CdrExporter.open(settings(out, Format.CSV, 30), tail())) {
            exporter.poll();
        }
        Files.deleteIfExists(CdrCursor.path(out, "shard-0"));
        export(out, Format.CSV, 30);
        assertThat(finished(out)).isEqualTo(finished(home.resolve("whole")));
    }

    @Test
    void aJournalWhoseOldestFilesAreGoneIsWrittenWithAllNamesFromTheFirstRecordOn() throws IOException {
        final InMemoryJournal beheaded = new InMemoryJournal(Durability.PROCESS);
        beheaded.start();
        BilledTraffic.beheaded(beheaded, 1).at(NOON.plus(PERIOD)).named();
        try (CdrExporter exporter = CdrExporter.open(settings(out, Format.CSV, 1_000_000), SourceTail.of(beheaded))) {
            pollAll(exporter);
        }
        assertThat(rows(finished(out)))
                .singleElement()
                .asString()
                .contains(",acme,", ",alpha,", "0.035000")
                .doesNotContain("?1");
    }

    @Test
    void aCursorThatSaysNothingIsDamagedAndNothingIsWrittenTwiceForIt() throws IOException {
        hours();
        export(out, Format.CSV, 30);
        final Path cursor = CdrCursor.path(out, "shard-0");
        final byte[] whole = Files.readAllBytes(cursor);
        for (final Path collected :
                files(out).keySet().stream().map(out::resolve).toList()) {
            Files.delete(collected);
        }
        for (final String damaged : List.of("", "{}", "{\"sequence\": 7", "null", "[]", "{\"sequence\": \"7\"}")) {
            Files.writeString(cursor, damaged);
            assertThatThrownBy(() -> open(out))
                    .as(damaged)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is damaged");
        }
        Files.write(cursor, whole);
        export(out, Format.CSV, 30);
        assertThat(finished(out)).isEmpty();
    }

    @Test
    void aJournalThatWasBegunAnewIsNotTakenForTheOneThatWasExported() throws IOException {
        hours();
        export(out, Format.CSV, 30);
        final SortedMap<String, String> before = finished(out);
        final InMemoryJournal another = new InMemoryJournal(Durability.PROCESS);
        another.start();
        final BilledTraffic others = new BilledTraffic(another).named();
        assertThat(before).isNotEmpty();
        for (int days = 1; another.committed() < 2 * journal.committed(); days++) {
            // Before it has as many records as were exported, and after.
            assertThatThrownBy(() -> CdrExporter.open(settings(out, Format.CSV, 30), SourceTail.of(another)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another journal");
            others.at(NOON.plus(Duration.ofDays(days)));
            for (int i = 0; i < 50; i++) {
                others.delivered(ACME, ALPHA, UK, 1);
            }
        }
        assertThat(finished(out)).isEqualTo(before);
        export(out, Format.CSV, 30);
        assertThat(finished(out)).isEqualTo(before);
    }

    @Test
    void aQuietPeriodMakesNoFile() throws IOException {
        traffic.delivered(ACME, ALPHA, UK, 1);
        for (int quarter = 1; quarter < 8; quarter++) {
            traffic.at(NOON.plus(PERIOD.multipliedBy(quarter))).named();
        }
        traffic.delivered(ACME, ALPHA, UK, 1);
        traffic.at(NOON.plus(PERIOD.multipliedBy(9))).named();
        export(out, Format.CSV, 1_000_000);
        final List<CdrManifest> manifests = CdrExporter.manifests(out, "shard-0");
        assertThat(manifests).extracting(CdrManifest::records).containsExactly(1L, 1L);
        assertThat(manifests.get(1).firstRecord()).isEqualTo(manifests.get(0).lastRecord() + 1);
    }

    @Test
    void recordsThatAreDamagedAreNamedInTheManifest() throws IOException {
        traffic.delivered(ACME, ALPHA, UK, 1);
        journal.damage(6);
        traffic.at(NOON.plus(PERIOD)).named();
        export(out, Format.CSV, 1_000_000);
        assertThat(CdrExporter.manifests(out, "shard-0").get(0).gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.first()).isEqualTo(6).isEqualTo(gap.last()));
        assertThat(new CdrFiles(out).verify().get(0).problems())
                .singleElement()
                .asString()
                .contains("no records 6..6");
    }

    @Test
    void verifyFindsAFileThatIsMissingAndOneThatWasChanged() throws IOException {
        hours();
        export(out, Format.CSV, 1_000_000);
        Files.delete(out.resolve("cdr-shard-0-000000002.csv"));
        Files.delete(out.resolve("cdr-shard-0-000000004.csv"));
        Files.delete(out.resolve("cdr-shard-0-000000004.csv.manifest.json"));
        final Path changed = out.resolve("cdr-shard-0-000000006.csv");
        Files.writeString(changed, Files.readString(changed).replace("acme", "acmf"));
        Files.writeString(out.resolve("cdr-shard-0-000000001.csv.manifest.json"), "{\"format\": ");
        assertThat(new CdrFiles(out).verify().get(0).problems())
                .hasSize(4)
                .anyMatch(problem -> problem.contains("000000001.csv.manifest.json is damaged"))
                .anyMatch(problem -> problem.contains("000000002.csv: the file is gone"))
                .anyMatch(problem -> problem.contains("files are missing: 4..4"))
                .anyMatch(problem -> problem.contains("000000006.csv: the file is not the one"));
    }

    @Test
    void totalsAreTheSumsOfTheColumns() throws IOException {
        hours();
        export(out, Format.CSV, 1_000_000);
        for (final CdrManifest manifest : CdrExporter.manifests(out, "shard-0")) {
            final List<String> lines = Files.readAllLines(out.resolve(manifest.file()));
            final List<String> header = List.of(lines.get(0).split(",", -1));
            java.math.BigDecimal price = java.math.BigDecimal.ZERO;
            java.math.BigDecimal cost = java.math.BigDecimal.ZERO;
            for (final String line : lines.subList(1, lines.size())) {
                // The only value with commas stands before these, in quotes.
                final String[] cells =
                        line.replaceAll("\"[^\"]*(\"\"[^\"]*)*\"", "q").split(",", -1);
                price = price.add(decimal(cells[header.indexOf("price")]));
                cost = cost.add(decimal(cells[header.indexOf("cost")]));
            }
            assertThat(manifest.totals())
                    .singleElement()
                    .satisfies(sum -> assertThat(sum.currency()).isEqualTo("EUR"));
            assertThat(decimal(manifest.totals().get(0).price())).isEqualByComparingTo(price);
            assertThat(decimal(manifest.totals().get(0).cost())).isEqualByComparingTo(cost);
        }
    }

    private static java.math.BigDecimal decimal(final String text) {
        return text.isEmpty() ? java.math.BigDecimal.ZERO : new java.math.BigDecimal(text);
    }
}
