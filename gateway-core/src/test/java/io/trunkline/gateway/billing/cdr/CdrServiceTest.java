package io.trunkline.gateway.billing.cdr;

import static io.trunkline.gateway.billing.BilledTraffic.ACME;
import static io.trunkline.gateway.billing.BilledTraffic.ALPHA;
import static io.trunkline.gateway.billing.BilledTraffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.billing.BilledDirectory;
import io.trunkline.gateway.billing.BilledTraffic;
import io.trunkline.gateway.config.BillingSettings.Format;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.gateway.journal.JournalTail;
import io.trunkline.gateway.journal.SourceTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traffic is written while no service runs: the journal in memory is for one thread at a time. */
final class CdrServiceTest {
    private static final String UK = "447700900123";
    private static final Duration PERIOD = Duration.ofMinutes(15);
    private static final Duration RETRY = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final BilledTraffic traffic = new BilledTraffic(journal);
    private Path out;

    @BeforeEach
    void start() {
        journal.start();
        traffic.named();
        out = home.resolve("cdr");
    }

    private CdrExporter.Settings settings() throws IOException {
        return new CdrExporter.Settings(
                out, "shard-0", Format.CSV, PERIOD.toMillis(), 1_000_000, BilledDirectory.write(home.resolve("rates")));
    }

    private CdrService service(final Supplier<JournalTail> tails) throws IOException {
        return new CdrService(settings(), tails, RETRY);
    }

    @Test
    void theAlarmEndsWhenTheDirectoryCanBeWrittenToAlthoughNoFileEndsYet() throws IOException {
        traffic.delivered(ACME, ALPHA, UK, 1);
        Files.writeString(out, "this is no directory");
        try (CdrService service = service(() -> SourceTail.of(journal))) {
            await().atMost(PATIENCE).until(() -> service.status().trouble().contains("Not a directory"));
            Files.delete(out);
            await().atMost(PATIENCE).until(() -> service.status().trouble().isEmpty());
            assertThat(service.status().sequence()).isZero();
        }
    }

    @Test
    void whatNobodyThoughtOfIsToldAndTriedAgain() throws IOException {
        traffic.delivered(ACME, ALPHA, UK, 1);
        traffic.at(NOON.plus(PERIOD)).named();
        final AtomicInteger left = new AtomicInteger(20);
        final Supplier<JournalTail> tails = () -> {
            if (left.decrementAndGet() > 0) {
                throw new IllegalStateException("nobody thought of this");
            }
            return SourceTail.of(journal);
        };
        try (CdrService service = service(tails)) {
            await().atMost(PATIENCE).until(() -> service.status().trouble().contains("nobody thought of this"));
            await().atMost(PATIENCE).until(() -> service.status().sequence() == 1);
            assertThat(service.status().trouble()).isEmpty();
        }
    }

    @Test
    void twoExportersDoNotWriteToOneDirectory() throws IOException {
        traffic.delivered(ACME, ALPHA, UK, 1);
        traffic.at(NOON.plus(PERIOD)).named();
        try (CdrService second = second()) {
            await().atMost(PATIENCE).until(() -> second.status().sequence() == 1);
            assertThat(second.status().trouble()).isEmpty();
        }
        assertThat(new CdrFiles(out).verify())
                .singleElement()
                .satisfies(report -> assertThat(report.problems()).isEmpty());
    }

    /** One that began while another was there. */
    private CdrService second() throws IOException {
        try (CdrExporter first = CdrExporter.open(settings(), SourceTail.of(journal))) {
            final CdrService second = service(() -> SourceTail.of(journal));
            await().atMost(PATIENCE)
                    .until(() -> second.status()
                            .trouble()
                            .contains("is in use by process "
                                    + ProcessHandle.current().pid()));
            assertThat(first.sequence()).isZero();
            return second;
        }
    }
}
