package io.trunkline.gateway.events;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One tenant's events: how many there are, where they are, and who wants them. */
final class TenantStream {
    private static final Attachment[] NONE = {};

    private final int tenant;
    private final EventIndex index;
    private final List<Cursor> cursors = new ArrayList<>();
    private long assigned;
    private long last;
    private long lastRecord;
    // Replaced, never changed: a sink may detach while it is being told.
    private Attachment[] attached = NONE;
    private EventTail tail;

    TenantStream(final int tenant, final EventStreamLimits limits) {
        this.tenant = tenant;
        this.index = new EventIndex(limits.indexEvery(), limits.indexEntries());
    }

    int tenant() {
        return tenant;
    }

    EventIndex index() {
        return index;
    }

    /** Takes the next sequence, for an event whose record is about to be committed. */
    long next() {
        return ++assigned;
    }

    /** Sequence of the newest event that is committed. */
    long last() {
        return last;
    }

    /** Sequence of the record that carries it. */
    long lastRecord() {
        return lastRecord;
    }

    void onRecord(final long sequence, final long record, final long timeMs) {
        restoreLast(sequence);
        lastRecord = Math.max(lastRecord, record);
        index.note(sequence, record, timeMs);
    }

    void restoreLast(final long sequence) {
        last = Math.max(last, sequence);
        assigned = Math.max(assigned, sequence);
    }

    /** The newest record that may carry an event which is only known from a checkpoint. */
    void restoreLastRecord(final long record) {
        lastRecord = Math.max(lastRecord, record);
    }

    int cursors() {
        return cursors.size();
    }

    void forEachCursor(final Consumer<Cursor> action) {
        cursors.forEach(action);
    }

    Cursor cursor(final String name) {
        for (int i = 0; i < cursors.size(); i++) {
            if (cursors.get(i).name().equals(name)) {
                return cursors.get(i);
            }
        }
        return null;
    }

    Cursor cursor(final int number) {
        for (int i = 0; i < cursors.size(); i++) {
            if (cursors.get(i).number() == number) {
                return cursors.get(i);
            }
        }
        return null;
    }

    void add(final Cursor cursor) {
        cursors.add(cursor);
    }

    void remove(final Cursor cursor) {
        cursors.remove(cursor);
    }

    /** Of those that nobody is attached to, the one that has been so for longest; null where there is none. */
    Cursor longestUnused() {
        Cursor longest = null;
        for (int i = 0; i < cursors.size(); i++) {
            final Cursor cursor = cursors.get(i);
            if (cursor.attachment() == null && (longest == null || cursor.seenNs() - longest.seenNs() < 0)) {
                longest = cursor;
            }
        }
        return longest;
    }

    Attachment[] attached() {
        return attached;
    }

    void attach(final Attachment attachment) {
        final List<Attachment> all = new ArrayList<>(List.of(attached));
        all.add(attachment);
        attached = all.toArray(NONE);
    }

    void detach(final Attachment attachment) {
        final List<Attachment> all = new ArrayList<>(List.of(attached));
        all.remove(attachment);
        attached = all.toArray(NONE);
    }

    EventTail tail() {
        return tail;
    }

    void tail(final EventTail newTail) {
        tail = newTail;
    }
}
