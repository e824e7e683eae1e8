package io.trunkline.gateway.billing.cli;

import static io.trunkline.gateway.billing.BilledTraffic.ACME;
import static io.trunkline.gateway.billing.BilledTraffic.ALPHA;
import static io.trunkline.gateway.billing.BilledTraffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.billing.BilledDirectory;
import io.trunkline.gateway.billing.BilledTraffic;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.cli.Trunkline;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.ShortJournal;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands against a journal that is being written, as they are typed. */
final class BillingCommandsTest {
    private static final String UK = "447700900123";

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private Path data;
    private Path rates;
    private JournalStore journal;
    private BilledTraffic traffic;

    @BeforeEach
    void start() throws IOException {
        data = home.resolve("data");
        rates = home.resolve("conf");
        BilledDirectory.write(rates);
        journal = ShortJournal.open(data);
        traffic = new BilledTraffic(journal).named();
    }

    @AfterEach
    void stop() {
        journal.close();
    }

    private int run(final String... arguments) {
        final String[] all = Stream.concat(
                        Stream.of(arguments),
                        arguments[1].equals("verify")
                                ? Stream.empty()
                                : Stream.of("--data", data.toString(), "--conf", rates.toString()))
                .toArray(String[]::new);
        final CommandLine command = Trunkline.commandLine();
        out.getBuffer().setLength(0);
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(out));
        return command.execute(all);
    }

    @Test
    void exportWritesASpanOfTime() throws IOException {
        traffic.delivered(ACME, ALPHA, UK, 2);
        traffic.at(NOON.plusSeconds(60)).delivered(ACME, ALPHA, UK, 1);
        final Path file = home.resolve("out.csv");
        assertThat(run("cdr", "export", "--out", file.toString(), "--to", "2026-11-21T12:01:00Z"))
                .as(out.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(out.toString())
                .contains("1 records, 2 segments", "EUR: price 0.070000, cost 0.042000, fee 0.005000");
        assertThat(run("cdr", "export", "--out", file.toString(), "--format", "jsonl", "--json"))
                .isEqualTo(ExitCode.OK);
        final JsonNode shard = JsonMapper.builder()
                .build()
                .readTree(out.toString())
                .path("shards")
                .get(0);
        assertThat(shard.path("records").asLong()).isEqualTo(2);
        assertThat(shard.path("sha256").asString()).hasSize(64);
        assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.startsWith("{\"specversion\""));
    }

    @Test
    void followVerifyAndResendGoTogether() throws IOException {
        final Path cdr = home.resolve("cdr");
        for (int quarter = 0; quarter < 3; quarter++) {
            traffic.at(NOON.plus(Duration.ofMinutes(15L * quarter))).delivered(ACME, ALPHA, UK, 1);
        }
        assertThat(run("cdr", "follow", "--out", cdr.toString(), "--once"))
                .as(out.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("files to 2");
        assertThat(run("cdr", "verify", "--dir", cdr.toString()))
                .as(out.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("shard-0: 2 files, 1..2, 2 records, 0 problems");
        final Path file = Files.writeString(home.resolve("a-file"), "x");
        assertThat(run("cdr", "follow", "--out", file.toString(), "--once")).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString())
                .contains("cannot be written to " + file, "Not a directory", "goes on behind that")
                .doesNotContain("Exception");
        Files.delete(cdr.resolve("cdr-shard-0-000000002.csv"));
        assertThat(run("cdr", "verify", "--dir", cdr.toString())).isEqualTo(ExitCode.REFUSED);
        final Path again = home.resolve("again");
        assertThat(run("cdr", "resend", "2", "--dir", cdr.toString(), "--into", again.toString()))
                .as(out.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("1 records, the same as the first time");
        BilledDirectory.write(rates, BilledDirectory.RATES.replace("0.035", "0.036"), "");
        assertThat(run("cdr", "resend", "2", "--dir", cdr.toString(), "--into", again.toString()))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("the rates have changed since");
        assertThat(run("cdr", "resend", "9", "--dir", cdr.toString(), "--into", again.toString()))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aFileIsMadeAgainInTheFormThatItHad() throws IOException {
        traffic.delivered(ACME, ALPHA, UK, 1);
        traffic.at(NOON.plus(Duration.ofMinutes(15))).delivered(ACME, ALPHA, UK, 1);
        final Path cdr = home.resolve("cdr");
        final Path again = home.resolve("again");
        for (final String format : List.of("jsonl", "parquet")) {
            final Path directory = cdr.resolve(format);
            assertThat(run("cdr", "follow", "--out", directory.toString(), "--once", "--format", format))
                    .as(out.toString())
                    .isEqualTo(ExitCode.OK);
            Files.writeString(directory.resolve("cdr-notes.manifest.json"), "of somebody else");
            assertThat(run("cdr", "resend", "1", "--dir", directory.toString(), "--into", again.toString()))
                    .as(out.toString())
                    .isEqualTo(ExitCode.OK);
            assertThat(again.resolve("cdr-shard-0-000000001." + format))
                    .hasSameBinaryContentAs(directory.resolve("cdr-shard-0-000000001." + format));
            assertThat(run("cdr", "verify", "--dir", directory.toString())).isEqualTo(ExitCode.OK);
        }
    }

    @Test
    void ratesThatAreWrongAreListedAndNothingIsWritten() throws IOException {
        Files.writeString(
                rates.resolve("rates.csv"), BilledDirectory.HEADER + "price,*,,44,,,EUR,cheap,2026-01-01,,v\n");
        final Path file = home.resolve("out.csv");
        assertThat(run("cdr", "export", "--out", file.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(out.toString()).contains("rates.csv:2:19", "is no amount");
        assertThat(file).doesNotExist();
    }

    @Test
    void reconcileListsWhatDoesNotAgree() throws IOException {
        final long unit = traffic.delivered(ACME, ALPHA, UK, 1);
        final Path invoice =
                Files.writeString(home.resolve("alpha.csv"), "MsgId,amount\nm" + unit + "-0-0,0.0235\nother,0.0235\n");
        assertThat(run(
                        "reconcile",
                        "--carrier",
                        "alpha",
                        "--invoice",
                        invoice.toString(),
                        "--column",
                        "MsgId=message_id"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString())
                .contains("not-in-journal", "other", "2 lines, 1 matched, 1 disagreements")
                .contains("invoiced 0.047000, expected 0.023500");
        assertThat(run("reconcile", "--carrier", "alfa", "--invoice", invoice.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).contains("`MsgId` is not known");
        assertThat(run(
                        "reconcile",
                        "--carrier",
                        "alfa",
                        "--invoice",
                        invoice.toString(),
                        "--column",
                        "MsgId=message_id"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).contains("no carrier called `alfa`", "alpha, beta");
    }

    @Test
    void usageIsSummedUpByDayTenantAndService() throws IOException {
        BilledDirectory.write(rates, BilledDirectory.RATES, "zone: Asia/Tokyo\n");
        traffic.delivered(ACME, ALPHA, UK, 2);
        traffic.received(ACME, ALPHA, UK, "34911000000", 1);
        // In Tokyo it is the 22nd.
        traffic.at(NOON.plus(Duration.ofHours(3))).delivered(ACME, ALPHA, UK, 1);
        assertThat(run("usage", "--json")).as(out.toString()).isEqualTo(ExitCode.OK);
        final JsonNode usage =
                JsonMapper.builder().build().readTree(out.toString()).path("usage");
        assertThat(usage.size()).isEqualTo(3);
        assertThat(usage.get(1).path("day").asString()).isEqualTo("2026-11-21");
        assertThat(usage.get(1).path("service").asString()).isEqualTo("mt");
        assertThat(usage.get(1).path("segments").asLong()).isEqualTo(2);
        assertThat(usage.get(1).path("price").asString()).isEqualTo("0.070000");
        assertThat(usage.get(2).path("day").asString()).isEqualTo("2026-11-22");
        assertThat(run("usage", "--tenant", "news")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).doesNotContain("acme");
    }

    @Test
    void aTenantWhoseNameComesLaterInTheJournalHasItsOwnPricesFromTheFirstRecordOn() throws Exception {
        final Path beheaded = home.resolve("beheaded");
        try (JournalStore late = ShortJournal.open(beheaded)) {
            BilledTraffic.beheaded(late, 1).delivered(ACME, ALPHA, UK, 1);
        }
        data = beheaded;
        assertThat(run("usage", "--json")).as(out.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("acme", "0.070000").doesNotContain("?1");
        final Path file = home.resolve("out.csv");
        assertThat(run("cdr", "export", "--out", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(Files.readAllLines(file).get(1)).contains("acme", "alpha", "0.035000");
        final Path other = home.resolve("other");
        BilledDirectory.write(other);
        final StringWriter said = new StringWriter();
        new RateReplay(JournalFiles.in(data), rates, other)
                .run(new PrintWriter(said), new PrintWriter(said), false, Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(said.toString()).contains("0.070000 EUR").doesNotContain("?1");
    }

    @Test
    void daysOfAComparisonOfRatesAreThoseOfTheZone() throws IOException {
        // In Tokyo it is the 22nd from 15:00 on.
        traffic.at(NOON.plus(Duration.ofHours(4))).delivered(ACME, ALPHA, UK, 1);
        for (final String zone : List.of("Asia/Tokyo", "UTC")) {
            BilledDirectory.write(rates, BilledDirectory.RATES, "zone: " + zone + "\n");
            assertThat(run("replay", "--rates", rates.toString(), "--from", "2026-11-22", "--json"))
                    .as(out.toString())
                    .isEqualTo(ExitCode.OK);
            assertThat(JsonMapper.builder()
                            .build()
                            .readTree(out.toString())
                            .path("units")
                            .asLong())
                    .as(zone)
                    .isEqualTo(zone.equals("UTC") ? 0 : 1);
        }
    }

    @Test
    void otherRatesAreComparedWithThoseInForce() throws IOException {
        for (int i = 0; i < 50; i++) {
            traffic.delivered(ACME, ALPHA, UK, 1);
        }
        final Path other = home.resolve("other");
        BilledDirectory.write(other, BilledDirectory.RATES.replace("0.035", "0.034"), "");
        final StringWriter said = new StringWriter();
        final RateReplay replay = new RateReplay(JournalFiles.in(data), rates, other);
        assertThat(replay.run(new PrintWriter(said), new PrintWriter(said), false, Long.MIN_VALUE, Long.MAX_VALUE))
                .isEqualTo(ExitCode.OK);
        assertThat(said.toString())
                .contains("acme", "alpha", "44")
                .contains("1.750000 EUR", "1.700000 EUR", "-0.050000", "1.175000 EUR")
                .contains("50 units in");
    }
}
