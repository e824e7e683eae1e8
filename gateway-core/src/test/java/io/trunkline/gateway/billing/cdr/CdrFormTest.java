package io.trunkline.gateway.billing.cdr;

import static io.trunkline.gateway.billing.BilledTraffic.ACME;
import static io.trunkline.gateway.billing.BilledTraffic.ALPHA;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.trunkline.gateway.billing.BilledDirectory;
import io.trunkline.gateway.billing.BilledTraffic;
import io.trunkline.gateway.billing.Rater;
import io.trunkline.gateway.billing.UnitFold;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.BillingSettings.Format;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.gateway.journal.NamesByNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class CdrFormTest {
    private static final String UK = "447700900123";

    @TempDir
    private Path directory;

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final BilledTraffic traffic = new BilledTraffic(journal);
    private BillingConfig billing;

    @BeforeEach
    void start() throws IOException {
        journal.start();
        traffic.named();
        billing = BilledDirectory.write(directory);
    }

    private String written(final Format format) {
        final CdrForm.TextForm form = (CdrForm.TextForm) CdrForm.of(format, "shard-0");
        final CdrText text = new CdrText();
        form.header(text);
        final NamesByNumber names = new NamesByNumber();
        final CdrRecord record = new CdrRecord(names, new Rater(billing, names));
        journal.recover(false, new UnitFold(names, facts -> form.record(record.of(facts), text)));
        return text.toString();
    }

    private NamedCsvRecord row() throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(written(Format.CSV))) {
            return reader.stream().findFirst().orElseThrow();
        }
    }

    private JsonNode event() {
        return JsonMapper.builder().build().readTree(written(Format.JSONL));
    }

    @Test
    void aRecordHasAllItsColumns() throws IOException {
        final long unit = traffic.delivered(ACME, ALPHA, UK, 2);
        final NamedCsvRecord row = row();
        assertThat(row.getFields()).hasSize(CdrColumn.ALL.length);
        assertThat(row.getFieldsAsMap())
                .containsEntry("unit", Long.toString(unit))
                .containsEntry("service", "mt")
                .containsEntry("tenant", "acme")
                .containsEntry("accepted_at", "2026-11-21T12:00:00.000Z")
                .containsEntry("outcome", "delivered")
                .containsEntry("sender", "ACME")
                .containsEntry("sender_class", "alphanumeric")
                .containsEntry("destination", UK)
                .containsEntry("network", "")
                .containsEntry("class", "transactional")
                .containsEntry("segments", "2")
                .containsEntry("segments_taken", "2")
                .containsEntry("carrier", "alpha")
                .containsEntry("currency", "EUR")
                .containsEntry("price", "0.070000")
                .containsEntry("price_rate", "0.035000")
                .containsEntry("price_version", "acme-2")
                .containsEntry("price_from", "2026-01-01T00:00:00Z")
                .containsEntry("cost", "0.042000")
                .containsEntry("cost_version", "alpha-11")
                .containsEntry("fee", "0.005000")
                .containsEntry("fee_segments", "2")
                .containsEntry("other_carriers", "")
                .containsEntry("missing", "");
    }

    @Test
    void aCloudEventSaysTheSame() {
        final long unit = traffic.delivered(ACME, ALPHA, UK, 2);
        final JsonNode event = event();
        assertThat(event.path("specversion").asString()).isEqualTo("1.0");
        assertThat(event.path("type").asString()).isEqualTo("io.trunkline.cdr.message.v1");
        assertThat(event.path("source").asString()).isEqualTo("urn:trunkline:shard-0");
        assertThat(event.path("id").asString())
                .isEqualTo(event.path("data").path("record").asString());
        assertThat(event.path("subject").asString()).isEqualTo(Long.toString(unit));
        assertThat(event.path("data").path("segments").isIntegralNumber()).isTrue();
        assertThat(event.path("data").path("price").isString()).isTrue();
        assertThat(event.path("data").path("price").asString()).isEqualTo("0.070000");
        assertThat(event.path("data").has("network")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {"=1+1|%3D1+1", "@cmd|%40cmd", "-3|%2D3", "a,b\"c|a,b\"c", "50% off|50%25 off", "a\\b|a\\b"})
    void whatATenantWroteNeitherBreaksAFileNorIsAFormula(final String sender, final String expected)
            throws IOException {
        final long unit = traffic.accept(ACME, sender, UK, 1, "\r\n" + sender);
        traffic.close(unit, ACME, ALPHA, UnitState.FAILED, 3013, 1, 0);
        assertThat(row().getField("sender")).isEqualTo(expected);
        assertThat(row().getField("campaign")).startsWith("%0D%0A");
        assertThat(event().path("data").path("sender").asString()).isEqualTo(expected);
        assertThat(written(Format.JSONL).lines()).hasSize(1);
        assertThat(written(Format.CSV).lines()).hasSize(2);
    }

    @Test
    void whatHasNoRateHasNoAmountAndSaysSo() throws IOException {
        billing = BilledDirectory.write(directory, BilledDirectory.HEADER, "");
        traffic.delivered(ACME, ALPHA, UK, 1);
        assertThat(row().getFieldsAsMap())
                .containsEntry("price", "")
                .containsEntry("cost", "")
                .containsEntry("price_segments", "1")
                .containsEntry("missing", "price cost");
    }

    @Test
    void aUnitWhoseBeginningIsGoneSaysSo() throws IOException {
        traffic.close(77, ACME, ALPHA, UnitState.DELIVERED, 0, 2, 2);
        assertThat(row().getFieldsAsMap())
                .containsEntry("missing", "beginning")
                .containsEntry("segments_taken", "2")
                .containsEntry("price", "0.070000");
    }

    @Test
    void copiesAtOtherCarriersAreNamed() throws IOException {
        final long unit = traffic.accept(ACME, "ACME", UK, 1);
        traffic.write(unit, BilledTraffic.BETA, 0, 0).taken(unit, BilledTraffic.BETA, 0, 0);
        traffic.write(unit, ALPHA, 0, 1).taken(unit, ALPHA, 0, 1);
        traffic.close(unit, ACME, ALPHA, UnitState.DELIVERED, 0, 1, 1);
        assertThat(row().getField("other_carriers")).isEqualTo("beta:1:0.030000:0.000000:EUR");
        assertThat(row().getField("cost")).isEqualTo("0.021000");
    }

    @Test
    void aCallSaysItsTrunkAndWhatSignaturesWereWorth() throws IOException {
        traffic.trunk(ALPHA, "alpha/one").call(ACME, ALPHA, 1, UK, 10, 60_000);
        assertThat(row().getFieldsAsMap())
                .containsEntry("trunk", "alpha/one")
                .containsEntry("signed_as", "B")
                .containsEntry("verdict", "")
                .containsEntry("attested", "");
    }

    @Test
    void aCallFromTheNetworkSaysWhatItsSignatureIsWorth() throws IOException {
        traffic.call(ACME, ALPHA, 2, UK, 10, 60_000);
        assertThat(row().getFieldsAsMap())
                .containsEntry("signed_as", "")
                .containsEntry("verdict", "stale")
                .containsEntry("attested", "A");
    }

    @Test
    void columnsOnlyGrow() {
        // Whoever reads files by position relies on it: add behind the last, and here.
        assertThat(List.of(CdrColumn.ALL).stream().map(CdrColumn::word).toList())
                .startsWith(
                        "record",
                        "unit",
                        "service",
                        "tenant",
                        "reference",
                        "accepted_at",
                        "closed_at",
                        "outcome",
                        "error",
                        "raw_code",
                        "sender",
                        "sender_class",
                        "destination",
                        "network",
                        "class",
                        "origin",
                        "encoding",
                        "segments",
                        "segments_taken",
                        "segments_delivered",
                        "segments_in_doubt",
                        "carrier",
                        "taken_at",
                        "possible_duplicate",
                        "campaign",
                        "table_version",
                        "route_row",
                        "currency",
                        "price",
                        "price_segments",
                        "price_rate",
                        "price_version",
                        "price_from",
                        "cost_currency",
                        "cost",
                        "cost_segments",
                        "cost_rate",
                        "cost_version",
                        "cost_from",
                        "fee",
                        "fee_segments",
                        "fee_rate",
                        "fee_version",
                        "fee_from",
                        "other_carriers",
                        "missing",
                        "attempts",
                        "pdd_ms",
                        "setup_ms",
                        "talk_ms",
                        "end_reason",
                        "cause",
                        "last_seen_at",
                        "call_id",
                        "asserted",
                        "price_seconds",
                        "cost_seconds",
                        "fee_seconds",
                        "trunk",
                        "signed_as",
                        "verdict",
                        "attested");
    }
}
