package io.trunkline.gateway.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.BlockDesk.Line;
import io.trunkline.gateway.config.Traffic;
import io.trunkline.routing.blocks.BlockEntry;
import io.trunkline.routing.blocks.BlockList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlocksTest {
    private static final Map<String, Integer> TENANTS = Map.of("acme", 1, "globex", 2);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path data;

    private Blocks blocks;

    @BeforeEach
    void start() {
        startAt(NOON);
    }

    private void startAt(final Instant now) {
        blocks = new Blocks(data, Clock.fixed(now, ZoneOffset.UTC));
        blocks.recover(TENANTS);
        blocks.configure(
                Blocks.lines(List.of(
                        new Traffic.Block("88213", false, Optional.empty(), false, Long.MAX_VALUE, "pumping", 2))),
                TENANTS);
    }

    private static Line line(final String prefix, final boolean safe, final Optional<String> tenant) {
        return new Line(prefix, safe, false, tenant, Long.MAX_VALUE, "said so, \"twice\"", "operator");
    }

    private boolean passes(final String tenant, final String to) {
        final UnsafeBuffer digits = new UnsafeBuffer(to.getBytes(StandardCharsets.US_ASCII));
        return blocks.current()
                        .check(
                                TENANTS.get(tenant),
                                BlockEntry.Traffic.MESSAGE,
                                NOON.toEpochMilli(),
                                digits,
                                0,
                                0,
                                digits,
                                0,
                                digits.capacity())
                == BlockList.PASSES;
    }

    @Test
    void whatAnOperatorAddsTakesEffectAtOnceAndOutlastsARestart() throws Exception {
        blocks.add(List.of(line("4477", false, Optional.of("acme")), line("447700900123", true, Optional.empty())));

        for (int run = 0; run < 2; run++) {
            assertThat(passes("acme", "447700900999")).isFalse();
            assertThat(passes("globex", "447700900999")).isTrue();
            assertThat(passes("acme", "447700900123")).as("safe wins").isTrue();
            assertThat(passes("globex", "8821300")).isFalse();
            assertThat(blocks.lines("4477"))
                    .hasSize(2)
                    .allMatch(line -> line.reason().equals("said so, \"twice\""));
            start();
        }
    }

    @Test
    void whatWasTakenAwayStaysAway() throws Exception {
        blocks.add(List.of(line("4477", false, Optional.empty())));
        blocks.remove(line("4477", false, Optional.empty()));

        assertThat(passes("acme", "447700900999")).isTrue();
        start();
        assertThat(passes("acme", "447700900999")).isTrue();
        assertThatThrownBy(() -> blocks.remove(line("4477", false, Optional.empty())))
                .isInstanceOf(AdminRefusal.class)
                .hasMessageContaining("no such line");
    }

    @Test
    void whatTheConfigurationBlocksIsTakenAwayThere() {
        assertThatThrownBy(() -> blocks.remove(line("88213", false, Optional.empty())))
                .isInstanceOf(AdminRefusal.class)
                .hasMessageContaining("blocks.csv:2");
        blocks.configure(List.of(), TENANTS);
        assertThat(passes("acme", "8821300")).isTrue();
    }

    @Test
    void aLineEndsWithItsTime() throws Exception {
        final Instant oneOClock = NOON.plus(Duration.ofHours(1));
        blocks.add(List.of(
                new Line("4477", false, false, Optional.empty(), oneOClock.toEpochMilli(), "for an hour", "operator")));
        assertThat(passes("acme", "447700900999")).isFalse();

        startAt(oneOClock);
        assertThat(blocks.lines("4477")).isEmpty();
    }

    @Test
    void aTenantThatIsUnknownIsRefusedAndNothingIsAdded() {
        final List<Line> lines = List.of(line("44", false, Optional.empty()), line("49", false, Optional.of("acem")));
        assertThatThrownBy(() -> blocks.add(lines))
                .isInstanceOf(AdminRefusal.class)
                .hasMessageContaining("acem");
        assertThat(passes("acme", "447700900999")).isTrue();
    }

    @Test
    void aHundredThousandLinesComeInOneFile() throws Exception {
        final Path file = data.resolve("bulk.csv");
        Files.writeString(
                file,
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "4478" + (1_000_000 + i))
                        .collect(Collectors.joining("\n", "prefix\n", "\n")));

        assertThat(blocks.load(file)).isEqualTo(100_000);

        assertThat(passes("acme", "44781099999")).isFalse();
        assertThat(passes("acme", "44781100000")).isTrue();
        start();
        assertThat(blocks.current().size()).isEqualTo(100_001);
    }

    @Test
    void aFileWithMistakesIsRefusedWhole() throws IOException {
        final Path file = data.resolve("bulk.csv");
        Files.writeString(file, "prefix,tenant,expires\n44,,\n4x,acme,\n45,acem,\n46,,tomorrow\n");

        assertThatThrownBy(() -> blocks.load(file))
                .isInstanceOf(AdminRefusal.class)
                .hasMessageContaining("3 mistakes")
                .hasMessageContaining("bulk.csv:3:1:")
                .hasMessageContaining("did you mean `acme`?")
                .hasMessageContaining("bulk.csv:5:5:");
        assertThat(passes("acme", "447700900999")).isTrue();
    }
}
