package io.trunkline.gateway.upstream;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Failed attempts per key, with the lock that follows from them. Bounded: the key that has been quiet the longest is
 * forgotten first.
 */
final class FailureTable<K> {
    private static final class Failures {
        int count;
        long lastMs;
        long lockedUntilMs;
    }

    private final int free;
    private final LockoutPolicy policy;
    private final Map<K, Failures> byKey;

    FailureTable(final int free, final LockoutPolicy policy) {
        this.free = free;
        this.policy = policy;
        this.byKey = new Bounded<>(policy.maxEntries());
    }

    /** Milliseconds until the key may try again; 0: now. */
    long lockedForMs(final K key, final long nowMs) {
        final Failures failures = byKey.get(key);
        return failures == null ? 0 : Math.max(0, failures.lockedUntilMs - nowMs);
    }

    void failed(final K key, final long nowMs) {
        final Failures failures = byKey.computeIfAbsent(key, absent -> new Failures());
        if (failures.count > 0 && nowMs - failures.lastMs > policy.forgetMs()) {
            failures.count = 0;
        }
        failures.count++;
        failures.lastMs = nowMs;
        final int over = failures.count - free;
        failures.lockedUntilMs = over > 0 ? nowMs + lockMs(over - 1) : nowMs;
    }

    void forget(final K key) {
        byKey.remove(key);
    }

    int size() {
        return byKey.size();
    }

    private long lockMs(final int doublings) {
        if (doublings >= Long.numberOfLeadingZeros(policy.firstMs()) - 1) {
            return policy.maxMs();
        }
        return Math.min(policy.maxMs(), policy.firstMs() << doublings);
    }

    /** A map that forgets the entry touched longest ago. */
    static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private final int limit;

        Bounded(final int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(final Map.Entry<K, V> eldest) {
            return size() > limit;
        }
    }
}
