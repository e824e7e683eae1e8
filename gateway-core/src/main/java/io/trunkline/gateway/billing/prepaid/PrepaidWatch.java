package io.trunkline.gateway.billing.prepaid;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.Tenant.Prepaid;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.JournalTail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the accounts of prepaid tenants as the journal grows, on a thread of its own, and says who has used all that it may. What a
 * tenant submits between two looks still passes: a tenth of a second's worth.
 */
public final class PrepaidWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PrepaidWatch.class);
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final long KEEP_EVERY_NS = Duration.ofSeconds(2).toNanos();

    private final Settings settings;
    private final Consumer<int[]> stopped;
    private final Clock clock;
    /** With the highest level of their periods. */
    private final Map<String, PrepaidStanding> told = new HashMap<>();

    private final Thread thread;
    private PrepaidAccounts accounts;
    private JournalTail tail;
    private long next;
    private long kept;
    private long keptAtNs;
    private long lookedAtNs;
    private volatile long oldestNeeded;
    private volatile List<PrepaidStanding> standings = List.of();
    private volatile String trouble = "";
    private volatile boolean stopping;

    /**
     * What to watch.
     *
     * @param file in which the sums are kept
     * @param terms by tenant
     * @param tails opens a tail of the journal
     */
    public record Settings(Path file, BillingConfig billing, Map<String, Prepaid> terms, Supplier<JournalTail> tails) {
        public Settings {
            terms = Map.copyOf(terms);
        }
    }

    private PrepaidWatch(final Settings settings, final Consumer<int[]> stopped, final Clock clock) {
        this.settings = settings;
        this.stopped = stopped;
        this.clock = clock;
        thread = new Thread(this::run, "trunkline-prepaid");
        thread.setDaemon(true);
    }

    /**
     * Reads what the journal has, says who is stopped, and goes on as it grows. So whoever calls this before messages are taken
     * knows that a tenant that was stopped stays so.
     *
     * @param stopped takes the journal's numbers of the tenants to be refused, ascending, whenever they may have changed
     */
    public static PrepaidWatch start(final Settings settings, final Consumer<int[]> stopped, final Clock clock) {
        final PrepaidWatch watch = new PrepaidWatch(settings, stopped, clock);
        try {
            watch.open();
            while (watch.poll()) {
                // Batch by batch.
            }
        } catch (final IOException | RuntimeException e) {
            watch.trouble(e);
        }
        watch.thread.start();
        return watch;
    }

    private void open() throws IOException {
        close(tail);
        final PrepaidState state = PrepaidState.read(settings.file());
        tail = settings.tails().get();
        accounts = new PrepaidAccounts(settings.billing(), settings.terms(), state, tail);
        next = accounts.resumeFrom();
        oldestNeeded = next;
        kept = state.lastRecord();
    }

    /** Reads on, tells, keeps; false where there was nothing to read. */
    private boolean poll() throws IOException {
        final long before = next;
        next = tail.read(next, accounts);
        final long nowNs = System.nanoTime();
        if (next == before || nowNs - lookedAtNs >= IDLE.toNanos()) {
            lookedAtNs = nowNs;
            look(clock.millis());
            keep();
        }
        return next != before;
    }

    private void look(final long nowMs) {
        stopped.accept(accounts.stopped(nowMs));
        standings = accounts.standings(nowMs);
        standings.forEach(this::tell);
    }

    private void keep() throws IOException {
        final long nowNs = System.nanoTime();
        if (next - 1 > kept && (stopping || nowNs - keptAtNs >= KEEP_EVERY_NS)) {
            final PrepaidState state = accounts.state();
            state.write(settings.file());
            kept = next - 1;
            keptAtNs = nowNs;
            oldestNeeded = state.resumeFrom();
        }
    }

    /** Once for each threshold and period. */
    private void tell(final PrepaidStanding standing) {
        final PrepaidStanding before = told.get(standing.tenant());
        final boolean samePeriod = before != null && before.sinceMs() == standing.sinceMs();
        final PrepaidStanding.Level most = samePeriod ? before.level() : PrepaidStanding.Level.BELOW;
        if (standing.level().compareTo(most) > 0) {
            LOG.warn("{}", standing.text());
        }
        if (!samePeriod || standing.level().compareTo(most) > 0) {
            told.put(standing.tenant(), standing);
        }
    }

    private void run() {
        while (!stopping) {
            try {
                if (accounts == null || !trouble.isEmpty()) {
                    open();
                }
                final boolean more = poll();
                trouble = "";
                if (!more) {
                    await(IDLE);
                }
            } catch (final IOException | RuntimeException e) {
                trouble(e);
                await(RETRY);
            }
        }
    }

    private void trouble(final Exception e) {
        final String why = e.getMessage() == null ? e.toString() : e.getMessage();
        final String what = "what prepaid tenants use cannot be summed up: " + why;
        if (!what.equals(trouble)) {
            LOG.error("{}", what, e instanceof IOException || e instanceof JournalException ? null : e);
        }
        trouble = what;
    }

    private void await(final Duration time) {
        if (!stopping) {
            LockSupport.parkNanos(this, time.toNanos());
        }
    }

    /** How all prepaid tenants stand, by tenant. Any thread. */
    public List<PrepaidStanding> standings() {
        return standings;
    }

    /** Why thresholds cannot be watched at present; empty where they can. Any thread. */
    public String trouble() {
        return trouble;
    }

    /** Oldest record that this, or the one after a restart, will read. Any thread. */
    public long oldestNeeded() {
        return oldestNeeded;
    }

    private static void close(final JournalTail open) {
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
            if (trouble.isEmpty()) {
                keep();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            LOG.warn("what prepaid tenants use was not kept; it is read from the journal again: {}", e.toString());
        }
        close(tail);
    }
}
