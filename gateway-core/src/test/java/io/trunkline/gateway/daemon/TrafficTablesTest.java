package io.trunkline.gateway.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.load.BulkNumbers;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.SampleConfig;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.routing.networks.MccMnc;
import io.trunkline.routing.numbers.NumberContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficTablesTest {
    private static final int ACME = 4;
    private static final int NEWSLETTER = 9;
    private static final Map<String, Integer> TENANTS = Map.of("acme", ACME, "newsletter", NEWSLETTER);

    @TempDir
    Path directory;

    private SampleConfig config;
    private Blocks blocks;
    private TrafficTables tables;

    @BeforeEach
    void start() throws IOException {
        config = new SampleConfig(Files.createDirectory(directory.resolve("conf")));
        blocks = new Blocks(directory, Clock.systemUTC());
        tables = new TrafficTables(blocks);
    }

    private void publish() throws IOException {
        final GatewayConfig loaded = new ConfigLoader(SampleConfig.ENVIRONMENT::get)
                .load(config.directory())
                .config()
                .orElseThrow();
        tables.publish(tables.prepare(loaded, TENANTS));
        blocks.configure(Blocks.lines(loaded.traffic().blocks()), TENANTS);
    }

    private static UnsafeBuffer text(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private ErrorCode check(final int tenant, final String from, final String to) {
        return tables.check(tenant, System.currentTimeMillis(), text(from), 0, from.length(), text(to), 0, to.length());
    }

    private int network(final String number) {
        return tables.network(text(number), 0, number.length());
    }

    private int owner(final String number) {
        return tables.owner(text(number), 0, number.length());
    }

    private void build(final NumberContent content, final String name, final String csv) throws IOException {
        Files.writeString(directory.resolve("in.csv"), csv);
        assertThat(new BulkNumbers(directory.resolve("in.csv"), content, 10)
                        .build(directory.resolve(name))
                        .problems())
                .isEmpty();
    }

    @Test
    void beforeAnythingIsConfiguredAllMayPass() {
        assertThat(check(ACME, "1", "8821312345")).isEqualTo(ErrorCode.NONE);
        assertThat(network("447700900123")).isEqualTo(MccMnc.UNKNOWN);
        assertThat(owner("447700900123")).isZero();
    }

    @Test
    void barsWhatIsBlockedAndWhereATenantMayNotSend() throws IOException {
        publish();
        assertThat(check(NEWSLETTER, "NEWS", "8821312345")).isEqualTo(ErrorCode.BLOCKED);
        assertThat(check(NEWSLETTER, "WINNER24", "4915112345")).isEqualTo(ErrorCode.BLOCKED);
        assertThat(check(ACME, "WINNER24", "4915112345")).isEqualTo(ErrorCode.NONE);
        assertThat(check(ACME, "ACME", "8811312345")).isEqualTo(ErrorCode.DESTINATION_NOT_PERMITTED);
        assertThat(check(NEWSLETTER, "WINNER24", "447700900999")).as("safe").isEqualTo(ErrorCode.NONE);
    }

    @Test
    void aListOfAllowedCountriesDeniesTheRest() throws IOException {
        config.replace(
                "tenants.yaml",
                "allow: [\"*\"]\n      deny: [\"881\", \"882\", \"883\"]",
                "allow: [\"44\"]\n      deny: [\"4487\"]");
        publish();
        assertThat(check(ACME, "ACME", "447700900123")).isEqualTo(ErrorCode.NONE);
        assertThat(check(ACME, "ACME", "448700900123")).isEqualTo(ErrorCode.DESTINATION_NOT_PERMITTED);
        assertThat(check(ACME, "ACME", "34600000000")).isEqualTo(ErrorCode.DESTINATION_NOT_PERMITTED);
        assertThat(check(NEWSLETTER, "NEWS", "34600000000")).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void aPortedNumberIsOfItsNewNetwork() throws IOException {
        build(NumberContent.NETWORKS, "ported", "447700900123,234-30\n");
        config.replace("routing.yaml", "  maxDigits: 15\n", "  maxDigits: 15\n  ported: ../ported\n");
        publish();
        assertThat(network("447700900123")).isEqualTo(MccMnc.of("234-30"));
        assertThat(network("447700900124")).isEqualTo(MccMnc.of("234-15"));
    }

    @Test
    void ownersAreSwappedWhenTheirFileIsBuiltAnew() throws IOException {
        build(NumberContent.OWNERS, "owners", "447700900123,acme\n447700900124,newsletter\n447700900125,gone\n");
        config.replace("routing.yaml", "  maxDigits: 15\n", "  maxDigits: 15\n  file: ../owners\n");
        publish();
        assertThat(owner("447700900123")).isEqualTo(ACME);
        assertThat(owner("447700900124")).isEqualTo(NEWSLETTER);
        assertThat(owner("447700900125")).isZero();

        build(NumberContent.OWNERS, "owners", "447700900124,acme\n447700900123,newsletter\n447700900126,acme\n");
        assertThat(owner("447700900124")).as("until it is applied").isEqualTo(NEWSLETTER);
        publish();
        assertThat(owner("447700900124")).isEqualTo(ACME);
        assertThat(owner("447700900123")).isEqualTo(NEWSLETTER);
    }

    @Test
    void aDamagedFileIsRefusedAndTheOneInUseStays() throws IOException {
        build(NumberContent.OWNERS, "owners", "447700900123,acme\n");
        config.replace("routing.yaml", "  maxDigits: 15\n", "  maxDigits: 15\n  file: ../owners\n");
        publish();
        build(NumberContent.OWNERS, "fresh", "447700900124,acme\n447700900123,newsletter\n");
        final byte[] octets = Files.readAllBytes(directory.resolve("fresh"));
        // Behind the head: between its parts there may be gaps that nobody reads.
        for (int i = 96; i < octets.length; i++) {
            octets[i] ^= 1;
        }
        Files.write(directory.resolve("fresh"), octets);
        config.replace("routing.yaml", "../owners", "../fresh");

        assertThatThrownBy(this::publish).isInstanceOf(IOException.class).hasMessageContaining("damaged");
        assertThat(owner("447700900123")).isEqualTo(ACME);
    }

    @Test
    void explainsItselfWithTheRowsThatDecide() throws IOException {
        publish();
        assertThat(tables.explain(Optional.of("newsletter"), "NEWS", "8821312345"))
                .contains("network unknown")
                .anyMatch(sentence -> sentence.contains("blocked by 88213 (blocks.csv:3)"));
        assertThat(tables.explain(Optional.of("acme"), "ACME", "447773123456"))
                .contains("network 234-10, by range", "not blocked");
    }
}
