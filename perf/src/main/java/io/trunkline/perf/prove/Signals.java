package io.trunkline.perf.prove;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Signals that this process ignores, as every process that it starts would: nohup leaves SIGHUP so, and a shell without job control
 * SIGINT to what it runs in the background.
 */
final class Signals {
    private static final int HUP = 1;
    private static final int INT = 2;
    private static final int TERM = 15;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";

    private Signals() {}

    /** Whether one of those is ignored that a daemon is told something with. */
    static boolean anyIgnored() {
        final long ignored = mask();
        return isIn(ignored, HUP) || isIn(ignored, INT) || isIn(ignored, TERM);
    }

    private static boolean isIn(final long mask, final int signal) {
        return (mask >>> (signal - 1) & 1) == 1;
    }

    /** proc(5): a bit for each signal, in hexadecimal. */
    private static long mask() {
        try {
            for (final String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(IGNORED)) {
                    return Long.parseUnsignedLong(
                            line.substring(IGNORED.length()).strip(), 16);
                }
            }
            return 0;
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + STATUS, e);
        }
    }
}
