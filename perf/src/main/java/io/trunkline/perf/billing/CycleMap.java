package io.trunkline.perf.billing;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.trunkline.gateway.journal.RecordFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Where the records of a cycle file and the headers of its excerpts are, found by walking the file as the appender wrote it. */
public final class CycleMap {
    private static final int META_DATA = 0x4000_0000;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final int WORD = 4;

    private final Path file;
    private final List<Frame> frames = new ArrayList<>();
    private final List<Long> headers = new ArrayList<>();

    /** A record and the bytes that it takes. */
    public record Frame(long sequence, long start, long end) {}

    public CycleMap(final Path file) throws IOException {
        this.file = file;
        final UnsafeBuffer bytes = new UnsafeBuffer(Files.readAllBytes(file));
        int at = 0;
        while (at + WORD <= bytes.capacity()) {
            final int header = bytes.getInt(at, LITTLE_ENDIAN);
            final int length = header & LENGTH_MASK;
            if (header <= 0 || length == 0) {
                break;
            }
            if ((header & META_DATA) == 0) {
                headers.add((long) at);
                excerpt(bytes, at + WORD, at + WORD + length);
            }
            at = (at + WORD + length + WORD - 1) & -WORD;
        }
    }

    private void excerpt(final UnsafeBuffer bytes, final int begin, final int end) {
        int at = begin;
        while (at < end) {
            final int length = RecordFrame.alignedLength(RecordFrame.length(bytes, at));
            frames.add(new Frame(RecordFrame.sequence(bytes, at), at, (long) at + length));
            at += length;
        }
    }

    public Path file() {
        return file;
    }

    public List<Frame> frames() {
        return frames;
    }

    /** Offsets of the four octets before each excerpt. */
    public List<Long> headers() {
        return headers;
    }

    public long firstSequence() {
        return frames.get(0).sequence();
    }

    public long lastSequence() {
        return frames.get(frames.size() - 1).sequence();
    }

    /** Behind the last record. */
    public long end() {
        return frames.get(frames.size() - 1).end();
    }

    /** Sequences of the records that have an octet in a range. */
    public List<Long> within(final long from, final long to) {
        return frames.stream()
                .filter(frame -> frame.start() < to && from < frame.end())
                .map(Frame::sequence)
                .toList();
    }

    /** Whether an octet of a range belongs to an excerpt's header. */
    public boolean touchesHeader(final long from, final long to) {
        return headers.stream().anyMatch(header -> header < to && from < header + WORD);
    }
}
