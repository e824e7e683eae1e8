package io.trunkline.perf.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the generator's process and its machine do between two readings. */
final class ProcessProbe {
    private static final Path STAT = Path.of("/proc/stat");
    private static final double NS = 1e9;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private Map<Long, Long> threadCpuNs = threadCpu();
    private long lastNs = System.nanoTime();
    private long cpuNs = system.getProcessCpuTime();
    private long gcMs = collected();
    private long[] machine = machine();

    /** Since the last reading. */
    Second.Generator read() {
        final long nowNs = System.nanoTime();
        final double elapsedNs = Math.max(1, nowNs - lastNs);
        final long cpuNow = system.getProcessCpuTime();
        final long gcNow = collected();
        final long[] machineNow = machine();
        final Map<Long, Long> threadsNow = threadCpu();
        long busiest = 0;
        for (final Map.Entry<Long, Long> thread : threadsNow.entrySet()) {
            busiest = Math.max(busiest, thread.getValue() - threadCpuNs.getOrDefault(thread.getKey(), 0L));
        }
        final double ticks = Math.max(1, machineNow[0] - machine[0]);
        final Runtime runtime = Runtime.getRuntime();
        final Second.Generator reading = new Second.Generator(
                (cpuNow - cpuNs) / elapsedNs,
                busiest / elapsedNs,
                (machineNow[1] - machine[1]) / ticks,
                (gcNow - gcMs) / (elapsedNs / NS),
                (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
        lastNs = nowNs;
        cpuNs = cpuNow;
        gcMs = gcNow;
        machine = machineNow;
        threadCpuNs = threadsNow;
        return reading;
    }

    /** Seconds of garbage collection so far, in milliseconds. */
    private static long collected() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    private Map<Long, Long> threadCpu() {
        final Map<Long, Long> found = new HashMap<>();
        for (final long id : threads.getAllThreadIds()) {
            found.put(id, Math.max(0, threads.getThreadCpuTime(id)));
        }
        // The one that reads this is not the one that sends.
        found.remove(Thread.currentThread().getId());
        return found;
    }

    /** All ticks of all cores and the busy ones: the first line of proc(5) stat; both 0 where there is none. */
    private static long[] machine() {
        try {
            final String[] fields = Files.readAllLines(STAT).get(0).strip().split("\\s+", -1);
            long all = 0;
            for (int i = 1; i < Math.min(9, fields.length); i++) {
                all += Long.parseLong(fields[i]);
            }
            return new long[] {all, all - Long.parseLong(fields[4]) - Long.parseLong(fields[5])};
        } catch (final IOException | RuntimeException e) {
            return new long[] {0, 0};
        }
    }
}
