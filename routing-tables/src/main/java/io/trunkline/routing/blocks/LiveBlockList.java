package io.trunkline.routing.blocks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.List;

/**
 * The block and safe lists in force. Whoever asks takes {@link #current} and never waits; changes are made aside, one after
 * the other, and published whole by a release-store. However many lines come at once, they count from the same moment.
 */
public final class LiveBlockList {
    private static final VarHandle CURRENT;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(LiveBlockList.class, "current", BlockList.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // Only through CURRENT.
    private BlockList current;

    /** Lists with what is in force first. */
    public LiveBlockList(final BlockList first) {
        CURRENT.setRelease(this, first);
    }

    /** The lists in force; take them once per unit. */
    public BlockList current() {
        return (BlockList) CURRENT.getAcquire(this);
    }

    /** Adds lines to those in force, or puts them in the place of like ones. */
    public synchronized void add(final Collection<BlockEntry> entries, final long nowMs) {
        CURRENT.setRelease(this, current().toBuilder().addAll(entries).build(nowMs));
    }

    /** Removes lines; returns how many of them there were. */
    public synchronized int remove(final List<BlockEntry> like, final long nowMs) {
        final BlockList.Builder builder = current().toBuilder();
        int removed = 0;
        for (final BlockEntry entry : like) {
            removed += builder.remove(entry) ? 1 : 0;
        }
        CURRENT.setRelease(this, builder.build(nowMs));
        return removed;
    }

    /** Puts other lists into force. */
    public synchronized void replace(final BlockList lists) {
        CURRENT.setRelease(this, lists);
    }
}
