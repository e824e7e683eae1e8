package io.trunkline.gateway.daemon;

import io.trunkline.gateway.admin.Rows.AlarmRow;
import io.trunkline.gateway.admin.Rows.ExportRow;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All that reads the journal behind the shard and writes it elsewhere. Any thread. */
final class Exporting implements AutoCloseable {
    private final CdrWriting cdr;
    private final KafkaWriting kafka;

    /** @param ciphers makes what a thread deciphers bodies with */
    Exporting(final GatewayConfig config, final JournalStore journal, final Supplier<PeriodCipher> ciphers) {
        cdr = new CdrWriting(config, journal);
        kafka = new KafkaWriting(config, journal, ciphers);
    }

    /** Goes by another configuration. */
    void apply(final GatewayConfig config) {
        cdr.apply(config);
        kafka.apply(config);
    }

    /** Oldest record of the journal that is still needed. */
    long oldestNeeded() {
        return Math.min(cdr.oldestNeeded(), kafka.oldestNeeded());
    }

    /** How exports that have a lag stand. */
    List<ExportRow> rows() {
        return kafka.row().stream().toList();
    }

    List<AlarmRow> alarms() {
        final List<AlarmRow> alarms = new ArrayList<>();
        if (!cdr.trouble().isEmpty()) {
            alarms.add(
                    new AlarmRow(
                            "critical",
                            0,
                            "cdr",
                            cdr.trouble(),
                            "make room there, or let this user write; it goes on by itself, and the journal keeps the records"));
        }
        kafka.alarm().ifPresent(alarms::add);
        return alarms;
    }

    @Override
    public void close() {
        kafka.close();
        cdr.close();
    }
}
