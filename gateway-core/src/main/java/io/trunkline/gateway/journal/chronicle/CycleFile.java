package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.RecordFrame;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * One cycle file of a run and what it holds. While it is written the shard changes it; other threads look only at
 * {@link #firstSequence()}, {@link #lastSequence()} and the index until it is handed over by a queue.
 */
final class CycleFile {
    static final String SUFFIX = ".cq4";
    /** Bytes between entries of the index. */
    static final long INDEX_SPACING = 256 * 1024;

    private final Path path;
    private SparseIndex index = new SparseIndex();
    private volatile long firstSequence;
    private volatile long lastSequence;
    private long count;
    private long excerpts;
    private volatile long endOffset;
    private long unheaded = -1;
    private long hash;
    private long firstWallNs;
    private long lastWallNs;
    private long nextIndexOffset;
    private Manifest manifest;

    CycleFile(final Path path) {
        this.path = path;
    }

    static CycleFile of(final Path path, final Manifest manifest) {
        final CycleFile file = new CycleFile(path);
        file.manifest = manifest;
        file.firstSequence = manifest.first();
        file.lastSequence = manifest.last();
        file.endOffset = manifest.end();
        file.lastWallNs = manifest.lastWallNs();
        file.firstWallNs = manifest.firstWallNs();
        return file;
    }

    Path path() {
        return path;
    }

    /** {@code run-000012/20261121-0800V.cq4}. */
    String label() {
        return label(path);
    }

    static String label(final Path path) {
        return path.getParent().getFileName() + "/" + path.getFileName();
    }

    Path manifestPath() {
        return path.resolveSibling(path.getFileName().toString().replace(SUFFIX, Manifest.SUFFIX));
    }

    /** The manifest that the file was closed with; null while it is open or where it was never closed. */
    Manifest manifest() {
        return manifest;
    }

    /** 0 before the first record. */
    long firstSequence() {
        return firstSequence;
    }

    long lastSequence() {
        return lastSequence;
    }

    /** Behind the last excerpt. */
    long endOffset() {
        return endOffset;
    }

    long lastWallNs() {
        return lastWallNs;
    }

    SparseIndex index() {
        return manifest == null ? index : manifest.index();
    }

    boolean empty() {
        return lastSequence == 0;
    }

    /** An excerpt whose header is at {@code offset} begins with record {@code sequence}. */
    void excerpt(final long sequence, final long offset) {
        excerpts++;
        if (offset >= nextIndexOffset) {
            index.add(sequence, offset);
            nextIndexOffset = offset + INDEX_SPACING;
        }
    }

    /** The next record in order. */
    void record(final long sequence, final int crc, final long wallNs) {
        if (firstSequence == 0) {
            firstWallNs = wallNs;
            firstSequence = sequence;
        }
        count++;
        hash = RollingHash.next(hash, sequence, crc);
        lastWallNs = wallNs;
    }

    /** Records in order, one frame behind the other from offset 0. */
    void records(final DirectBuffer frames, final int bytes) {
        for (int at = 0; at < bytes; at += RecordFrame.alignedLength(RecordFrame.length(frames, at))) {
            record(RecordFrame.sequence(frames, at), RecordFrame.crc(frames, at), RecordFrame.wallTimeNs(frames, at));
        }
    }

    /** The records so far end at {@code offset}, the last of them is {@code sequence}. */
    void advance(final long sequence, final long offset) {
        endOffset = offset;
        lastSequence = sequence;
    }

    /** Nothing is known of an unclosed file any more; it will be read again. */
    void forget() {
        if (manifest == null) {
            index = new SparseIndex();
            firstSequence = 0;
            lastSequence = 0;
            count = 0;
            excerpts = 0;
            endOffset = 0;
            unheaded = -1;
            hash = 0;
            nextIndexOffset = 0;
        }
    }

    /** Records from this offset on stand behind a header that was never completed. */
    void unheadedFrom(final long offset) {
        if (unheaded < 0) {
            unheaded = offset;
        }
    }

    /** Whether what a reader finds wrong is no more than such a header, which recovery knows of and lost nothing by. */
    boolean knows(final Damage damage) {
        final Manifest closedWith = manifest;
        return closedWith != null && closedWith.knows(damage);
    }

    long hash() {
        return hash;
    }

    long count() {
        return count;
    }

    Manifest close(final boolean clean) {
        manifest = new Manifest(
                path.getFileName().toString(),
                clean,
                firstSequence,
                lastSequence,
                count,
                excerpts,
                endOffset,
                unheaded,
                hash,
                firstWallNs,
                lastWallNs,
                index);
        return manifest;
    }
}
