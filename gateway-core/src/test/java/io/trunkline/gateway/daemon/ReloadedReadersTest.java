package io.trunkline.gateway.daemon;

import static io.trunkline.gateway.billing.BilledTraffic.ACME;
import static io.trunkline.gateway.billing.BilledTraffic.ALPHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.billing.BilledDirectory;
import io.trunkline.gateway.billing.BilledTraffic;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.SampleConfig;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.RecordSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads the journal in the background is ended and begun again when the configuration changes: nothing is let go of meanwhile. */
@Timeout(30)
final class ReloadedReadersTest {
    private static final String PREPAID = "    prepaid: {per: month, stopAt: 100}\n";

    @TempDir
    private Path directory;

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    /** What the reader says that it needs, each time that it lets go of the journal. */
    private final List<Long> needed = new CopyOnWriteArrayList<>();

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicReference<LongSupplier> reader = new AtomicReference<>(() -> 0);
    private SampleConfig sample;

    @BeforeEach
    void start() {
        journal.start();
        new BilledTraffic(journal).named().delivered(ACME, ALPHA, "447700900123", 1);
        sample = new SampleConfig(directory);
        sample.write("gateway.yaml", sample.text("gateway.yaml").replace("../data", "data"));
        sample.write("rates.csv", BilledDirectory.RATES);
    }

    private GatewayConfig config(final String billing) {
        sample.write("billing.yaml", billing);
        return new ConfigLoader(SampleConfig.ENVIRONMENT::get)
                .load(directory)
                .config()
                .orElseThrow();
    }

    /** The journal, with an ear at the sources that are closed. */
    private JournalStore heard() {
        return proxy(JournalStore.class, journal, "newSource", opened::incrementAndGet);
    }

    private <T> T proxy(final Class<T> type, final Object target, final String watched, final Runnable before) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            final boolean isWatched = method.getName().equals(watched);
            if (isWatched) {
                before.run();
            }
            try {
                final Object result = method.invoke(target, given);
                return isWatched && result instanceof RecordSource source
                        ? proxy(
                                RecordSource.class,
                                source,
                                "close",
                                () -> needed.add(reader.get().getAsLong()))
                        : result;
            } catch (final InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    @Test
    void theExporterOfCallDetailRecords() {
        try (CdrWriting writing = new CdrWriting(config("cdr: {period: 15m}\n"), heard())) {
            await().until(() -> opened.get() > 0);
            reader.set(writing::oldestNeeded);
            writing.apply(config("cdr: {period: 30m}\n"));
            assertThat(needed).isNotEmpty().doesNotContain(Long.MAX_VALUE);
            assertThat(writing.oldestNeeded()).isLessThanOrEqualTo(1);
            writing.apply(config("zone: UTC\n"));
            assertThat(writing.oldestNeeded()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void theAccountsOfPrepaidTenants() {
        sample.replace("tenants.yaml", "  - name: acme\n", "  - name: acme\n" + PREPAID);
        try (PrepaidTenants tenants = new PrepaidTenants(config("zone: UTC\n"), heard(), stopped -> {})) {
            reader.set(tenants::oldestNeeded);
            tenants.apply(config("zone: Europe/Madrid\n"));
            assertThat(needed).isNotEmpty().doesNotContain(Long.MAX_VALUE);
            sample.replace("tenants.yaml", PREPAID, "");
            tenants.apply(config("zone: UTC\n"));
            assertThat(tenants.oldestNeeded()).isEqualTo(Long.MAX_VALUE);
        }
    }
}
