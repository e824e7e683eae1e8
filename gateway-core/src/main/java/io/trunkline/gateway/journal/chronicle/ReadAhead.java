package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.RecordFrame;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads on a thread of its own and hands the records over in batches, so that what is done with them goes on beside the reading:
 * the disk, the copy out of the page cache and the checksums cost a restart no time of their own.
 */
final class ReadAhead implements RecordHandler {
    private static final int BATCHES = 4;
    private static final int BATCH_BYTES = 1 << 20;

    /** What is read: called on the reading thread. */
    interface Reading<T> {
        T into(RecordHandler handler) throws IOException;
    }

    /** Whole frames, one behind the other. */
    private static final class Batch {
        final UnsafeBuffer frames = new UnsafeBuffer(ByteBuffer.allocateDirect(BATCH_BYTES + RecordFrame.MAX_LENGTH));
        int length;
        boolean last;
    }

    /** Nobody takes the records any more. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(BATCHES);
    private final BlockingQueue<Batch> read = new ArrayBlockingQueue<>(BATCHES);
    private Batch filling;
    private IOException failed;
    private RuntimeException broken;

    private ReadAhead() {
        for (int i = 0; i < BATCHES; i++) {
            free.add(new Batch());
        }
    }

    /**
     * Reads all there is.
     *
     * @param handler called on the calling thread
     * @return what the reading gives
     */
    static <T> T read(final Reading<T> reading, final RecordHandler handler) throws IOException {
        final ReadAhead ahead = new ReadAhead();
        final Object[] result = new Object[1];
        final Thread reader = new Thread(() -> result[0] = ahead.run(reading), "journal-read");
        reader.setDaemon(true);
        reader.start();
        try {
            ahead.handOut(handler);
        } finally {
            reader.interrupt();
            join(reader);
        }
        if (ahead.failed != null) {
            throw ahead.failed;
        }
        if (ahead.broken != null) {
            throw ahead.broken;
        }
        @SuppressWarnings("unchecked")
        final T given = (T) result[0];
        return given;
    }

    private <T> T run(final Reading<T> reading) {
        T result = null;
        try {
            filling = free.take();
            result = reading.into(this);
        } catch (final IOException e) {
            failed = e;
        } catch (final Abandoned | InterruptedException e) {
            return null;
        } catch (final RuntimeException e) {
            broken = e;
        }
        filling.last = true;
        // There is room for as many as there are.
        read.add(filling);
        return result;
    }

    @Override
    public void onRecord(final RecordView record) {
        final int length = record.frameLength();
        filling.frames.putBytes(filling.length, record.buffer(), record.frameOffset(), length);
        filling.length += length;
        if (filling.length >= BATCH_BYTES) {
            read.add(filling);
            try {
                filling = free.take();
            } catch (final InterruptedException e) {
                throw new Abandoned();
            }
        }
    }

    private void handOut(final RecordHandler handler) {
        final RecordView view = new RecordView();
        boolean last = false;
        while (!last) {
            final Batch batch;
            try {
                batch = read.take();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the journal was read", e);
            }
            for (int at = 0; at < batch.length; at += view.frameLength()) {
                handler.onRecord(view.wrap(batch.frames, at));
            }
            last = batch.last;
            batch.length = 0;
            free.add(batch);
        }
    }

    private static void join(final Thread reader) {
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
