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

    /** Allocates up to an offset; does nothing where that is done already. */
    synchronized void allocateTo(final long end) throws IOException {
        if (end > allocatedEnd) {
            handle.allocate(allocatedEnd, end - allocatedEnd);
            allocatedEnd = end;
        }
    }
}
