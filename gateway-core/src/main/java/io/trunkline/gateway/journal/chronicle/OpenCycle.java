package io.trunkline.gateway.journal.chronicle;

import java.io.IOException;

/** A cycle file that is written, or is ready to be, with our own descriptor on it and the space allocated in it. */
final class OpenCycle {
    private final long cycle;
    private final CycleFile file;
    private final Storage.Handle handle;
    private volatile long allocatedEnd;

    OpenCycle(final long cycle, final CycleFile file, final Storage.Handle handle) {
        this.cycle = cycle;
        this.file = file;
        this.handle = handle;
    }

    long cycle() {
        return cycle;
    }

    CycleFile file() {
        return file;
    }

    Storage.Handle handle() {
        return handle;
    }

    /** No store below this offset can find the disk full. */
    long allocatedEnd() {
        return allocatedEnd;
    }

    /** Bytes that can be appended and find their space allocated. */
    long headroom() {
        return allocatedEnd - file.endOffset() - CycleWriter.OWN_BYTES;
    }

    /** Allocates what an append of so many bytes needs. */
    void makeRoom(final int bytes) throws IOException {
        allocateTo(file.endOffset() + bytes + 2 * CycleWriter.OWN_BYTES);
    }

    /** Allocates up to an offset; does nothing where that is done already. */
    synchronized void allocateTo(final long end) throws IOException {
        if (end > allocatedEnd) {
            handle.allocate(allocatedEnd, end - allocatedEnd);
            allocatedEnd = end;
        }
    }
}
