package io.trunkline.gateway.daemon;

import io.trunkline.gateway.admin.Rows.AlarmRow;
import io.trunkline.gateway.admin.Rows.UsageRow;
import io.trunkline.gateway.billing.prepaid.PrepaidStanding;
import io.trunkline.gateway.billing.prepaid.PrepaidStanding.Level;
import io.trunkline.gateway.billing.prepaid.PrepaidWatch;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.config.Tenant.Prepaid;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.SourceTail;
import io.trunkline.routing.rates.Micros;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The thresholds of prepaid tenants, where the configuration in force has any. Any thread. */
final class PrepaidTenants implements AutoCloseable {
    private static final String FILE = "prepaid/shard-0.json";
    private static final int[] NOBODY = {};

    private final JournalStore journal;
    private final Consumer<int[]> stopped;
    private Map<String, Prepaid> terms = Map.of();
    private String hash = "";
    private volatile PrepaidWatch watch;

    /**
     * Knows, when it is made, who is to be refused.
     *
     * @param stopped takes the journal's numbers of those who are, ascending
     */
    PrepaidTenants(final GatewayConfig config, final JournalStore journal, final Consumer<int[]> stopped) {
        this.journal = journal;
        this.stopped = stopped;
        apply(config);
    }

    /** Goes by another configuration. What was used so far stays as it was rated. */
    synchronized void apply(final GatewayConfig config) {
        final Map<String, Prepaid> newTerms = new HashMap<>();
        for (final Tenant tenant : config.tenants()) {
            tenant.prepaid().ifPresent(prepaid -> newTerms.put(tenant.name(), prepaid));
        }
        final String newHash = config.billing().map(BillingConfig::hash).orElse("");
        if (newTerms.equals(terms) && newHash.equals(hash)) {
            return;
        }
        end();
        terms = newTerms;
        hash = newHash;
        if (terms.isEmpty() || config.billing().isEmpty()) {
            watch = null;
            stopped.accept(NOBODY);
            return;
        }
        final PrepaidWatch.Settings settings = new PrepaidWatch.Settings(
                config.gateway().data().resolve(FILE), config.billing().get(), terms, () -> SourceTail.of(journal));
        // Until it has read what it needs, what the last one needed is kept.
        watch = PrepaidWatch.start(settings, stopped, Clock.systemUTC());
    }

    private void end() {
        final PrepaidWatch running = watch;
        if (running != null) {
            running.close();
        }
    }

    /** Oldest record that is still to be read; none is where nobody is prepaid. */
    long oldestNeeded() {
        final PrepaidWatch running = watch;
        return running == null ? Long.MAX_VALUE : running.oldestNeeded();
    }

    /** What operators should know of now. */
    List<AlarmRow> alarms() {
        final PrepaidWatch running = watch;
        final List<AlarmRow> alarms = new ArrayList<>();
        if (running == null) {
            return alarms;
        }
        if (!running.trouble().isEmpty()) {
            alarms.add(new AlarmRow(
                    "critical",
                    0,
                    "prepaid",
                    running.trouble(),
                    "nobody is stopped or let go meanwhile; it tries again"));
        }
        for (final PrepaidStanding standing : running.standings()) {
            if (standing.level() != Level.BELOW) {
                alarms.add(new AlarmRow(
                        "warning",
                        0,
                        standing.tenant(),
                        standing.text(),
                        "raise `prepaid` of the tenant in tenants.yaml once it has paid: trunkline apply"));
            }
        }
        return alarms;
    }

    /** How they stand, by tenant. */
    List<UsageRow> usage() {
        final PrepaidWatch running = watch;
        return running == null
                ? List.of()
                : running.standings().stream().map(PrepaidTenants::row).toList();
    }

    private static UsageRow row(final PrepaidStanding standing) {
        return new UsageRow(
                standing.tenant(),
                standing.level().name().toLowerCase(Locale.ROOT),
                standing.terms().per().name().toLowerCase(Locale.ROOT),
                standing.sinceMs(),
                Micros.text(standing.used()),
                Micros.text(standing.open()),
                standing.terms().notifyAt().map(Object::toString).orElse(""),
                standing.terms().stopAt().map(Object::toString).orElse(""),
                standing.currency());
    }

    @Override
    public synchronized void close() {
        end();
        watch = null;
    }
}
