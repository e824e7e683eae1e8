package io.trunkline.routing.networks;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.routing.PackedNumber;
import io.trunkline.routing.numbers.LiveNumbers;
import io.trunkline.routing.numbers.NumberContent;
import io.trunkline.routing.numbers.NumberFile;
import io.trunkline.routing.numbers.NumberFileBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksTest {
    private static final int RED = MccMnc.of("234-10");
    private static final int BLUE = MccMnc.of("234-15");

    @TempDir
    Path directory;

    private static int network(final Networks networks, final String number) {
        return networks.network(new UnsafeBuffer(number.getBytes(StandardCharsets.US_ASCII)), 0, number.length());
    }

    @Test
    void aPortedNumberIsWhereItWentAndTheOthersWhereTheirRangeIs() throws IOException {
        final Path path = directory.resolve("ported");
        try (NumberFileBuilder builder =
                new NumberFileBuilder(path, NumberContent.NETWORKS, (number, kept, dropped) -> {})) {
            builder.add(PackedNumber.of("447700900123"), BLUE);
            builder.build();
        }
        final LiveNumbers ported =
                new LiveNumbers(NumberFile.open(path, NumberContent.NETWORKS), NumberContent.NETWORKS);
        final Networks networks = Networks.of(
                NumberRanges.builder().add("44770", "44779", RED, "a:1").build(), ported);

        assertThat(network(networks, "447700900123")).isEqualTo(BLUE);
        assertThat(network(networks, "447700900124")).isEqualTo(RED);
        assertThat(network(networks, "4915112345678")).isEqualTo(MccMnc.UNKNOWN);
        assertThat(network(networks, "ACME")).isEqualTo(MccMnc.UNKNOWN);
        assertThat(networks.explain("447700900123")).hasToString("network 234-15, ported");
        assertThat(networks.explain("447700900124")).hasToString("network 234-10, by range");
        assertThat(networks.explain("4915112345678")).hasToString("network unknown");

        ported.put(PackedNumber.of("447700900124"), BLUE);
        ported.remove(PackedNumber.of("447700900123"));
        assertThat(network(networks, "447700900123")).isEqualTo(RED);
        assertThat(network(networks, "447700900124")).isEqualTo(BLUE);
    }

    @Test
    void knowsTenMillionPortedNumbersEachByItself() throws IOException {
        final int count = 10_000_000;
        final long first = 447_700_000_000L;
        final Path path = directory.resolve("ported");
        try (NumberFileBuilder builder =
                new NumberFileBuilder(path, NumberContent.NETWORKS, (number, kept, dropped) -> {})) {
            for (int i = 0; i < count; i++) {
                // Every other number, so that those between are not there.
                builder.add(PackedNumber.of(Long.toString(first + 2L * i)), i % 3 == 0 ? RED : BLUE);
            }
            assertThat(builder.build()).isEqualTo(count);
        }
        final Networks networks = Networks.of(
                NumberRanges.EMPTY,
                new LiveNumbers(NumberFile.open(path, NumberContent.NETWORKS), NumberContent.NETWORKS));

        for (int i = 0; i < count; i += 97) {
            assertThat(network(networks, Long.toString(first + 2L * i))).isEqualTo(i % 3 == 0 ? RED : BLUE);
            assertThat(network(networks, Long.toString(first + 2L * i + 1))).isEqualTo(MccMnc.UNKNOWN);
        }
    }

    @Test
    void withoutTablesEveryNetworkIsUnknown() {
        assertThat(network(Networks.EMPTY, "447700900123")).isEqualTo(MccMnc.UNKNOWN);
        assertThat(Networks.EMPTY.explain("447700900123").source()).isEqualTo(Networks.Source.UNKNOWN);
    }
}
