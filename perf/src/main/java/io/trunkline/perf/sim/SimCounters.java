package io.trunkline.perf.sim;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;

/** What a simulator has counted; written by its loop alone, read by anyone. */
@SuppressWarnings("EnumOrdinal") // An array by enum: an EnumMap would box.
public final class SimCounters {
    /** The counters, in the order of reports. */
    public enum Counter {
        CONNECTIONS,
        BINDS,
        BINDS_REFUSED,
        DISCONNECTS,
        SUBMITS,
        ANSWERED_OK,
        ANSWERED_ERROR,
        THROTTLED,
        NOT_ANSWERED,
        RECEIPTS_SENT,
        RECEIPTS_ANSWERED,
        RECEIPTS_REFUSED,
        RECEIPTS_LOST,
        RECEIPTS_DUPLICATED,
        RECEIPTS_SENT_AGAIN,
        RECEIPTS_NO_ROOM,
        INBOUND_SENT,
        INBOUND_ANSWERED,
        ENQUIRE_LINKS,
        UNBINDS,
        MALFORMED;

        /** The name in reports. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final AtomicLongArray values = new AtomicLongArray(Counter.values().length);

    void add(final Counter counter, final long amount) {
        final int at = counter.ordinal();
        values.lazySet(at, values.getPlain(at) + amount);
    }

    void increment(final Counter counter) {
        add(counter, 1);
    }

    public long get(final Counter counter) {
        return values.get(counter.ordinal());
    }
}
