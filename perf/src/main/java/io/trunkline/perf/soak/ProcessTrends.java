package io.trunkline.perf.soak;

import io.trunkline.perf.prove.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All that must not grow in a daemon, sampled from outside. */
public final class ProcessTrends {
    private final Daemon daemon;
    private final Trend heap = new Trend("heapAfterGcMiB", 16);
    private final Trend memory = new Trend("anonymousMemoryMiB", 32);
    private final Trend descriptors = new Trend("descriptors", 5);
    private final Trend threads = new Trend("threads", 3);
    private final Trend lag = new Trend("journalLagRecords", 5000);
    private final Trend pending = new Trend("eventsPending", 5000);

    public ProcessTrends(final Daemon daemon) {
        this.daemon = daemon;
    }

    /** Takes one sample of each; the heap is collected for it. */
    public void sample(final double seconds) throws IOException, InterruptedException {
        lag.add(seconds, daemon.metric("trunkline_journal_not_durable_records"));
        pending.add(seconds, daemon.metric("trunkline_tenant_events_pending"));
        heap.add(seconds, daemon.liveHeapMiB());
        memory.add(seconds, daemon.residentMiB());
        final Path process = Path.of("/proc", Long.toString(daemon.pid()));
        descriptors.add(seconds, entries(process.resolve("fd")));
        threads.add(seconds, entries(process.resolve("task")));
    }

    private static double entries(final Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.count();
        }
    }

    public List<Trend> all() {
        return List.of(heap, memory, descriptors, threads, lag, pending);
    }
}
