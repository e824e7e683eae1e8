package io.trunkline.gateway.export;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.Exports.What;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.JournalTail;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a target up with the journal, on a thread of its own.
 *
 * <p>Each record's events are in the target once, whatever dies when: a session adds a handful of events, all or none; a new session
 * shuts earlier ones out and then says what was added last; from there the journal, which does not change, is read on. Nothing that is
 * kept here decides, not even the file of the cursor.
 *
 * <p>Where the target takes nothing, that is said, and tried again after a while: the journal has what is missing, and no more than one
 * handful is in memory.
 */
public final class ExportService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExportService.class);
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    private static final long CURSOR_EVERY_NS = TimeUnit.SECONDS.toNanos(1);

    private final Settings settings;
    private final ExportTarget target;
    private final Supplier<JournalTail> tails;
    private final Duration firstRetry;
    private final Thread thread;

    private ExportCursor cursor;
    private long cursorWrittenNs;
    /** Where reading is; null where it must begin from the cursor. */
    private ExportFeed feed;
    /** Which target the feed is for, and the last event that is known to be in it. */
    private String identity = "";

    private long lastAdded;
    /** Events whose being added is not confirmed. */
    private List<ExportEvent> pending = List.of();

    private Duration retry;
    private volatile boolean stopping;
    private volatile Status status;

    /**
     * What is to be exported.
     *
     * @param shard whose journal it is: {@code shard-0}
     * @param cursor file of the cursor
     * @param what of the records become events; may be empty
     * @param bodies whether texts of messages go along
     * @param billing where call detail records are wanted
     * @param ciphers makes what a thread deciphers bodies with
     */
    public record Settings(
            String shard,
            Path cursor,
            List<What> what,
            boolean bodies,
            Optional<BillingConfig> billing,
            Supplier<PeriodCipher> ciphers) {
        public Settings {
            what = List.copyOf(what);
        }

        /** Where no body is enciphered. */
        public Settings(
                final String shard,
                final Path cursor,
                final List<What> what,
                final boolean bodies,
                final Optional<BillingConfig> billing) {
            this(shard, cursor, what, bodies, billing, () -> PeriodCipher.NONE);
        }
    }

    /**
     * How it stands.
     *
     * @param position record of the journal up to which the target has all
     * @param timeNs wall time of that record, or since when it is waited for one; nanoseconds since the epoch
     * @param oldestNeeded oldest record of the journal that will be read again
     * @param events added since the start
     * @param errors times that something could not be done
     * @param lost records that the journal did not have any more when their turn came
     * @param trouble why nothing is added at present; empty where it is
     * @param remedy what to do about it
     */
    public record Status(
            long position,
            long timeNs,
            long oldestNeeded,
            long events,
            long errors,
            long lost,
            String trouble,
            String remedy) {
        Status from(final long written, final long oldest) {
            return new Status(written, timeNs, oldest, events, errors, lost, trouble, remedy);
        }

        Status needing(final long oldest) {
            return from(position, oldest);
        }

        Status added(final ExportFeed feed, final int more) {
            final long time = feed.lastTimeNs() > 0 ? feed.lastTimeNs() : timeNs;
            final long lostNow = lost + feed.takeLost();
            return new Status(feed.next() - 1, time, oldestNeeded, events + more, errors, lostNow, "", "");
        }

        Status failed(final String what, final String whatToDo) {
            return new Status(position, timeNs, oldestNeeded, events, errors + 1, lost, what, whatToDo);
        }
    }

    /**
     * Starts it.
     *
     * @param name of its thread
     * @param tails opens a tail of the journal
     */
    public ExportService(
            final String name, final Settings settings, final ExportTarget target, final Supplier<JournalTail> tails) {
        this(name, settings, target, tails, FIRST_RETRY);
    }

    ExportService(
            final String name,
            final Settings settings,
            final ExportTarget target,
            final Supplier<JournalTail> tails,
            final Duration firstRetry) {
        this.settings = settings;
        this.firstRetry = firstRetry;
        retry = firstRetry;
        this.target = target;
        this.tails = tails;
        cursor = readCursor();
        final long sinceNs = cursor.lastTimeNs() > 0
                ? cursor.lastTimeNs()
                : TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        status = new Status(cursor.lastRecord(), sinceNs, cursor.resumeFrom(), 0, 0, 0, "", "");
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private ExportCursor readCursor() {
        try {
            return ExportCursor.read(settings.cursor());
        } catch (final IOException e) {
            LOG.warn("the journal is read from its beginning, for {}", e.getMessage());
            return ExportCursor.START;
        }
    }

    public Status status() {
        return status;
    }

    private void run() {
        while (!stopping) {
            try (ExportTarget.Session session = target.open()) {
                begin(session.reached());
                follow(session);
            } catch (final ExportException e) {
                trouble(e.getMessage(), e.remedy());
            } catch (final JournalException | IOException e) {
                forget();
                trouble(e.getMessage(), "see that this user can read and write the data directory");
            } catch (final RuntimeException e) {
                if (!stopping) {
                    LOG.error("export to {}", target.describe(), e);
                }
                forget();
                trouble(e.toString(), "this is a mistake of the gateway; it goes on from what is in the target");
            }
        }
        leave();
    }

    /** The next start need not read again what this one has. */
    private void leave() {
        try {
            if (feed != null && pending.isEmpty()) {
                writeCursor();
            }
        } catch (final IOException e) {
            LOG.warn("the cursor of the export to {} cannot be written: {}", target.describe(), e.getMessage());
        }
        forget();
    }

    /** The target says how far it is: what was pending was added, or it was not. */
    private void begin(final ExportTarget.Reached reached) throws ExportException {
        if (feed != null && reached.identity().equals(identity)) {
            // An empty one has removed by age what was there.
            final long last = reached.index() == 0 ? lastAdded : reached.index();
            if (!pending.isEmpty() && last == pending.get(pending.size() - 1).index()) {
                added();
                return;
            }
            if (last == lastAdded) {
                return;
            }
        }
        forget();
        beginAnew(reached);
    }

    private void beginAnew(final ExportTarget.Reached reached) throws ExportException {
        final boolean known = reached.identity().equals(cursor.identity());
        final long written = known && reached.index() == 0 ? cursor.lastRecord() : reached.index();
        if (reached.index() > 0) {
            sameJournal(reached);
        }
        // Of a target that has less than the cursor says, nothing tells which units were open then.
        final long from = known && written >= cursor.lastRecord() ? cursor.resumeFrom() : 1;
        identity = reached.identity();
        lastAdded = written;
        feed = new ExportFeed(settings, tails.get(), cursor, from, written);
        status = status.from(written, from);
        LOG.info("export to {} goes on behind record {} of the journal", target.describe(), written);
    }

    private void sameJournal(final ExportTarget.Reached reached) throws ExportException {
        try (JournalTail tail = tails.get()) {
            if (!tail.had(reached.index(), reached.timeNs())) {
                throw new ExportException(
                        target.describe() + " holds records of another journal, up to " + reached.index(),
                        "give this gateway's journal topics of its own");
            }
        }
    }

    private void follow(final ExportTarget.Session session) throws ExportException, IOException {
        while (!stopping) {
            boolean more = true;
            if (pending.isEmpty()) {
                final long before = feed.next();
                pending = feed.read();
                more = feed.next() > before;
            }
            if (!pending.isEmpty()) {
                session.write(pending);
            }
            added();
            keepCursor();
            if (!more) {
                await(IDLE);
            }
        }
    }

    /** All that was read is in the target. */
    private void added() {
        if (!pending.isEmpty()) {
            lastAdded = pending.get(pending.size() - 1).index();
        }
        if (!status.trouble().isEmpty()) {
            LOG.info("export to {} goes on", target.describe());
        }
        retry = firstRetry;
        status = status.added(feed, pending.size());
        pending = List.of();
    }

    private void keepCursor() throws IOException {
        final long nowNs = System.nanoTime();
        if (feed.next() - 1 == cursor.lastRecord() || nowNs - cursorWrittenNs < CURSOR_EVERY_NS) {
            return;
        }
        writeCursor();
        cursorWrittenNs = nowNs;
    }

    private void writeCursor() throws IOException {
        cursor = feed.cursor(identity);
        cursor.write(settings.cursor());
        status = status.needing(cursor.resumeFrom());
    }

    private void forget() {
        if (feed != null) {
            feed.close();
            feed = null;
        }
        pending = List.of();
    }

    private void trouble(final String what, final String remedy) {
        if (stopping) {
            return;
        }
        if (!what.equals(status.trouble())) {
            LOG.error("export to {} stands still: {}; {}", target.describe(), what, remedy);
        }
        status = status.failed(what, remedy);
        await(retry);
        retry = retry.multipliedBy(2).compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : retry.multipliedBy(2);
    }

    private void await(final Duration time) {
        if (!stopping) {
            LockSupport.parkNanos(this, time.toNanos());
        }
    }

    @Override
    public void close() {
        stopping = true;
        target.wakeUp();
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
