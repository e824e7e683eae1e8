package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One daemon per journal: a lock that the kernel lets go of when its holder dies. */
final class JournalLock implements AutoCloseable {
    static final String FILE_NAME = "journal.lock";

    private final FileChannel channel;

    private JournalLock(final FileChannel channel) {
        this.channel = channel;
    }

    static JournalLock acquire(final Path directory) throws IOException {
        final Path file = directory.resolve(FILE_NAME);
        final FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        final FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            final String holder =
                    Files.readString(file, StandardCharsets.US_ASCII).strip();
            throw new JournalException("journal " + directory + " is in use by process " + holder
                    + "; stop it, or give this instance a data directory of its own");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        return new JournalLock(channel);
    }

    private static FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
