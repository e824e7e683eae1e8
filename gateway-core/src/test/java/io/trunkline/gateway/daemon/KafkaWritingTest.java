package io.trunkline.gateway.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.billing.BilledTraffic;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.SampleConfig;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Beside brokers that are away: nobody listens on port 1. */
@Timeout(30)
final class KafkaWritingTest {
    @TempDir
    private Path directory;

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private SampleConfig sample;
    private String without;

    @BeforeEach
    void start() {
        journal.start();
        new BilledTraffic(journal).named();
        sample = new SampleConfig(directory);
        without = sample.text("gateway.yaml").replace("../data", "data");
    }

    private GatewayConfig config(final String exports) {
        sample.write("gateway.yaml", without + exports);
        return new ConfigLoader(SampleConfig.ENVIRONMENT::get)
                .load(directory)
                .config()
                .orElseThrow();
    }

    private GatewayConfig exporting() {
        return config("\nexports: {kafka: {bootstrap: [\"127.0.0.1:1\"], topic: events, holdJournal: 2d}}\n");
    }

    /** An export that ended some time ago behind the second record. */
    private void endedBefore(final Duration ago) throws IOException {
        final long timeMs = Instant.now().minus(ago).toEpochMilli();
        final Path cursor =
                Files.createDirectories(directory.resolve("data/export")).resolve("kafka-shard-0.json");
        Files.writeString(
                cursor,
                "{\"identity\":\"events=1\",\"lastRecord\":2,\"lastTimeNs\":" + TimeUnit.MILLISECONDS.toNanos(timeMs)
                        + ",\"resumeFrom\":3}");
    }

    @Test
    void withoutTheBlockNothingIsNeededAndNothingIsSaid() {
        try (KafkaWriting writing = new KafkaWriting(config(""), journal, () -> PeriodCipher.NONE)) {
            assertThat(writing.oldestNeeded()).isEqualTo(Long.MAX_VALUE);
            assertThat(writing.row()).isEmpty();
            assertThat(writing.alarm()).isEmpty();
        }
    }

    @Test
    void theJournalWaitsForAnExportThatIsBehind() throws IOException {
        endedBefore(Duration.ofDays(1));
        try (KafkaWriting writing = new KafkaWriting(exporting(), journal, () -> PeriodCipher.NONE)) {
            assertThat(writing.oldestNeeded()).isEqualTo(3);
            assertThat(writing.row()).hasValueSatisfying(row -> {
                assertThat(row.lag()).isEqualTo(journal.durable() - 2);
                assertThat(row.lagSeconds()).isGreaterThan(86_000);
            });
        }
    }

    @Test
    void butNotForOneThatIsTooFarBehind() throws IOException {
        endedBefore(Duration.ofDays(3));
        try (KafkaWriting writing = new KafkaWriting(exporting(), journal, () -> PeriodCipher.NONE)) {
            assertThat(writing.oldestNeeded()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void aBlockThatGoesAwayEndsTheExportAtOnce() {
        try (KafkaWriting writing = new KafkaWriting(exporting(), journal, () -> PeriodCipher.NONE)) {
            assertThat(writing.row()).isPresent();
            final long began = System.nanoTime();
            writing.apply(config(""));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            assertThat(writing.row()).isEmpty();
        }
    }
}
