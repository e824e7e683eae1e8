package io.trunkline.sip.stir;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * PASSporTs that were used, so that none serves many calls while it is fresh. What is forgotten, because it is old or there is
 * no room, is kept in the older of two tables first.
 */
final class SeenPassports {
    private final int capacity;
    private final int maxCalls;
    private final long turnMs;
    private Long2ObjectHashMap<long[]> newer = new Long2ObjectHashMap<>();
    private Long2ObjectHashMap<long[]> older = new Long2ObjectHashMap<>();
    private long turnedAtMs;

    /**
     * None yet.
     *
     * @param capacity of each table
     * @param maxCalls calls that one PASSporT serves
     * @param turnMs longer than any PASSporT is fresh, ms
     */
    SeenPassports(final int capacity, final int maxCalls, final long turnMs) {
        this.capacity = capacity;
        this.maxCalls = maxCalls;
        this.turnMs = turnMs;
    }

    /**
     * Notes that a PASSporT serves a call.
     *
     * @param passport hash of what was signed; the signature itself could be written in another way
     * @return false where it has served too many others
     */
    boolean use(final long passport, final long call, final long nowMs) {
        if (nowMs - turnedAtMs >= turnMs || newer.size() >= capacity) {
            final Long2ObjectHashMap<long[]> oldest = older;
            oldest.clear();
            older = newer;
            newer = oldest;
            turnedAtMs = nowMs;
        }
        final long[] recent = newer.get(passport);
        final long[] calls = recent == null ? older.get(passport) : recent;
        if (calls == null) {
            newer.put(passport, new long[] {call});
            return true;
        }
        for (final long known : calls) {
            if (known == call) {
                return true;
            }
        }
        if (calls.length >= maxCalls) {
            return false;
        }
        final long[] more = Arrays.copyOf(calls, calls.length + 1);
        more[calls.length] = call;
        newer.put(passport, more);
        return true;
    }
}
