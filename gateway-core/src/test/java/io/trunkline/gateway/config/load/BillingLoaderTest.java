package io.trunkline.gateway.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.BillingSettings.Segments;
import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.ConfigProblem.Code;
import io.trunkline.routing.rates.RateKind;
import io.trunkline.routing.rates.RateQuery;
import io.trunkline.routing.rates.RateRow;
import io.trunkline.routing.rates.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BillingLoaderTest {
    private static final String HEADER =
            "kind,for,service,prefix,network,sender,currency,rate,from,to,version,connect,free,steps\n";

    @TempDir
    private Path directory;

    private BillingLoader.Result load(final String settings, final String rates) throws IOException {
        if (!settings.isEmpty()) {
            Files.writeString(directory.resolve("billing.yaml"), settings);
        }
        if (!rates.isEmpty()) {
            Files.writeString(directory.resolve("rates.csv"), rates);
        }
        return BillingLoader.load(directory);
    }

    private ConfigProblem only(final String settings, final String rates) throws IOException {
        final BillingLoader.Result result = load(settings, rates);
        assertThat(result.config()).isEmpty();
        assertThat(result.problems()).as(result.report()).hasSize(1);
        return result.problems().get(0);
    }

    @Test
    void withoutFilesThereAreDefaultsAndNoRates() throws IOException {
        final BillingConfig config = load("", "").config().orElseThrow();
        assertThat(config.rates().size()).isZero();
        assertThat(config.settings().zone().getId()).isEqualTo("UTC");
        assertThat(config.settings().billable().delivered().price()).isEqualTo(Segments.ALL);
        assertThat(config.settings().billable().inDoubt().cost()).isEqualTo(Segments.WRITTEN);
        assertThat(config.settings().cdr()).isEmpty();
    }

    @Test
    void datesAreThoseOfTheZone() throws IOException {
        final BillingConfig config = load(
                        "zone: Europe/Madrid\n",
                        HEADER
                                + "price,*,,44,,,EUR,1,2026-07-01,2026-07-02T12:00,v,,,\n"
                                + "price,*,,44,,,EUR,2,2026-07-02T12:00:00+02:00,,v,,,\n")
                .config()
                .orElseThrow();
        final RateRow first = config.rates().row(0);
        assertThat(first.fromSecond())
                .isEqualTo(Instant.parse("2026-06-30T22:00:00Z").getEpochSecond());
        assertThat(first.toSecond())
                .isEqualTo(Instant.parse("2026-07-02T10:00:00Z").getEpochSecond());
        assertThat(config.rates().row(1).toSecond()).isEqualTo(RateRow.FOREVER);
    }

    @Test
    void callsHaveTheirTerms() throws IOException {
        final BillingConfig config = load("", HEADER + "cost,alpha,call,44,,,EUR,0.01,2026-01-01,,v,0.002,3,30/6\n")
                .config()
                .orElseThrow();
        final RateQuery query = new RateQuery();
        query.owner = config.rates().owner("alpha");
        query.number(447_700_900_123L);
        query.atSecond = Instant.parse("2026-11-21T12:00:00Z").getEpochSecond();
        final int row = config.rates().find(RateKind.COST, Service.CALL, query);
        assertThat(config.rates().terms(row).billedSeconds(34_000)).isEqualTo(36);
        assertThat(config.rates().terms(row).connectMicros()).isEqualTo(2_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prize,*,,44,,,EUR,1,2026-01-01,,v,,,|1|is not a kind of rate",
                "price,a b,,44,,,EUR,1,2026-01-01,,v,,,|7|is no name",
                "price,*,sms,44,,,EUR,1,2026-01-01,,v,,,|9|is not a service",
                "price,*,,04,,,EUR,1,2026-01-01,,v,,,|10|is no prefix",
                "price,*,,44,1,,EUR,1,2026-01-01,,v,,,|13|is no network",
                "price,*,,44,,nmber,EUR,1,2026-01-01,,v,,,|14|is no class of senders",
                "price,*,,44,,,eur,1,2026-01-01,,v,,,|15|is no currency",
                "price,*,,44,,,EUR,0.0000001,2026-01-01,,v,,,|19|is no amount",
                "price,*,,44,,,EUR,1,,,v,,,|21|has no beginning",
                "price,*,,44,,,EUR,1,tomorrow,,v,,,|21|is no time",
                "price,*,,44,,,EUR,1,2026-01-01,2026-01-01,v,,,|32|is not after",
                "price,*,,44,,,EUR,1,2026-01-01,,,,,|33|is no version",
                "price,*,,44,,,EUR,1,2026-01-01,,v,1,,|35|is for calls alone",
                "price,*,call,44,,,EUR,1,2026-01-01,,v,,,60|41|are no steps"
            })
    void everyMistakeHasItsPlace(final String row, final int column, final String message) throws IOException {
        final ConfigProblem problem = only("", HEADER + row + "\n");
        assertThat(problem.file()).isEqualTo("rates.csv");
        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.column()).as(problem.toString()).isEqualTo(column);
        assertThat(problem.message()).contains(message);
        assertThat(problem.remedy()).isNotBlank();
    }

    @Test
    void rowsThatContradictEachOtherAreNamedByTheirLines() throws IOException {
        final BillingLoader.Result result = load(
                "",
                HEADER
                        + "price,*,,44,,,EUR,1,2026-01-01,2026-06-01,v,,,\n"
                        + "price,*,,44,,,EUR,1,2026-05-01,2026-07-01,v,,,\n"
                        + "price,*,,44,,,EUR,1,2026-07-02,,v,,,\n"
                        + "price,acme,,44,,,USD,1,2026-01-01,,v,,,\n");
        assertThat(result.problems())
                .extracting(ConfigProblem::line, ConfigProblem::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3, Code.DUPLICATE_ROW),
                        org.assertj.core.groups.Tuple.tuple(4, Code.BAD_VALUE),
                        org.assertj.core.groups.Tuple.tuple(5, Code.BAD_VALUE));
        assertThat(result.problems().get(0).message()).contains("line 2");
        assertThat(result.report()).contains("rates.csv:3:1");
    }

    @Test
    void sendersAndErrorsOfSettingsAreChecked() throws IOException {
        assertThat(only("senders: [{name: number, prefixes: ['1']}]\n", "").code())
                .isEqualTo(Code.DUPLICATE_NAME);
        assertThat(only("exceptions: [{error: NO_SUCH, price: none}]\n", "").code())
                .isEqualTo(Code.BAD_VALUE);
        assertThat(only("billable: {delivered: {price: most, cost: taken, fee: taken}}\n", "")
                        .line())
                .isEqualTo(1);
        assertThat(only("roundings: {}\n", "").code()).isEqualTo(Code.UNKNOWN_KEY);
    }

    @Test
    void aMappingInPlaceOfAWordIsReported() throws IOException {
        assertThat(only("billable: {delivered: {price: {taken: 1}, cost: taken, fee: taken}}\n", "")
                        .code())
                .isEqualTo(Code.WRONG_TYPE);
    }

    @Test
    void theHashIsThatOfTheContent() throws IOException {
        final String before = load("zone: UTC\n", HEADER).config().orElseThrow().hash();
        assertThat(load("# nothing\nzone: UTC\n", HEADER).config().orElseThrow().hash())
                .isEqualTo(before);
        assertThat(load("zone: UTC\n", HEADER + "price,*,,44,,,EUR,1,2026-01-01,,v,,,\n")
                        .config()
                        .orElseThrow()
                        .hash())
                .isNotEqualTo(before);
    }
}
