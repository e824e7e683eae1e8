package io.trunkline.gateway.upstream;

import io.trunkline.gateway.config.Limits;

/**
 * How hard failed attempts are answered. The lock after failure {@code free + n} lasts {@code firstMs * 2^(n-1)}, at
 * most {@code maxMs}.
 *
 * @param freePerAddress failures from one address, or from one address for one account, before the first lock
 * @param freePerName failures for one account name from addresses that are not known, before the first lock; higher,
 *     because strangers can cause it
 * @param firstMs the first lock, in ms
 * @param maxMs the longest lock, in ms
 * @param forgetMs failures are forgotten when none follows for so long, in ms
 * @param maxEntries addresses, names and pairs remembered, each
 */
public record LockoutPolicy(
        int freePerAddress, int freePerName, long firstMs, long maxMs, long forgetMs, int maxEntries) {
    public static final LockoutPolicy DEFAULT = new LockoutPolicy(5, 50, 1_000, 900_000, 1_800_000, 65_536);

    /** As {@code limits.lockout} says; strangers may fail ten times as often on a name as one address may fail. */
    public static LockoutPolicy of(final Limits.Lockout lockout) {
        final long maxMs = Math.max(1, lockout.duration().toMillis());
        return new LockoutPolicy(
                lockout.attempts(),
                lockout.attempts() * 10,
                Math.min(DEFAULT.firstMs, maxMs),
                maxMs,
                lockout.window().toMillis(),
                DEFAULT.maxEntries);
    }

    public LockoutPolicy {
        if (freePerAddress < 1 || freePerName < 1 || firstMs < 1 || maxMs < firstMs || maxEntries < 1) {
            throw new IllegalArgumentException("a lockout policy needs positive limits, and maxMs not below firstMs");
        }
    }
}
