package io.trunkline.gateway.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.Histogram;

/**
 * How long messages stay in the gateway: from the read of the socket that a submit came in by to the write that hands
 * its answer, or its first PDU, to a socket. What waits for the journal, for a bind's window or rate, or in a queue is in
 * it. Nothing leaves before the journal has it, so times are noted with what is journaled in a duty cycle and end
 * where the outputs of that cycle are let go.
 *
 * <p>Used by the shard's thread alone; allocates nothing for a message. At most {@value #CAPACITY} times wait for the
 * journal; of more than that no time is taken.
 */
public final class StageTimes {
    /** A way through the gateway that is timed. */
    public enum Stage {
        /** Submit read, acknowledgement handed to the socket. */
        ACKNOWLEDGED,
        /** Submit read, its first PDU handed to the carrier's socket. */
        TO_CARRIER
    }

    static final int CAPACITY = 1 << 16;
    private static final int MASK = CAPACITY - 1;
    private static final long HIGHEST_NS = 60_000_000_000L;
    /** Two significant digits: within a hundredth. */
    private static final int DIGITS = 2;
    /** The newer of the two recent histograms takes the place of the older after this time. */
    private static final long RECENT_NS = 30_000_000_000L;

    private static final Stage[] STAGES = Stage.values();

    /** What is noted and not let go: a monotonic time, and in the lowest bit the stage. */
    private final long[] noted = new long[CAPACITY];

    private final long[] sealedPositions = new long[CAPACITY];
    private final long[] sealedEnds = new long[CAPACITY];
    private final Histogram[] total = histograms();
    private Histogram[] recent = histograms();
    private Histogram[] before = histograms();
    private long recentSinceNs;
    private long carriersNs;
    private long noteEnd;
    private long noteStart;
    private long sealed;
    private long sealStart;
    private long sealEnd;

    StageTimes(final long nowNs) {
        recentSinceNs = nowNs;
    }

    private static Histogram[] histograms() {
        final Histogram[] histograms = new Histogram[STAGES.length];
        Arrays.setAll(histograms, stage -> new Histogram(HIGHEST_NS, DIGITS));
        return histograms;
    }

    /** What came in at {@code sinceNs} reaches this stage with what is journaled in this duty cycle. */
    void note(final Stage stage, final long sinceNs) {
        if (noteEnd - noteStart < CAPACITY) {
            noted[(int) noteEnd & MASK] = (sinceNs & ~1L) | (stage == Stage.TO_CARRIER ? 1 : 0);
            noteEnd++;
        }
    }

    /** The duty cycle ends: what was noted in it is let go once the journal is durable up to {@code position}. */
    public void seal(final long position) {
        if (noteEnd > sealed) {
            sealedPositions[(int) sealEnd & MASK] = position;
            sealedEnds[(int) sealEnd & MASK] = noteEnd;
            sealed = noteEnd;
            sealEnd++;
        }
    }

    /** Whether something that was noted is waiting for the journal to reach {@code durable}. */
    public boolean ends(final long durable) {
        return sealStart < sealEnd && sealedPositions[(int) sealStart & MASK] <= durable;
    }

    /** What is for carriers among that which is released next was handed to its sockets by {@code nowNs}. */
    public void writtenToCarriers(final long nowNs) {
        carriersNs = nowNs;
    }

    /** All that waited for the journal to be durable up to {@code durable} was handed to its sockets by {@code nowNs}. */
    public void release(final long durable, final long nowNs) {
        age(nowNs);
        while (ends(durable)) {
            final long end = sealedEnds[(int) sealStart & MASK];
            for (; noteStart < end; noteStart++) {
                final long note = noted[(int) noteStart & MASK];
                final long endNs = (note & 1) == 1 ? carriersNs : nowNs;
                final long ns = Math.max(0, Math.min(HIGHEST_NS, endNs - (note & ~1L)));
                total[(int) note & 1].recordValue(ns);
                recent[(int) note & 1].recordValue(ns);
            }
            sealStart++;
        }
    }

    private void age(final long nowNs) {
        final long ageNs = nowNs - recentSinceNs;
        if (ageNs < RECENT_NS) {
            return;
        }
        final Histogram[] oldest = before;
        before = recent;
        recent = oldest;
        reset(recent);
        if (ageNs >= 2 * RECENT_NS) {
            reset(before);
        }
        recentSinceNs = nowNs;
    }

    private static void reset(final Histogram[] histograms) {
        for (final Histogram histogram : histograms) {
            histogram.reset();
        }
    }

    /** The last 30 to 60 seconds; a copy. */
    public Histogram recent(final Stage stage, final long nowNs) {
        age(nowNs);
        final Histogram copy = recent[stage == Stage.TO_CARRIER ? 1 : 0].copy();
        copy.add(before[stage == Stage.TO_CARRIER ? 1 : 0]);
        return copy;
    }

    /** All since the start, nanoseconds, in HdrHistogram's compressed form, base 64. */
    public String total(final Stage stage) {
        return encoded(total[stage == Stage.TO_CARRIER ? 1 : 0]);
    }

    /** HdrHistogram's compressed form, base 64. */
    public static String encoded(final Histogram histogram) {
        final ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }
}
