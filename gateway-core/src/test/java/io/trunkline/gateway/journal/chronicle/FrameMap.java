package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.RecordView;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Where the records of a whole cycle file and the headers of its excerpts are. */
final class FrameMap {
    final Path file;
    final List<Frame> frames = new ArrayList<>();
    final List<Long> headers = new ArrayList<>();

    record Frame(long sequence, long start, long end) {}

    FrameMap(final Path file) throws IOException {
        this.file = file;
        final FrameScanner scanner = new FrameScanner(1 << 20);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            scanner.open(channel, CycleFile.label(file), damage -> {
                throw new AssertionError("damaged before the test has damaged it: " + damage);
            });
            for (RecordView record = scanner.next(0); record != null; record = scanner.next(0)) {
                if (scanner.beganExcerpt()) {
                    headers.add(scanner.excerptOffset());
                }
                frames.add(new Frame(record.sequence(), scanner.position() - record.frameLength(), scanner.position()));
            }
        }
    }

    long end() {
        return frames.get(frames.size() - 1).end();
    }

    /** Sequences of the records that have a byte in the range. */
    List<Long> within(final long from, final long to) {
        return frames.stream()
                .filter(frame -> frame.start() < to && from < frame.end())
                .map(Frame::sequence)
                .toList();
    }

    boolean touchesHeader(final long from, final long to) {
        return headers.stream().anyMatch(header -> header < to && from < header + CycleWriter.HEADER_LENGTH);
    }

    /** Replaces bytes and gives back what was there. */
    byte[] replace(final long offset, final byte[] bytes) throws IOException {
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            final byte[] before = new byte[bytes.length];
            random.seek(offset);
            random.readFully(before);
            random.seek(offset);
            random.write(bytes);
            return before;
        }
    }
}
