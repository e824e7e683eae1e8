package io.trunkline.gateway.journal;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Reads the journal on a thread of its own. Records come back through a ring buffer of a fixed size; while it is full
 * the reading thread waits, never the shard. A long request holds up those behind it, so whoever reads much asks in
 * ranges, and what must not wait behind that has a reader of its own. What a disk does not give is not asked for again and again:
 * a request that failed ends some time later, and those behind it go first.
 *
 * <pre>
 *  record:  0 correlation id   8 the whole frame
 *  end:     0 correlation id   8 next sequence   16 failed (0, 1)
 * </pre>
 */
public final class BackgroundReader implements RecordFetcher {
    /** The ring takes messages of an eighth of its size. */
    public static final int MIN_RING_BYTES = 4 << 20;

    private static final int RECORD = 1;
    private static final int END = 2;
    private static final int FRAME_OFFSET = 8;
    private static final int END_LENGTH = 24;
    private static final int BATCH = 256;
    private static final long PARK_NS = 100_000_000L;
    private static final long FULL_PARK_NS = 500_000L;
    private static final long FAILED_HELD_NS = 1_000_000_000L;
    private static final long TELL_EVERY_NS = 60_000_000_000L;

    private final Context context;
    private final OneToOneRingBuffer ring;
    private final OneToOneConcurrentArrayQueue<Request> asked;
    private final OneToOneConcurrentArrayQueue<Request> free;
    private final RecordView view = new RecordView();
    private final MessageHandler handOut = this::handOut;
    private final RecordHandler take = this::take;
    private final Thread thread;
    /** Requests that failed, of the reading thread alone; the oldest first. */
    private final ArrayDeque<Request> failed = new ArrayDeque<>();

    private Handler handler;
    private Request serving;
    private int found;
    private long next;
    private boolean enough;
    private boolean told;
    private long toldNs;

    private volatile boolean waiting;
    private volatile boolean stopping;

    /**
     * What a reader needs.
     *
     * @param name of the thread
     * @param source to read from; closed with the reader
     * @param ringBytes a power of two, at least {@link #MIN_RING_BYTES}
     * @param maxRequests waiting at a time
     * @param wakeUp makes the shard poll; called by the reading thread
     * @param onFailure told why a request failed, by the reading thread; once a minute at most
     */
    public record Context(
            String name,
            RecordSource source,
            int ringBytes,
            int maxRequests,
            Runnable wakeUp,
            Consumer<JournalException> onFailure) {}

    private static final class Request {
        private long correlationId;
        private long from;
        private long to;
        private int max;
        private RecordFilter filter;
        private long next;
        private long failedNs;
    }

    public BackgroundReader(final Context context) {
        if (context.ringBytes() < MIN_RING_BYTES) {
            throw new IllegalArgumentException("a ring of " + context.ringBytes()
                    + " bytes does not take the longest record; it needs at least " + MIN_RING_BYTES);
        }
        this.context = context;
        ring = new OneToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                context.ringBytes() + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
        asked = new OneToOneConcurrentArrayQueue<>(context.maxRequests());
        free = new OneToOneConcurrentArrayQueue<>(context.maxRequests());
        for (int i = 0; i < context.maxRequests(); i++) {
            free.add(new Request());
        }
        thread = new Thread(this::run, context.name());
        thread.start();
    }

    @Override
    public boolean request(
            final long correlationId,
            final long fromSequence,
            final long toSequence,
            final int maxRecords,
            final RecordFilter filter) {
        final Request request = free.poll();
        if (request == null) {
            return false;
        }
        request.correlationId = correlationId;
        request.from = fromSequence;
        request.to = toSequence;
        request.max = maxRecords;
        request.filter = filter;
        asked.add(request);
        if (waiting) {
            LockSupport.unpark(thread);
        }
        return true;
    }

    @Override
    public int poll(final Handler taker, final int limit) {
        handler = taker;
        return ring.read(handOut, limit);
    }

    private void handOut(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        final long correlationId = buffer.getLong(index);
        if (type == RECORD) {
            handler.onRecord(correlationId, view.wrap(buffer, index + FRAME_OFFSET));
        } else {
            handler.onEnd(correlationId, buffer.getLong(index + 8), buffer.getLong(index + 16) != 0);
        }
    }

    private void run() {
        while (!stopping) {
            final Request request = asked.poll();
            if (request != null) {
                serve(request);
            }
            if (!endFailed() && request == null) {
                waiting = true;
                if (asked.isEmpty() && !stopping) {
                    LockSupport.parkNanos(this, PARK_NS);
                }
                waiting = false;
            }
        }
        context.source().close();
    }

    private void serve(final Request request) {
        serving = request;
        found = 0;
        next = request.from;
        enough = request.max <= 0;
        try {
            while (!stopping && !enough && next <= request.to) {
                final long before = next;
                final long left = request.to - next + 1;
                final long after = context.source().read(next, (int) Math.min(BATCH, left), take);
                next = enough ? next : Math.min(after, request.to + 1);
                context.wakeUp().run();
                if (next == before) {
                    break;
                }
            }
        } catch (final JournalException e) {
            request.next = next;
            request.failedNs = System.nanoTime();
            failed.add(request);
            tell(e);
            return;
        }
        over(request, next, false);
    }

    private void tell(final JournalException failure) {
        final long nowNs = System.nanoTime();
        if (!told || nowNs - toldNs >= TELL_EVERY_NS) {
            told = true;
            toldNs = nowNs;
            context.onFailure().accept(failure);
        }
    }

    /** Whether there was one whose time has come. */
    private boolean endFailed() {
        final Request oldest = failed.peek();
        if (oldest == null || System.nanoTime() - oldest.failedNs < FAILED_HELD_NS) {
            return false;
        }
        failed.remove();
        over(oldest, oldest.next, true);
        return true;
    }

    private void over(final Request request, final long nextSequence, final boolean hasFailed) {
        end(request.correlationId, nextSequence, hasFailed);
        request.filter = null;
        free.add(request);
        context.wakeUp().run();
    }

    /** Takes a record of the batch; those behind the last one wanted are passed over. */
    private void take(final RecordView record) {
        if (enough || record.sequence() > serving.to) {
            return;
        }
        if (serving.filter.accept(record)) {
            final int index = claim(RECORD, FRAME_OFFSET + record.frameLength());
            if (index < 0) {
                enough = true;
                return;
            }
            ring.buffer().putLong(index, serving.correlationId);
            ring.buffer().putBytes(index + FRAME_OFFSET, record.buffer(), record.frameOffset(), record.frameLength());
            ring.commit(index);
            found++;
        }
        next = record.sequence() + 1;
        enough = found == serving.max;
    }

    private void end(final long correlationId, final long nextSequence, final boolean hasFailed) {
        final int index = claim(END, END_LENGTH);
        if (index >= 0) {
            ring.buffer().putLong(index, correlationId);
            ring.buffer().putLong(index + 8, nextSequence);
            ring.buffer().putLong(index + 16, hasFailed ? 1 : 0);
            ring.commit(index);
        }
    }

    /** Waits while the ring is full; negative where the reader is closed meanwhile. */
    private int claim(final int type, final int length) {
        int index = ring.tryClaim(type, length);
        while (index < 0 && !stopping) {
            context.wakeUp().run();
            LockSupport.parkNanos(this, FULL_PARK_NS);
            index = ring.tryClaim(type, length);
        }
        return index;
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
