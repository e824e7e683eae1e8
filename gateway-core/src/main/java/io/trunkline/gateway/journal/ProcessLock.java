package io.trunkline.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One process at a time: a lock on a file, in which its number stands, and which the kernel lets go of when it dies. */
public final class ProcessLock implements AutoCloseable {
    private final FileChannel channel;

    private ProcessLock(final FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param what is locked: {@code journal /var/lib/trunkline/journal/shard-0}
     * @param remedy what to do where another has it
     * @throws JournalException where another has it
     */
    public static ProcessLock acquire(final Path file, final String what, final String remedy) throws IOException {
        final FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        final FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            final String holder =
                    Files.readString(file, StandardCharsets.US_ASCII).strip();
            throw new JournalException(what + " is in use by process " + holder + "; " + remedy);
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        return new ProcessLock(channel);
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
