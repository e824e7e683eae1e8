package io.trunkline.gateway.export;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A target in memory that adds all or none, and fails now and then: before it has added, or after, which is not told. */
final class MemoryTarget implements ExportTarget {
    private final SplittableRandom random;
    private final double failing;
    private final List<ExportEvent> events = new ArrayList<>();
    private String identity = "first";

    /** @param failing how often a call fails, 0..1 */
    MemoryTarget(final long seed, final double failing) {
        random = new SplittableRandom(seed);
        this.failing = failing;
    }

    synchronized List<ExportEvent> events() {
        return List.copyOf(events);
    }

    /** What was there has gone with its age. */
    synchronized void emptied() {
        events.clear();
    }

    /** Another target has the name now. */
    synchronized void another() {
        events.clear();
        identity = "second";
    }

    /** What was added last is lost: all from an index on. */
    synchronized void loseFrom(final long index) {
        events.removeIf(event -> event.index() >= index);
    }

    private synchronized void fail(final String what) throws ExportException {
        if (random.nextDouble() < failing) {
            throw new ExportException(what, "try again");
        }
    }

    @Override
    public String describe() {
        return "memory";
    }

    @Override
    public Session open() throws ExportException {
        fail("cannot be opened");
        final Reached reached;
        synchronized (this) {
            final ExportEvent last = events.isEmpty() ? null : events.get(events.size() - 1);
            reached = last == null ? new Reached(0, 0, identity) : new Reached(last.index(), last.timeNs(), identity);
        }
        return new MemorySession(reached);
    }

    @Override
    public void wakeUp() {
        // Nothing here waits.
    }

    private final class MemorySession implements Session {
        private final Reached reached;

        MemorySession(final Reached reached) {
            this.reached = reached;
        }

        @Override
        public Reached reached() {
            return reached;
        }

        @Override
        public void write(final List<ExportEvent> more) throws ExportException {
            fail("nothing was added");
            synchronized (MemoryTarget.this) {
                events.addAll(more);
            }
            fail("the answer was lost");
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
