package io.trunkline.perf.roles;

import io.trunkline.perf.load.RoleCounts;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** What a role counts; written by its thread alone, read by anyone. */
@SuppressWarnings("EnumOrdinal") // An array by enum: an EnumMap would box.
final class RoleCounters {
    private static final int STATUSES = 0x500;

    /** The fields of {@link RoleCounts}. */
    enum Counter {
        SENT,
        DROPPED,
        LATE,
        ACKNOWLEDGED,
        REFUSED,
        ABANDONED,
        ENDED,
        DELIVERED,
        REPEATED,
        RECEIVED,
        CONNECTS,
        DISCONNECTS
    }

    private final AtomicLongArray values = new AtomicLongArray(Counter.values().length);
    private final AtomicLongArray statuses = new AtomicLongArray(STATUSES);
    private final AtomicLongArray states = new AtomicLongArray(256);
    private final String refusal;

    /** Of a role that speaks SMPP. */
    RoleCounters() {
        this("refused, command_status 0x%08X");
    }

    /** @param refusal how a refusal is told: the format of its status */
    RoleCounters(final String refusal) {
        this.refusal = refusal;
    }

    void increment(final Counter counter) {
        increment(values, counter.ordinal());
    }

    void add(final Counter counter, final long amount) {
        values.lazySet(counter.ordinal(), values.getPlain(counter.ordinal()) + amount);
    }

    void refused(final int status) {
        increment(Counter.REFUSED);
        increment(statuses, status < 0 || status >= STATUSES ? STATUSES - 1 : status);
    }

    void endedBadly(final int messageState) {
        increment(states, messageState & 0xFF);
    }

    private static void increment(final AtomicLongArray array, final int at) {
        array.lazySet(at, array.getPlain(at) + 1);
    }

    long get(final Counter counter) {
        return values.get(counter.ordinal());
    }

    RoleCounts counts() {
        return new RoleCounts(
                get(Counter.SENT),
                get(Counter.DROPPED),
                get(Counter.LATE),
                get(Counter.ACKNOWLEDGED),
                get(Counter.REFUSED),
                get(Counter.ABANDONED),
                get(Counter.ENDED),
                get(Counter.DELIVERED),
                get(Counter.REPEATED),
                get(Counter.RECEIVED),
                get(Counter.CONNECTS),
                get(Counter.DISCONNECTS));
    }

    Map<String, Long> errors() {
        final Map<String, Long> errors = new TreeMap<>();
        for (int status = 0; status < STATUSES; status++) {
            if (statuses.get(status) > 0) {
                errors.put(String.format(Locale.ROOT, refusal, status), statuses.get(status));
            }
        }
        for (int state = 0; state < states.length(); state++) {
            if (states.get(state) > 0) {
                errors.put("receipt with message_state " + state, states.get(state));
            }
        }
        return errors;
    }
}
