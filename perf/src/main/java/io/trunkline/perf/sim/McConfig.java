package io.trunkline.perf.sim;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a simulator is started with.
 *
 * @param name in thread names and reports
 * @param address to listen on; a host name or address
 * @param port to listen on; 0: any free one
 * @param accounts system_id to password; empty: every account is taken
 * @param log where the carrier's log goes, if one is wanted
 * @param seed of all that is drawn
 * @param pendingLimit most answers, receipts and inbound messages that may wait; 1 to 2^24
 * @param faults how it behaves at first
 */
public record McConfig(
        String name,
        String address,
        int port,
        Map<String, String> accounts,
        Optional<Path> log,
        long seed,
        int pendingLimit,
        Faults faults) {
    /** Room for the receipts of ten seconds at 100,000 messages a second. */
    public static final int DEFAULT_PENDING_LIMIT = 1 << 20;

    public McConfig {
        accounts = Map.copyOf(accounts);
        if (pendingLimit < 1 || pendingLimit > 1 << 24) {
            throw new IllegalArgumentException("pendingLimit is not between 1 and 2^24: " + pendingLimit);
        }
    }

    /** On a free port of the loopback, every account, no log, no faults. */
    public static McConfig named(final String name) {
        return new McConfig(name, "127.0.0.1", 0, Map.of(), Optional.empty(), 1, DEFAULT_PENDING_LIMIT, Faults.none());
    }

    public McConfig withPort(final int other) {
        return new McConfig(name, address, other, accounts, log, seed, pendingLimit, faults);
    }

    public McConfig withLog(final Path path) {
        return new McConfig(name, address, port, accounts, Optional.of(path), seed, pendingLimit, faults);
    }

    public McConfig withFaults(final Faults other) {
        return new McConfig(name, address, port, accounts, log, seed, pendingLimit, other);
    }

    public McConfig withSeed(final long other) {
        return new McConfig(name, address, port, accounts, log, other, pendingLimit, faults);
    }
}
