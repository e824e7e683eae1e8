package io.trunkline.gateway.billing.cdr;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The file system, and a process that dies, or a disk that refuses, at the n-th thing done to it. */
final class MortalStorage implements CdrStorage {
    private long left;

    /** The process is dead. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Death() {
            super("killed", null, false, false);
        }
    }

    private final boolean refuses;

    /**
     * A disk.
     *
     * @param steps that are done before it happens
     * @param refuses the disk says no instead of the process dying
     */
    MortalStorage(final long steps, final boolean refuses) {
        left = steps;
        this.refuses = refuses;
    }

    private void step() throws IOException {
        if (--left < 0) {
            if (refuses) {
                throw new IOException("No space left on device");
            }
            throw new Death();
        }
    }

    /** Steps that were not used up. */
    long left() {
        return left;
    }

    @Override
    public OutputStream create(final Path file) throws IOException {
        step();
        return new FilterOutputStream(FILES.create(file)) {
            @Override
            public void write(final byte[] octets, final int offset, final int length) throws IOException {
                try {
                    step();
                } catch (final IOException | Death e) {
                    // Half of it has reached the file.
                    out.write(octets, offset, length / 2);
                    out.flush();
                    throw e;
                }
                out.write(octets, offset, length);
            }
        };
    }

    @Override
    public void force(final Path file) throws IOException {
        step();
        FILES.force(file);
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        step();
        FILES.rename(from, to);
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException {
        step();
        FILES.forceDirectory(directory);
    }
}
