package io.trunkline.perf.sim;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLongArray;

/** What a simulated trunk has counted; written by its thread alone, read by anyone. */
@SuppressWarnings("EnumOrdinal") // An array by enum: an EnumMap would box.
public final class CallCounters {
    /** The counters, in the order of reports. */
    public enum Counter {
        INVITES,
        ANSWERED,
        REFUSED,
        CANCELLED,
        ENDED_BY_CALLER,
        ENDED_BY_CALLEE,
        TIMED_OUT;

        /** The name in reports. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final AtomicLongArray values = new AtomicLongArray(Counter.values().length);

    void increment(final Counter counter) {
        final int at = counter.ordinal();
        values.lazySet(at, values.getPlain(at) + 1);
    }

    public long get(final Counter counter) {
        return values.get(counter.ordinal());
    }

    /** Counters that are not zero, as key=value. */
    public String line() {
        final StringJoiner line = new StringJoiner(" ");
        for (final Counter counter : Counter.values()) {
            if (get(counter) != 0) {
                line.add(counter.key() + "=" + get(counter));
            }
        }
        return line.length() == 0 ? "nothing yet" : line.toString();
    }

    /** All counters as an object of JSON. */
    public String json() {
        final StringJoiner line = new StringJoiner(",", "{", "}");
        for (final Counter counter : Counter.values()) {
            line.add("\"" + counter.key() + "\":" + get(counter));
        }
        return line.toString();
    }
}
