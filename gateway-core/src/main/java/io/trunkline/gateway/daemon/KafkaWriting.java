package io.trunkline.gateway.daemon;

import io.trunkline.gateway.admin.Rows.AlarmRow;
import io.trunkline.gateway.admin.Rows.ExportRow;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.Exports;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.export.ExportService;
import io.trunkline.gateway.export.kafka.KafkaTarget;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.SourceTail;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Events in a Kafka, where the configuration in force asks for them. Without that no class of Kafka's is loaded. Any thread. */
final class KafkaWriting implements AutoCloseable {
    private static final String SHARD = "shard-0";
    private static final String NAME = "kafka";
    /** Records read at once: most that is in memory. */
    private static final int RECORDS = 4_000;

    private final JournalStore journal;
    private final Supplier<PeriodCipher> ciphers;
    private Wish wish = new Wish(Optional.empty(), "");
    private volatile Running running;

    /** What an export is to be started again for where it changes. */
    private record Wish(Optional<Exports.Kafka> kafka, String billing) {}

    private record Running(Exports.Kafka kafka, ExportService service) {}

    KafkaWriting(final GatewayConfig config, final JournalStore journal, final Supplier<PeriodCipher> ciphers) {
        this.ciphers = ciphers;
        this.journal = journal;
        apply(config);
    }

    /** Goes by another configuration. What is there stays; call detail records that are not go by the new rates. */
    synchronized void apply(final GatewayConfig config) {
        final Optional<Exports.Kafka> kafka = config.gateway().exports().kafka();
        final boolean rated = kafka.flatMap(Exports.Kafka::cdrTopic).isPresent();
        final Optional<BillingConfig> billing = rated ? config.billing() : Optional.empty();
        final Wish next = new Wish(kafka, billing.map(BillingConfig::hash).orElse(""));
        if (next.equals(wish)) {
            return;
        }
        end();
        wish = next;
        // Until the next one says what it needs, what the last one needed is kept.
        running = kafka.map(wanted -> new Running(wanted, start(config, wanted, billing)))
                .orElse(null);
    }

    private void end() {
        final Running now = running;
        if (now != null) {
            now.service.close();
        }
    }

    private ExportService start(
            final GatewayConfig config, final Exports.Kafka kafka, final Optional<BillingConfig> billing) {
        final ExportService.Settings settings = new ExportService.Settings(
                SHARD,
                config.gateway().data().resolve("export").resolve(NAME + "-" + SHARD + ".json"),
                kafka.topic().isPresent() ? kafka.what() : List.of(),
                kafka.bodies(),
                billing,
                ciphers);
        return new ExportService(
                "trunkline-kafka",
                settings,
                new KafkaTarget(kafka, config.gateway().name(), SHARD),
                () -> SourceTail.of(journal, RECORDS));
    }

    /** Oldest record that is still to be read; none is needed where nothing is written, or where it is too far behind. */
    long oldestNeeded() {
        final Running now = running;
        if (now == null) {
            return Long.MAX_VALUE;
        }
        final ExportService.Status status = now.service.status();
        return behindMs(status) > now.kafka.holdJournal().toMillis() ? Long.MAX_VALUE : status.oldestNeeded();
    }

    private static long behindMs(final ExportService.Status status) {
        return System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(status.timeNs());
    }

    Optional<ExportRow> row() {
        return Optional.ofNullable(running).map(now -> {
            final ExportService.Status status = now.service.status();
            final long lag = Math.max(0, journal.status().durable() - status.position());
            return new ExportRow(
                    NAME,
                    status.trouble().isEmpty() ? "up" : "stands still",
                    status.position(),
                    lag,
                    lag == 0 ? 0 : Math.max(0, behindMs(status)) / 1e3,
                    status.events(),
                    status.errors(),
                    status.lost(),
                    status.trouble());
        });
    }

    Optional<AlarmRow> alarm() {
        return Optional.ofNullable(running).flatMap(now -> {
            final ExportService.Status status = now.service.status();
            if (!status.trouble().isEmpty()) {
                return Optional.of(new AlarmRow("warning", 0, NAME, status.trouble(), status.remedy()));
            }
            return status.lost() == 0
                    ? Optional.empty()
                    : Optional.of(new AlarmRow(
                            "critical",
                            0,
                            NAME,
                            status.lost() + " records were gone or damaged before they could be written",
                            "raise exports.kafka.holdJournal or journal.retention.keep; the topic has events"
                                    + " journal.gap where they are missing"));
        });
    }

    @Override
    public synchronized void close() {
        end();
        running = null;
    }
}
