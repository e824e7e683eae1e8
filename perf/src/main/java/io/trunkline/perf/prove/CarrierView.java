package io.trunkline.perf.prove;

import io.trunkline.perf.Marker;
import io.trunkline.perf.sim.CarrierLog;
import io.trunkline.perf.sim.CarrierLogReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/**
 * What the carriers saw of each segment, over all their logs, by marker and part. A copy counts as taken where the
 * carrier answered it with success or left it unanswered: either way a handset may have got it.
 */
public final class CarrierView {
    private static final long MISSING = -1;
    private static final long TAKEN_ONE = 1L;
    private static final long TAKEN_MASK = 0xFFFF;
    private static final long SEEN_ONE = 1L << 16;
    private static final long DELIVERED = 1L << 48;
    private static final long OTHERWISE = 1L << 49;
    private static final long REPEATED = 1L << 50;
    /** Parts of a message: 255 at most, so a byte below the marker. */
    private static final int PART_BITS = 8;

    private static final Comparator<CarrierLogReader> BY_TIME = Comparator.comparingLong(CarrierLogReader::timeNs);

    private final Long2LongHashMap segments = new Long2LongHashMap(MISSING);
    private long submits;
    private long unmarked;

    /** Reads all logs as one, in the order of time: which copy came first is told across carriers. */
    public CarrierView(final List<Path> logs) {
        final List<CarrierLogReader> readers = new ArrayList<>();
        try {
            for (final Path log : logs) {
                readers.add(new CarrierLogReader(log));
            }
            final List<CarrierLogReader> unread = new ArrayList<>(readers);
            unread.removeIf(reader -> !reader.next());
            while (!unread.isEmpty()) {
                final CarrierLogReader earliest = Collections.min(unread, BY_TIME);
                onEntry(earliest);
                if (!earliest.next()) {
                    unread.remove(earliest);
                }
            }
        } finally {
            readers.forEach(CarrierLogReader::close);
        }
    }

    private void onEntry(final CarrierLogReader entry) {
        switch (entry.kind()) {
            case SUBMIT -> {
                submits++;
                if (entry.marker() == Marker.NONE) {
                    unmarked++;
                    return;
                }
                final long key = key(entry.marker(), entry.part());
                final long before = Math.max(0, segments.get(key));
                final boolean taken = entry.status() == 0 || entry.status() == CarrierLog.UNANSWERED;
                segments.put(
                        key,
                        (before + SEEN_ONE + (taken ? TAKEN_ONE : 0)) | ((before & TAKEN_MASK) > 0 ? REPEATED : 0));
            }
            case RECEIPT -> {
                // A receipt names its segment's marker; which part it is for does not matter to the judge.
                if (entry.marker() != Marker.NONE) {
                    final long key = key(entry.marker(), 0);
                    final long before = Math.max(0, segments.get(key));
                    segments.put(key, before | (entry.status() == 2 ? DELIVERED : OTHERWISE));
                }
            }
            default -> {
                // Binds and answers to receipts say nothing about copies.
            }
        }
    }

    private static long key(final long marker, final int part) {
        return marker << PART_BITS | part;
    }

    /** Copies of this part that a carrier took or may have taken. */
    public int taken(final long marker, final int part) {
        final long facts = segments.get(key(marker, part));
        return facts == MISSING ? 0 : (int) (facts & TAKEN_MASK);
    }

    /** Copies of this part that a carrier saw, refused ones too. */
    public int seen(final long marker, final int part) {
        final long facts = segments.get(key(marker, part));
        return facts == MISSING ? 0 : (int) (facts >>> 16 & 0xFFFF);
    }

    /** A copy came although an earlier one had been taken, or may have been. */
    public boolean repeated(final long marker, final int part) {
        final long facts = segments.get(key(marker, part));
        return facts != MISSING && (facts & REPEATED) != 0;
    }

    /** A receipt with success was sent for a part of it. */
    public boolean receiptedDelivered(final long marker) {
        final long facts = segments.get(key(marker, 0));
        return facts != MISSING && (facts & DELIVERED) != 0;
    }

    /** Submits in all. */
    public long submits() {
        return submits;
    }

    /** Submits without a marker, which the judge cannot follow. */
    public long unmarked() {
        return unmarked;
    }
}
