package io.trunkline.perf.billing;

import io.trunkline.perf.Marker;
import io.trunkline.perf.sim.CarrierLog;
import io.trunkline.perf.sim.CarrierLogReader;
import java.nio.file.Path;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/**
 * How many submits of each message each carrier has answered with success, or not at all, by the carriers' own logs.
 *
 * <p>A short last segment has no room for the message's marker; but it has its destination, and each message of a load goes to
 * one of its own. So submits are counted by destination, and the segments that have a marker say whose destination it is.
 */
public final class CarrierTally {
    /** Carriers at most: two bytes for each. */
    private static final int MAX_CARRIERS = 3;

    private static final int BITS = 16;
    private static final int MASK = 0xFF;
    private static final int UNANSWERED_SHIFT = 8;

    /** By destination. */
    private final Long2LongHashMap counts = new Long2LongHashMap(0);
    /** By marker. */
    private final Long2LongHashMap destinations = new Long2LongHashMap(0);
    /** By destination. */
    private final Long2LongHashMap markers = new Long2LongHashMap(Marker.NONE);

    private long unmarked;

    public CarrierTally(final List<Path> logs) {
        if (logs.size() > MAX_CARRIERS) {
            throw new IllegalArgumentException(logs.size() + " carriers");
        }
        for (int carrier = 0; carrier < logs.size(); carrier++) {
            final int shift = carrier * BITS;
            CarrierLogReader.forEach(logs.get(carrier), entry -> onEntry(entry, shift));
        }
    }

    private void onEntry(final CarrierLogReader entry, final int shift) {
        if (entry.kind() != CarrierLog.Kind.SUBMIT) {
            return;
        }
        final long destination = entry.destination();
        if (entry.marker() == Marker.NONE) {
            unmarked++;
        } else {
            name(entry.marker(), destination);
        }
        final long before = counts.get(destination);
        if (entry.status() == 0) {
            counts.put(destination, before + (1L << shift));
        } else if (entry.status() == CarrierLog.UNANSWERED) {
            counts.put(destination, before + (1L << (shift + UNANSWERED_SHIFT)));
        }
    }

    private void name(final long marker, final long destination) {
        final long other = markers.get(destination);
        if (other != Marker.NONE && other != marker) {
            throw new IllegalStateException("messages " + other + " and " + marker + " both went to " + destination
                    + ": their segments cannot be told apart");
        }
        markers.put(destination, marker);
        destinations.put(marker, destination);
    }

    /** Submits that a carrier answered with success, whether or not the answer arrived. */
    public int taken(final long marker, final int carrier) {
        return (int) (counts.get(destination(marker)) >>> (carrier * BITS)) & MASK;
    }

    /** Submits that a carrier left without an answer. */
    public int unanswered(final long marker, final int carrier) {
        return (int) (counts.get(destination(marker)) >>> (carrier * BITS + UNANSWERED_SHIFT)) & MASK;
    }

    /** Where the message went; 0 where no carrier saw it. */
    public long destination(final long marker) {
        return destinations.get(marker);
    }

    /** Submits whose text was too short for a marker. */
    public long unmarked() {
        return unmarked;
    }
}
