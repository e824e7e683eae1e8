package io.trunkline.gateway.journal.chronicle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that fails when the test says so. */
final class FailingStorage implements Storage {
    private final Storage disk = new PosixStorage();

    /** Forces fail from now on until it is false again. */
    volatile boolean forceFails;

    /** No space from now on until it is false again. */
    volatile boolean full;

    /** Says how much is free; the truth where negative. */
    volatile long free = -1;

    /** Bytes written to themselves. */
    final AtomicLong rewritten = new AtomicLong();

    final AtomicInteger forcesFailed = new AtomicInteger();

    @Override
    public Handle open(final Path file) throws IOException {
        return new FailingHandle(disk.open(file));
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public long usableBytes(final Path path) throws IOException {
        return free < 0 ? disk.usableBytes(path) : free;
    }

    private final class FailingHandle implements Handle {
        private final Handle handle;

        FailingHandle(final Handle handle) {
            this.handle = handle;
        }

        @Override
        public void force() throws IOException {
            if (forceFails) {
                forcesFailed.incrementAndGet();
                throw new IOException("Input/output error");
            }
            handle.force();
        }

        @Override
        public void allocate(final long offset, final long length) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            handle.allocate(offset, length);
        }

        @Override
        public void releaseBehind(final long end) throws IOException {
            handle.releaseBehind(end);
        }

        @Override
        public void rewrite(final long offset, final long length) throws IOException {
            rewritten.addAndGet(length);
            handle.rewrite(offset, length);
        }

        @Override
        public void close() throws IOException {
            handle.close();
        }
    }
}
