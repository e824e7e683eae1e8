package io.trunkline.perf.load;

import io.trunkline.gateway.engine.ErrorCode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** What a run has counted: written by its thread alone, read by anyone. */
@SuppressWarnings("EnumOrdinal") // An array by enum: an EnumMap would box.
public final class LoadCounters {
    private static final int CODES = 10_000;

    /** The counters. */
    public enum Counter {
        CONNECTS,
        DISCONNECTS,
        SENT,
        /** Due, but the generator was too far behind to send them. */
        DROPPED,
        /** Sent more than {@link RoleCounts#LATE_NS} after the intended time. */
        LATE,
        ACCEPTED,
        REFUSED,
        ABANDONED,
        ANSWERED_AS_DUPLICATE,
        TERMINAL,
        DELIVERED,
        UNDELIVERED,
        FAILED,
        EXPIRED,
        CANCELLED,
        UNKNOWN,
        EVENTS,
        /** Terminal states told again, as after a reconnect. */
        EVENTS_REPEATED,
        /** Of units that this run did not send. */
        EVENTS_OF_OTHERS,
        EVENT_GAPS,
        /** Sequences seen before that were not marked as replayed. */
        EVENT_REPEATS_UNMARKED,
        INBOUND
    }

    private final AtomicLongArray values = new AtomicLongArray(Counter.values().length);
    private final AtomicLongArray refusals = new AtomicLongArray(CODES);
    private final AtomicLongArray ends = new AtomicLongArray(CODES);

    void increment(final Counter counter) {
        increment(values, counter.ordinal());
    }

    void add(final Counter counter, final long amount) {
        values.lazySet(counter.ordinal(), values.getPlain(counter.ordinal()) + amount);
    }

    void refused(final int code) {
        increment(refusals, Math.min(code, CODES - 1));
    }

    void terminal(final int state, final int code) {
        increment(ends, Math.min(code, CODES - 1));
        increment(Counter.TERMINAL);
        increment(values, Counter.DELIVERED.ordinal() + Math.min(state - LoadRun.FIRST_TERMINAL, 5));
    }

    private static void increment(final AtomicLongArray array, final int at) {
        array.lazySet(at, array.getPlain(at) + 1);
    }

    public long get(final Counter counter) {
        return values.get(counter.ordinal());
    }

    /** The same in the words that all roles share. */
    public RoleCounts asRole() {
        return new RoleCounts(
                get(Counter.SENT),
                get(Counter.DROPPED),
                get(Counter.LATE),
                get(Counter.ACCEPTED),
                get(Counter.REFUSED),
                get(Counter.ABANDONED),
                get(Counter.TERMINAL),
                get(Counter.DELIVERED),
                get(Counter.EVENTS_REPEATED),
                get(Counter.INBOUND),
                get(Counter.CONNECTS),
                get(Counter.DISCONNECTS));
    }

    /** Refusals and bad ends, named as {@code docs/reference/error-codes.md} names them. */
    public Map<String, Long> errors() {
        final Map<String, Long> errors = new TreeMap<>();
        refusals().forEach((code, count) -> errors.put("refused " + named(code), count));
        ends().forEach((code, count) -> {
            if (code != 0) {
                errors.put("ended " + named(code), count);
            }
        });
        return errors;
    }

    private static String named(final int code) {
        return code + " " + ErrorCode.of(code).name();
    }

    /** Refusals by error code. */
    public Map<Integer, Long> refusals() {
        return byCode(refusals);
    }

    /** Terminal states by error code; 0 for those without one. */
    public Map<Integer, Long> ends() {
        return byCode(ends);
    }

    private static Map<Integer, Long> byCode(final AtomicLongArray counts) {
        final Map<Integer, Long> found = new TreeMap<>();
        for (int code = 0; code < CODES; code++) {
            if (counts.get(code) != 0) {
                found.put(code, counts.get(code));
            }
        }
        return found;
    }
}
