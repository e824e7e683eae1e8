package io.trunkline.perf.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processes of this machine have used of its CPU, by proc(5). */
public final class ProcessCpu {
    private static final int CLOCK_TICKS_PER_SECOND = 100;

    private ProcessCpu() {}

    /**
     * CPU seconds of one process with all its threads, user and system: fields 14 and 15 of its stat.
     *
     * @return 0 once it has ended
     */
    public static double seconds(final ProcessHandle process) throws IOException {
        final String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        } catch (final IOException e) {
            // It may end between any look at it and this one.
            if (process.isAlive()) {
                throw e;
            }
            return 0;
        }
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) CLOCK_TICKS_PER_SECOND;
    }

    /** CPU seconds of a process and of those of its descendants that live. */
    public static double secondsOfAll(final ProcessHandle process) throws IOException {
        double sum = seconds(process);
        for (final ProcessHandle child : process.descendants().toList()) {
            sum += seconds(child);
        }
        return sum;
    }
}
