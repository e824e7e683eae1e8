package io.trunkline.gateway.journal.chronicle;

import java.util.Arrays;
import java.util.List;

/** The cycle files that can be read, in order of their records; the last one is written. Read by any thread. */
final class CycleList {
    private volatile CycleFile[] files;

    CycleList(final List<CycleFile> initial) {
        files = initial.toArray(CycleFile[]::new);
    }

    CycleFile[] files() {
        return files;
    }

    synchronized void add(final CycleFile file) {
        final CycleFile[] longer = Arrays.copyOf(files, files.length + 1);
        longer[files.length] = file;
        files = longer;
    }

    synchronized void remove(final CycleFile file) {
        files = Arrays.stream(files).filter(f -> f != file).toArray(CycleFile[]::new);
    }

    /** What they use, all together. */
    long bytes() {
        long bytes = 0;
        for (final CycleFile file : files) {
            bytes += file.endOffset();
        }
        return bytes;
    }

    /** The oldest sequence; {@code otherwise} where there is no record. */
    long oldest(final long otherwise) {
        for (final CycleFile file : files) {
            if (!file.empty()) {
                return file.firstSequence();
            }
        }
        return otherwise;
    }

    /** The file that holds a sequence, or the first one behind it; null where there is none. */
    CycleFile find(final long sequence) {
        final CycleFile[] snapshot = files;
        CycleFile result = null;
        for (int i = snapshot.length - 1; i >= 0; i--) {
            final CycleFile file = snapshot[i];
            if (file.empty()) {
                continue;
            }
            if (file.lastSequence() < sequence) {
                return result;
            }
            result = file;
            if (file.firstSequence() <= sequence) {
                return file;
            }
        }
        return result;
    }
}
