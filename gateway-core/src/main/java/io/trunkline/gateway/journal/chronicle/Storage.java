package io.trunkline.gateway.journal.chronicle;

import java.io.IOException;
import java.nio.file.Path;

/** What the journal asks of the disk besides storing: the seam at which tests make a disk fail. */
interface Storage {
    /** Opens a file of ours for forcing and allocating; creates it where it does not exist. */
    Handle open(Path file) throws IOException;

    /** Makes creations, renames and deletions in a directory durable. */
    void forceDirectory(Path directory) throws IOException;

    /** Bytes that may still be used on the file system of {@code path}. */
    long usableBytes(Path path) throws IOException;

    /** One open file. Methods may be called by different threads at a time. */
    interface Handle {
        /** Returns once all bytes written to the file before, also through mappings, are on the disk. */
        void force() throws IOException;

        /** Allocates blocks for the range without changing the length of the file. */
        void allocate(long offset, long length) throws IOException;

        /** Gives back all blocks behind {@code end}; a longer file is cut there. */
        void releaseBehind(long end) throws IOException;

        /** Writes a range of the file to itself, so that a following force has it to write. */
        void rewrite(long offset, long length) throws IOException;

        void close() throws IOException;
    }
}
