package io.trunkline.gateway.daemon;

import io.trunkline.gateway.billing.cdr.CdrExporter;
import io.trunkline.gateway.billing.cdr.CdrService;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.BillingSettings;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.SourceTail;
import java.nio.file.Path;
import java.util.Optional;

/** Call detail records as files, where the configuration in force asks for them. Any thread. */
final class CdrWriting implements AutoCloseable {
    private static final String SHARD = "shard-0";
    private static final String DIRECTORY = "cdr";

    private final JournalStore journal;
    private String hash = "";
    private volatile CdrService service;

    CdrWriting(final GatewayConfig config, final JournalStore journal) {
        this.journal = journal;
        apply(config);
    }

    /** Goes by another configuration. What is finished stays; what is not is made again by the new rates. */
    synchronized void apply(final GatewayConfig config) {
        final String newHash = config.billing().map(BillingConfig::hash).orElse("");
        if (newHash.equals(hash)) {
            return;
        }
        end();
        hash = newHash;
        final Optional<BillingSettings.Cdr> wanted =
                config.billing().flatMap(billing -> billing.settings().cdr());
        // Until the next one says what it needs, what the last one needed is kept.
        service = wanted.map(cdr -> start(config, cdr)).orElse(null);
    }

    private void end() {
        final CdrService running = service;
        if (running != null) {
            running.close();
        }
    }

    private CdrService start(final GatewayConfig config, final BillingSettings.Cdr cdr) {
        final Path directory = cdr.directory().orElse(config.gateway().data().resolve(DIRECTORY));
        final CdrExporter.Settings settings = new CdrExporter.Settings(
                directory,
                SHARD,
                cdr.format(),
                cdr.period().toMillis(),
                cdr.maxRecords(),
                config.billing().orElseThrow());
        return new CdrService(settings, () -> SourceTail.of(journal), cdr.retry());
    }

    /** Oldest record that is not in a finished file, or that one of these needs; none is needed where nothing is written. */
    long oldestNeeded() {
        final CdrService running = service;
        return running == null ? Long.MAX_VALUE : running.status().oldestNeeded();
    }

    /** Why nothing can be written; empty where it can, or is not wanted. */
    String trouble() {
        final CdrService running = service;
        return running == null ? "" : running.status().trouble();
    }

    @Override
    public synchronized void close() {
        end();
        service = null;
    }
}
