package io.trunkline.gateway.journal;

import io.trunkline.gateway.config.JournalSettings.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal in memory for the simulator and for tests: the same frames, and a disk that does as it is told. At
 * {@code PROCESS} records are durable once published, at {@code DISK} when the test says {@link #force()}. A
 * {@link #crash} gives the journal that the next process finds.
 */
public final class InMemoryJournal implements JournalStore {
    private final Durability durability;
    private final RecordStaging staging = new RecordStaging(0);
    private final NavigableMap<Long, UnsafeBuffer> frames;
    private final TreeSet<Long> damaged = new TreeSet<>();
    private final long next;
    private final long checkpointFound;
    private final long lostAtEnd;

    private long published;
    private long durable;
    private long wallTimeNs;
    private long checkpointBegin;
    private long checkpointEnd;
    private long checkpointDurable;
    private boolean started;
    private boolean low;
    private boolean exhausted;
    private boolean failed;

    /** A journal without records. */
    public InMemoryJournal(final Durability durability) {
        this(durability, new TreeMap<>(), 1, 0, 0);
    }

    private InMemoryJournal(
            final Durability durability,
            final NavigableMap<Long, UnsafeBuffer> frames,
            final long next,
            final long checkpointFound,
            final long lostAtEnd) {
        this.durability = durability;
        this.frames = frames;
        this.next = next;
        this.checkpointFound = checkpointFound;
        this.checkpointDurable = checkpointFound;
        this.lostAtEnd = lostAtEnd;
        staging.startAfter(next - 1);
        published = next - 1;
        durable = published;
    }

    /**
     * The process dies, or with it the machine. What is staged is gone; of what is published and not durable the first
     * {@code survivors} records remain.
     *
     * @return what the next process opens
     */
    public InMemoryJournal crash(final int survivors) {
        final TreeMap<Long, UnsafeBuffer> left = new TreeMap<>(frames.headMap(durable, true));
        frames.tailMap(durable, false).entrySet().stream()
                .limit(survivors)
                .forEach(entry -> left.put(entry.getKey(), entry.getValue()));
        final InMemoryJournal after = new InMemoryJournal(
                durability, left, published + 1, checkpointDurable, frames.size() - (long) left.size());
        after.damaged.addAll(damaged);
        return after;
    }

    /** Records published but not durable: what a crash may lose. */
    public int atRisk() {
        return frames.tailMap(durable, false).size();
    }

    /** The disk has everything that was published. */
    public void force() {
        durable = failed ? durable : published;
        noteCheckpoint();
    }

    /** The record cannot be read any more. */
    public void damage(final long sequence) {
        damaged.add(sequence);
    }

    /** The disk is nearly full, or has space again. */
    public void storageLow(final boolean isLow) {
        low = isLow;
    }

    /** Even the reserve is nearly used up, or there is space again. */
    public void exhausted(final boolean isExhausted) {
        low = isExhausted;
        exhausted = isExhausted;
    }

    /** A durability error: final. */
    public void fail() {
        failed = true;
    }

    @Override
    public RecoveryReport recover(final boolean fromLastCheckpoint, final RecordHandler handler) {
        final long from = fromLastCheckpoint ? checkpointFound : 0;
        final List<Damage> places = new ArrayList<>();
        final RecordView view = new RecordView();
        long records = 0;
        long bytes = 0;
        long first = 0;
        long last = 0;
        for (final var entry : frames.tailMap(from, true).entrySet()) {
            if (damaged.contains(entry.getKey())) {
                places.add(new Damage(
                        Damage.Kind.RECORD, "memory", -1, -1, entry.getKey(), entry.getKey(), "damaged by the test"));
                continue;
            }
            first = first == 0 ? entry.getKey() : first;
            last = entry.getKey();
            records++;
            bytes += entry.getValue().capacity();
            handler.onRecord(view.wrap(entry.getValue(), 0));
        }
        return new RecoveryReport(from, first, last, next, records, bytes, 0, lostAtEnd, places, 0);
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public MutableDirectBuffer buffer() {
        return staging.buffer();
    }

    @Override
    public int begin(final int templateId, final long unitId, final int maxLength) {
        if (!staging.fits(maxLength)) {
            publish();
        }
        return staging.begin(templateId, unitId, maxLength, wallTimeNs);
    }

    @Override
    public long commit(final int length) {
        final long sequence = staging.commit(length);
        if (staging.full()) {
            publish();
        }
        return sequence;
    }

    @Override
    public long committed() {
        return staging.last();
    }

    @Override
    public void publish() {
        if (failed) {
            return;
        }
        final MutableDirectBuffer buffer = staging.buffer();
        int at = 0;
        while (at < staging.length()) {
            final int length = RecordFrame.alignedLength(RecordFrame.length(buffer, at));
            final byte[] copy = new byte[length];
            buffer.getBytes(at, copy);
            frames.put(RecordFrame.sequence(buffer, at), new UnsafeBuffer(copy));
            at += length;
        }
        staging.clear();
        published = staging.last();
        if (durability == Durability.PROCESS) {
            durable = published;
            noteCheckpoint();
        }
    }

    @Override
    public long durable() {
        return durable;
    }

    @Override
    public boolean accepting() {
        return started && !low && !failed;
    }

    @Override
    public boolean exhausted() {
        return exhausted;
    }

    @Override
    public void wallTimeNs(final long now) {
        wallTimeNs = now;
    }

    @Override
    public RecordSource newSource() {
        return new Source();
    }

    @Override
    public void readNames(final RecordHandler handler) {
        final RecordView view = new RecordView();
        final CheckpointNames names = new CheckpointNames(checkpointDurable, handler);
        for (long next = checkpointDurable; !names.complete() && frames.containsKey(next); next++) {
            names.onRecord(view.wrap(frames.get(next), 0));
        }
    }

    @Override
    public void checkpointCompleted(final long beginSequence) {
        checkpointBegin = beginSequence;
        checkpointEnd = committed();
        noteCheckpoint();
    }

    private void noteCheckpoint() {
        if (checkpointBegin > 0 && checkpointEnd <= durable) {
            checkpointDurable = checkpointBegin;
        }
    }

    @Override
    public void retain(final long floorSequence, final Duration keep) {
        final long floor = Math.min(floorSequence, checkpointDurable);
        final long oldestWallNs = wallTimeNs - keep.toNanos();
        while (!frames.isEmpty()
                && frames.firstKey() < floor
                && RecordFrame.wallTimeNs(frames.firstEntry().getValue(), 0) < oldestWallNs) {
            frames.pollFirstEntry();
        }
    }

    @Override
    public long headroom() {
        return Long.MAX_VALUE;
    }

    @Override
    public JournalStatus status() {
        final JournalStatus.Condition condition = failed
                ? JournalStatus.Condition.FAILED
                : low ? JournalStatus.Condition.STORAGE_LOW : JournalStatus.Condition.OK;
        final long bytes =
                frames.values().stream().mapToLong(UnsafeBuffer::capacity).sum();
        return new JournalStatus(
                condition,
                condition == JournalStatus.Condition.OK ? "" : "as the test said",
                durability,
                1,
                published,
                durable,
                frames.isEmpty() ? published + 1 : frames.firstKey(),
                0,
                bytes,
                0,
                Long.MAX_VALUE,
                0);
    }

    @Override
    public void close() {
        publish();
        force();
    }

    private final class Source implements RecordSource {
        private final RecordView view = new RecordView();

        @Override
        public long read(final long fromSequence, final int maxRecords, final RecordHandler handler) {
            long after = fromSequence;
            int handed = 0;
            for (final var entry : frames.tailMap(fromSequence, true).entrySet()) {
                if (handed == maxRecords) {
                    return after;
                }
                after = entry.getKey() + 1;
                if (!damaged.contains(entry.getKey())) {
                    handler.onRecord(view.wrap(entry.getValue(), 0));
                    handed++;
                }
            }
            return Math.max(fromSequence, published + 1);
        }

        @Override
        public long oldest() {
            return frames.isEmpty() ? published + 1 : frames.firstKey();
        }

        @Override
        public long newest() {
            return published;
        }

        @Override
        public void close() {}
    }
}
