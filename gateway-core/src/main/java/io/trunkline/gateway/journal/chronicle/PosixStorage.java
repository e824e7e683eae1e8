package io.trunkline.gateway.journal.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;

/**
 * The disk by way of POSIX. Forcing goes through {@link FileChannel#force}, which is {@code fdatasync(2)} on Linux and
 * throws what the kernel reports; since the descriptor is opened before the first byte is written, no error of
 * write-back is reported to somebody else only.
 */
final class PosixStorage implements Storage {
    private static final int KEEP_SIZE = 1;
    private static final int REWRITE_BYTES = 1 << 20;

    @Override
    public Handle open(final Path file) throws IOException {
        final FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        final int descriptor = PosixAPI.posix().open(file.toString(), OpenFlag.O_RDWR, 0);
        if (descriptor < 0) {
            channel.close();
            throw new IOException("cannot open " + file + ": " + lastError());
        }
        return new PosixHandle(file, channel, descriptor);
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long usableBytes(final Path path) {
        return path.toFile().getUsableSpace();
    }

    private static String lastError() {
        final int error = PosixAPI.posix().lastError();
        return PosixAPI.posix().strerror(error) + " (errno " + error + ")";
    }

    private static final class PosixHandle implements Handle {
        private final Path file;
        private final FileChannel channel;
        private int descriptor;

        PosixHandle(final Path file, final FileChannel channel, final int descriptor) {
            this.file = file;
            this.channel = channel;
            this.descriptor = descriptor;
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public synchronized void allocate(final long offset, final long length) throws IOException {
            if (PosixAPI.posix().fallocate(open(), KEEP_SIZE, offset, length) != 0) {
                throw new IOException(
                        "cannot allocate " + length + " bytes at " + offset + " of " + file + ": " + lastError());
            }
        }

        @Override
        public synchronized void releaseBehind(final long end) throws IOException {
            // FileChannel.truncate() does nothing where the file is not longer; blocks behind its end would stay.
            if (PosixAPI.posix().ftruncate(open(), Math.min(end, channel.size())) != 0) {
                throw new IOException("cannot cut " + file + " at " + end + ": " + lastError());
            }
        }

        @Override
        public void rewrite(final long offset, final long length) throws IOException {
            final ByteBuffer bytes = ByteBuffer.allocateDirect(REWRITE_BYTES);
            long at = offset;
            while (at < offset + length) {
                bytes.clear().limit((int) Math.min(REWRITE_BYTES, offset + length - at));
                if (channel.read(bytes, at) <= 0) {
                    return;
                }
                bytes.flip();
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            }
        }

        private int open() throws IOException {
            if (descriptor < 0) {
                throw new IOException(file + " is closed");
            }
            return descriptor;
        }

        @Override
        public synchronized void close() throws IOException {
            if (descriptor >= 0) {
                PosixAPI.posix().close(descriptor);
                descriptor = -1;
            }
            channel.close();
        }
    }
}
