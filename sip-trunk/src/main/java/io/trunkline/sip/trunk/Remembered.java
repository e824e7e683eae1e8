package io.trunkline.sip.trunk;

import java.util.LinkedHashMap;

/** A few things about the addresses seen last; the oldest gives way, and everything ends by time. */
final class Remembered<K, V> {
    private record Entry<V>(V value, long untilMs) {}

    private final int max;
    private final long forMs;
    private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>();

    Remembered(final int max, final long forMs) {
        this.max = max;
        this.forMs = forMs;
    }

    /** What was put last, or null. */
    V get(final K key, final long nowMs) {
        final Entry<V> entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        if (nowMs >= entry.untilMs) {
            entries.remove(key);
            return null;
        }
        return entry.value;
    }

    void put(final K key, final V value, final long nowMs) {
        entries.remove(key);
        if (entries.size() == max) {
            entries.remove(entries.keySet().iterator().next());
        }
        entries.put(key, new Entry<>(value, nowMs + forMs));
    }

    int size() {
        return entries.size();
    }
}
