package io.trunkline.gateway.calls;

import io.trunkline.gateway.journal.Journal;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.LimitSnapshotDecoder;
import io.trunkline.gateway.journal.codec.LimitSnapshotEncoder;
import java.util.Arrays;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * What the calls of tenants have cost in the last hour, minute by minute. Through restarts as the use of other limits, by {@code
 * LimitSnapshot} records: all of it in each checkpoint, and once a second the minutes that have changed. Each says what was true at
 * its place in the journal, so the last one of a minute holds, and a crash loses the last second.
 */
public final class CallCosts implements RecordHandler {
    /** Among the identities of limits, which are hashes. */
    private static final long IDENTITY = 0x6361_6c6c_636f_7374L;

    private static final int MINUTES = 60;
    private static final long MINUTE_MS = 60_000;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int KEY_LENGTH = 4 * Long.BYTES;

    /** Amounts of the last sixty minutes, each in its place. */
    private static final class Hour {
        private final long[] amounts = new long[MINUTES];
        private long minute;
        private long sum;
        /** The first minute that the journal does not have as it is. */
        private long changedFrom = NEVER;

        private static int place(final long ofMinute) {
            return (int) (ofMinute % MINUTES);
        }

        private void pass(final long now) {
            if (now < minute) {
                // After a start under a clock that was set back: what was spent counts as of now.
                final long all = sum;
                begin(now);
                put(now, all);
                changedFrom = now;
            } else if (now - minute >= MINUTES) {
                begin(now);
            }
            while (minute < now) {
                minute++;
                sum -= amounts[place(minute)];
                amounts[place(minute)] = 0;
            }
        }

        private void begin(final long now) {
            Arrays.fill(amounts, 0);
            sum = 0;
            minute = now;
        }

        private void put(final long at, final long amount) {
            sum += amount - amounts[place(at)];
            amounts[place(at)] = amount;
        }

        private void add(final long amount, final long now) {
            pass(now);
            put(minute, amounts[place(minute)] + amount);
            changedFrom = Math.min(changedFrom, minute);
        }

        private void recover(final long at, final long amount) {
            if (at > minute) {
                pass(at);
            } else if (minute - at >= MINUTES) {
                // Of a later run, whose clock had been set back.
                begin(at);
            }
            put(at, amount);
        }
    }

    private final Journal journal;
    private final Int2ObjectHashMap<Hour> hours = new Int2ObjectHashMap<>();
    private final LimitSnapshotEncoder encoder = new LimitSnapshotEncoder();
    private final LimitSnapshotDecoder decoder = new LimitSnapshotDecoder();
    private int[] snapshotTenants = {};
    private int nextSnapshot;

    /** Nothing was spent yet. */
    public CallCosts(final Journal journal) {
        this.journal = journal;
    }

    /** Adds to what a tenant's calls have cost. */
    void add(final int tenant, final long amount, final long nowMs) {
        hours.computeIfAbsent(tenant, key -> new Hour()).add(amount, nowMs / MINUTE_MS);
    }

    /** What a tenant's calls have cost in the last hour. */
    long ofLastHour(final int tenant, final long nowMs) {
        final Hour hour = hours.get(tenant);
        if (hour == null) {
            return 0;
        }
        hour.pass(nowMs / MINUTE_MS);
        return hour.sum;
    }

    /** Writes what has changed since the last time; where the journal has no room, the next time. */
    public void write() {
        if (journal.accepting()) {
            hours.forEach((tenant, hour) -> {
                if (hour.changedFrom != NEVER) {
                    write(tenant, hour, hour.changedFrom);
                    hour.changedFrom = NEVER;
                }
            });
        }
    }

    /**
     * Writes all of it to a checkpoint, some tenants at a time.
     *
     * @param first whether a checkpoint begins
     * @param most tenants of this turn
     * @return whether all are written
     */
    public boolean writeSnapshots(final boolean first, final int most) {
        if (first) {
            snapshotTenants =
                    hours.keySet().stream().mapToInt(Integer::intValue).toArray();
            nextSnapshot = 0;
        }
        final int end = Math.min(nextSnapshot + most, snapshotTenants.length);
        for (; nextSnapshot < end; nextSnapshot++) {
            write(snapshotTenants[nextSnapshot], hours.get(snapshotTenants[nextSnapshot]), 0);
        }
        return nextSnapshot == snapshotTenants.length;
    }

    private void write(final int tenant, final Hour hour, final long fromMinute) {
        final long from = Math.max(fromMinute, hour.minute - MINUTES + 1);
        int count = 0;
        for (long minute = from; minute <= hour.minute; minute++) {
            count += hour.amounts[Hour.place(minute)] == 0 ? 0 : 1;
        }
        if (count == 0) {
            return;
        }
        final int offset = journal.begin(
                LimitSnapshotEncoder.TEMPLATE_ID,
                0,
                LimitSnapshotEncoder.BLOCK_LENGTH + Integer.BYTES + count * KEY_LENGTH);
        final LimitSnapshotEncoder.KeysEncoder keys =
                encoder.wrap(journal.buffer(), offset).identity(IDENTITY).keysCount(count);
        for (long minute = from; minute <= hour.minute; minute++) {
            final long amount = hour.amounts[Hour.place(minute)];
            if (amount != 0) {
                keys.next().keyHi(tenant).keyLo(0).level(amount).at(minute);
            }
        }
        journal.commit(encoder.encodedLength());
    }

    @Override
    public void onRecord(final RecordView record) {
        if (record.templateId() != LimitSnapshotDecoder.TEMPLATE_ID) {
            return;
        }
        decoder.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        if (decoder.identity() == IDENTITY) {
            for (final LimitSnapshotDecoder.KeysDecoder key : decoder.keys()) {
                hours.computeIfAbsent((int) key.keyHi(), tenant -> new Hour()).recover(key.at(), key.level());
            }
        }
    }
}
