package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_NAME;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_ROW;
import static io.trunkline.gateway.config.ConfigProblem.Code.FILE_MISSING;
import static io.trunkline.gateway.config.ConfigProblem.Code.OUT_OF_RANGE;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.ConfigProblem.Code;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.config.Traffic;
import io.trunkline.gateway.config.TrafficLimit;
import io.trunkline.gateway.config.TrafficLimit.Dimension;
import io.trunkline.routing.networks.Networks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of limits, networks and blocks: what they say, and each mistake at its place. » is where the caret must be. */
class TrafficFilesTest {
    record Mistake(Code code, String file, String what, String by, String says) {
        @Override
        public String toString() {
            return file + " " + says;
        }
    }

    @TempDir
    Path directory;

    private SampleConfig config;

    @BeforeEach
    void copy() {
        config = new SampleConfig(directory);
    }

    @Test
    void theReferenceFilesMeanWhatTheySay() {
        final GatewayConfig loaded = config.load().config().orElseThrow();
        final Traffic traffic = loaded.traffic();

        final TrafficLimit brand = traffic.limits().get(2);
        assertThat(brand.name()).isEqualTo("tmobile-brand");
        assertThat(brand.per()).containsExactly(Dimension.NETWORK, Dimension.BRAND);
        assertThat(brand.zone()).isEqualTo(ZoneId.of("America/Los_Angeles"));
        assertThat(brand.every()).isEqualTo(TrafficLimit.Every.DAY);
        assertThat(traffic.limits().get(0).zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(traffic.limits().get(3).whenFull()).isEqualTo(TrafficLimit.WhenFull.ADMIT);
        assertThat(traffic.amounts())
                .contains(new Traffic.Amount("tmobile-brand", "", "", "310-260", "", "NEWSLETTER", 200_000, 4));
        assertThat(traffic.campaigns().orElseThrow()).contains(new Traffic.Campaign("CNEWS1", "NEWSLETTER", 3));
        final Networks networks = Networks.of(traffic.networks());
        assertThat(networks.explain("447773123456")).hasToString("network 234-10, by range");
        assertThat(networks.explain("447774123456")).hasToString("network 234-15, by range");
        assertThat(networks.explain("498912345")).hasToString("network unknown");
        assertThat(traffic.blocks()).hasSize(3);
        assertThat(traffic.blocks().get(1).safe()).isTrue();
        assertThat(traffic.blocks().get(2).sender()).isTrue();
        assertThat(traffic.blocks().get(2).expiresAtMs())
                .isEqualTo(Instant.parse("2030-01-01T00:00:00Z").toEpochMilli());
        assertThat(loaded.tenant("acme").orElseThrow().destinations())
                .isEqualTo(new Tenant.Destinations(List.of("*"), List.of("881", "882", "883")));
        assertThat(loaded.tenant("newsletter").orElseThrow().destinations()).isEqualTo(Tenant.Destinations.ALL);
    }

    @Test
    void eachFileMayBeAbsent() throws Exception {
        for (final String name : TrafficFiles.NAMES) {
            Files.delete(directory.resolve(name));
        }
        final Traffic traffic = config.load().config().orElseThrow().traffic();
        assertThat(traffic.limits()).isEmpty();
        assertThat(traffic.campaigns()).isEmpty();
        assertThat(traffic.networks().size()).isZero();
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(UNKNOWN_KEY, "limits.yaml", "    burst: 20", "    »brust: 20", "did you mean `burst`?"),
                new Mistake(BAD_VALUE, "limits.yaml", "every: second", "every: »secnd", "did you mean `second`?"),
                new Mistake(BAD_VALUE, "limits.yaml", "[network, brand]", "[network, »brnad]", "`brand`?"),
                new Mistake(OUT_OF_RANGE, "limits.yaml", "segments: 10\n", "segments: »0\n", "1..1000000000"),
                new Mistake(
                        BAD_VALUE,
                        "limits.yaml",
                        "zone: America/Los_Angeles",
                        "zone: »America/Los_Angels",
                        "Angeles`?"),
                new Mistake(
                        BAD_VALUE,
                        "limits.yaml",
                        "    zone: America/Los_Angeles\n",
                        "    zone: UTC\n    burst: »5\n",
                        "a day has no burst"),
                new Mistake(UNKNOWN_REFERENCE, "limits.yaml", "[newsletter]", "[»newsleter]", "`newsletter`?"),
                new Mistake(BAD_VALUE, "limits.yaml", "\"311-480\"", "»\"000-480\"", "not the code of a network"),
                new Mistake(DUPLICATE_NAME, "limits.yaml", "verizon-number", "»long-code", "line 8"),
                new Mistake(UNKNOWN_REFERENCE, "limits.csv", "att-campaign,", "»at-campaign,", "`att-campaign`?"),
                new Mistake(BAD_VALUE, "limits.csv", ",CNEWS1,,", ",CNEWS1,»ACME,", "does not count by brand"),
                new Mistake(
                        BAD_VALUE,
                        "limits.csv",
                        "tmobile-brand,310-260,,NEWSLETTER",
                        "»tmobile-brand,310-260,,",
                        "counts by brand"),
                new Mistake(OUT_OF_RANGE, "limits.csv", ",4500", ",»4.5", "not an amount"),
                new Mistake(DUPLICATE_ROW, "campaigns.csv", "CACME1,", "»CNEWS1,", "line 3"),
                new Mistake(BAD_VALUE, "networks.csv", "1202555,,310-410", "1202555,,»31-410", "MCC-MNC"),
                new Mistake(BAD_VALUE, "networks.csv", "34600,34609", "34600,»3460", "end of a range"),
                new Mistake(
                        DUPLICATE_ROW,
                        "networks.csv",
                        "34600,34609,214-01\n",
                        "34600,34609,214-01\n»34605,34611,214-03\n",
                        "line 5"),
                new Mistake(BAD_VALUE, "blocks.csv", "88213,block", "88213,»blok", "`block`?"),
                new Mistake(BAD_VALUE, "blocks.csv", "88213,", "»8821E,", "is not a prefix"),
                new Mistake(UNKNOWN_REFERENCE, "blocks.csv", "newsletter,sender", "»newsleter,sender", "`newsletter`?"),
                new Mistake(BAD_VALUE, "blocks.csv", "2030-01-01T00:00:00Z", "»2030-01-01", "is not a time"),
                new Mistake(BAD_VALUE, "tenants.yaml", "deny: [\"881\"", "deny: [»\"88x\"", "1 to 15 digits"),
                new Mistake(
                        BAD_VALUE,
                        "tenants.yaml",
                        "allow: [\"*\"]\n      deny: [\"881\"",
                        "allow: [\"*\", \"881\"]\n      deny: [»\"881\"",
                        "allowed and denied"),
                new Mistake(
                        FILE_MISSING,
                        "routing.yaml",
                        "  maxDigits: 15\n",
                        "  maxDigits: 15\n  file: »nowhere\n",
                        "nowhere"),
                new Mistake(
                        BAD_VALUE,
                        "routing.yaml",
                        "  maxDigits: 15\n",
                        "  maxDigits: 15\n  ported: »routes.csv\n",
                        "the number file cannot be used"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsFoundAtItsPlaceAndNoneIsInvented(final Mistake mistake) {
        final String place = config.plant(mistake.file(), mistake.what(), mistake.by());

        final LoadResult result = config.load();

        assertThat(result.config()).isEmpty();
        assertThat(result.problems()).as(result.report()).hasSize(1);
        final ConfigProblem problem = result.problems().get(0);
        assertThat(problem.toString()).startsWith(place + ": " + mistake.code() + ": ");
        assertThat(problem.message() + " " + problem.remedy()).contains(mistake.says());
    }

    @Test
    void everyMistakeOfAFileIsFoundAtOnce() {
        config.write(
                "networks.csv", "from,to,network\n44,,234-15\n44,,234-10\n4x,,234-15\n34,36,214-01\n35,37,208-01\n");
        assertThat(config.load().problems())
                .extracting(ConfigProblem::line)
                .as(config.load().report())
                .containsExactly(3, 4, 6);
    }
}
