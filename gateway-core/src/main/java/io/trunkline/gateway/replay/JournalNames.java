package io.trunkline.gateway.replay;

import org.agrona.collections.Int2ObjectHashMap;

/** Names of tenants and carriers by the numbers that one shard's journal gave them for ever. */
public final class JournalNames {
    private final Int2ObjectHashMap<String> tenants = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<String> carriers = new Int2ObjectHashMap<>();

    void tenant(final int number, final String name) {
        tenants.put(number, name);
    }

    void carrier(final int number, final String name) {
        carriers.put(number, name);
    }

    /** Null where it was not met. */
    String tenant(final int number) {
        return tenants.get(number);
    }

    /** Null where it was not met. */
    String carrier(final int number) {
        return carriers.get(number);
    }
}
