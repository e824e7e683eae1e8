package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordSource;
import io.trunkline.gateway.journal.RecordView;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Reads records of a journal that is being written, never beyond what the shard has published. For one thread. */
final class CycleSource implements RecordSource {
    private static final int CHUNK = 128 * 1024;

    private final CycleList cycles;
    private final LongSupplier published;
    private final Consumer<Damage> damages;
    private final FrameScanner scanner = new FrameScanner(CHUNK);
    private CycleFile file;
    private FileChannel channel;
    private long newestRead;

    CycleSource(final CycleList cycles, final LongSupplier published, final Consumer<Damage> damages) {
        this.cycles = cycles;
        this.published = published;
        this.damages = damages;
    }

    @Override
    public long read(final long fromSequence, final int maxRecords, final RecordHandler handler) {
        final long newest = newest();
        long next = Math.max(fromSequence, oldest());
        int handed = 0;
        try {
            while (handed < maxRecords && next <= newest) {
                final CycleFile holder = cycles.find(next);
                if (holder == null) {
                    return newest + 1;
                }
                final long last = Math.min(holder.lastSequence(), newest);
                next = Math.max(next, holder.firstSequence());
                final long wanted = Math.min(last, next + maxRecords - handed - 1);
                if (!position(holder, next, wanted, newest)) {
                    continue;
                }
                scanner.require(wanted);
                handed += readFrom(next, wanted, maxRecords - handed, handler);
                next = handed == maxRecords ? scanner.expected() : Math.max(next, wanted + 1);
            }
        } catch (final IOException e) {
            throw new JournalException("the journal cannot be read from record " + next + " on: " + e, e);
        }
        return Math.max(next, fromSequence);
    }

    private int readFrom(final long first, final long last, final int limit, final RecordHandler handler)
            throws IOException {
        int handed = 0;
        while (handed < limit && scanner.expected() <= last) {
            final RecordView record = scanner.next(first);
            if (record == null || record.sequence() > last) {
                break;
            }
            handler.onRecord(record);
            handed++;
        }
        return handed;
    }

    /**
     * Goes on where the last read ended if the record lies a little ahead, else looks up where to begin.
     *
     * @return false where retention has let go of the file meanwhile
     */
    private boolean position(final CycleFile holder, final long next, final long wanted, final long newest)
            throws IOException {
        final int entry = holder.index().floor(next);
        final long offset = entry < 0 ? 0 : holder.index().offset(entry);
        final boolean ahead =
                holder == file && scanner.expected() <= next && scanner.expected() > 0 && scanner.position() >= offset;
        if (ahead) {
            if (wanted > newestRead) {
                scanner.refresh();
                newestRead = newest;
            }
        } else {
            if (holder != file) {
                close();
                try {
                    channel = FileChannel.open(holder.path(), StandardOpenOption.READ);
                } catch (final NoSuchFileException e) {
                    if (cycles.find(next) == holder) {
                        throw e;
                    }
                    return false;
                }
                file = holder;
            }
            final long expected =
                    entry < 0 ? holder.firstSequence() : holder.index().sequence(entry);
            scanner.open(channel, holder.label(), offset, expected, damage -> {
                if (!holder.knows(damage)) {
                    damages.accept(damage);
                }
            });
            newestRead = newest;
        }
        return true;
    }

    @Override
    public long oldest() {
        return cycles.oldest(newest() + 1);
    }

    @Override
    public long newest() {
        return published.getAsLong();
    }

    @Override
    public void close() {
        file = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException e) {
                throw new JournalException("cannot close a file of the journal: " + e, e);
            }
            channel = null;
        }
    }
}
