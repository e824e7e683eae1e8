package io.trunkline.gateway.billing.cdr;

import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.JournalTail;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an exporter going on a thread of its own. Where the directory is full or cannot be written to, it says so, waits and tries
 * again from the last finished file: the journal keeps what is not written yet.
 */
public final class CdrService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CdrService.class);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final CdrExporter.Settings settings;
    private final Supplier<JournalTail> tails;
    private final Duration retry;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Status status = new Status(0, 0, 0, "");

    /**
     * How it stands.
     *
     * @param sequence of the last finished file
     * @param written last record of the journal in a finished file
     * @param oldestNeeded oldest record that will be read again
     * @param trouble why nothing can be written at present; empty where it can
     */
    public record Status(long sequence, long written, long oldestNeeded, String trouble) {}

    /**
     * Starts it.
     *
     * @param tails opens a tail for each exporter
     * @param retry how long to wait after trouble
     */
    public CdrService(final CdrExporter.Settings settings, final Supplier<JournalTail> tails, final Duration retry) {
        this.settings = settings;
        this.tails = tails;
        this.retry = retry;
        thread = new Thread(this::run, "trunkline-cdr");
        thread.setDaemon(true);
        thread.start();
    }

    public Status status() {
        return status;
    }

    private void run() {
        while (!stopping) {
            try (CdrExporter exporter = CdrExporter.open(settings, tails.get())) {
                follow(exporter);
            } catch (final IOException | JournalException e) {
                trouble(CdrStorage.why(e));
                await(retry);
            } catch (final RuntimeException e) {
                // A thread that ended here would write nothing ever after, hold the journal, and nobody would be told.
                if (!status.trouble().endsWith(e.toString())) {
                    LOG.error("call detail records", e);
                }
                trouble(e.toString());
                await(retry);
            }
        }
    }

    private void follow(final CdrExporter exporter) throws IOException {
        while (!stopping) {
            final long before = exporter.sequence();
            final long read = exporter.poll();
            // Who has come to the end of the journal again has written all that was in the way.
            final boolean well = exporter.sequence() != before || read == 0;
            if (well && !status.trouble().isEmpty()) {
                LOG.info("call detail records can be written again");
            }
            status = new Status(
                    exporter.sequence(), exporter.written(), exporter.oldestNeeded(), well ? "" : status.trouble());
            if (read == 0) {
                await(IDLE);
            }
        }
    }

    private void trouble(final String why) {
        final String what = "call detail records cannot be written to " + settings.directory() + ": " + why;
        if (status.trouble().isEmpty()) {
            LOG.error("{}; tried again every {} s, and nothing is lost meanwhile", what, retry.toSeconds());
        }
        final Status last = status;
        status = new Status(last.sequence(), last.written(), last.oldestNeeded(), what);
    }

    private void await(final Duration time) {
        if (!stopping) {
            LockSupport.parkNanos(this, time.toNanos());
        }
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
