package io.trunkline.perf.claims;

import io.trunkline.perf.prove.Daemon;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes that the shard's thread has allocated, as the JVM counts them: from the extended thread dump, so that the daemon
 * under test has no say in it. The dump rounds to a MiB, which is a byte a message after a million messages.
 */
final class ShardAllocation {
    private static final Pattern SHARD =
            Pattern.compile("^\"[^\"]*shard[^\"]*\".*? allocated=(\\d+)([BKMG])", Pattern.MULTILINE);

    private final Daemon daemon;

    ShardAllocation(final Daemon daemon) {
        this.daemon = daemon;
    }

    long bytes() throws IOException, InterruptedException {
        final String dump = daemon.threadDump();
        final Matcher shard = SHARD.matcher(dump.replace("Shard", "shard"));
        long sum = 0;
        boolean found = false;
        while (shard.find()) {
            found = true;
            sum += Long.parseLong(shard.group(1)) * unit(shard.group(2));
        }
        if (!found) {
            throw new IOException(
                    "no shard thread in the dump: " + dump.lines().limit(5).toList());
        }
        return sum;
    }

    private static long unit(final String letter) {
        return switch (letter.toUpperCase(Locale.ROOT)) {
            case "K" -> 1L << 10;
            case "M" -> 1L << 20;
            case "G" -> 1L << 30;
            default -> 1;
        };
    }
}
