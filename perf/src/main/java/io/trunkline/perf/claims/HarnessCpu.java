package io.trunkline.perf.claims;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU that threads of the harness have used, by the beginning of their names: what the daemon did not have. */
final class HarnessCpu {
    private static final double NS_PER_SECOND = 1e9;

    private HarnessCpu() {}

    /** Seconds used by all live threads whose name begins so. */
    static double seconds(final String prefix) {
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double sum = 0;
        for (final Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(prefix)) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getId())) / NS_PER_SECOND;
            }
        }
        return sum;
    }
}
