package io.trunkline.gateway.journal.chronicle;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.RecordFilter;
import io.trunkline.gateway.journal.RecordFrame;
import io.trunkline.gateway.journal.RecordView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks the records of one cycle file and trusts nothing in it but frames with the right checksum and an increasing
 * sequence. Chronicle's four-byte headers are a guide from excerpt to excerpt:
 *
 * <pre>
 *   bit 31      not complete: being written, or torn
 *   bit 30      metadata: Chronicle's own (store header, index), skipped
 *   bits 29..0  length of what follows; the next header is at the next multiple of 4
 *   0           nothing was written here yet          0xC0000000  nothing will be written here any more
 * </pre>
 *
 * Where the guide fails, or a record does, or the records end before they should, the file is searched on, word by word,
 * for the next whole frame; what lies between is reported. Reading goes by {@code pread}, so that neither a short file
 * nor a bad sector can fault in a mapping. Used by one thread.
 */
final class FrameScanner {
    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int META_DATA = 0x4000_0000;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final int MAX_EXCERPT = 64 << 20;
    private static final int WORD = 4;
    /** {@link #excerptEnd}: at a header. */
    private static final long AT_HEADER = -1;
    /** {@link #excerptEnd}: among records of an excerpt whose header cannot be trusted. */
    private static final long UNKNOWN = -2;
    /** How far ahead of the expected one a sequence may be where nothing says how many there are. */
    private static final long PLAUSIBLE_GAP = 1L << 40;

    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private final int chunk;
    private final CRC32C crc = new CRC32C();
    private final RecordView view = new RecordView();
    private final RecordView peeked = new RecordView();
    private RecordFilter checked = RecordFilter.ALL;

    private FileChannel channel;
    private String label = "";
    private Consumer<Damage> damages = d -> {};
    private long windowStart;
    private int windowLength;
    private long fileSize;

    private long position;
    private long expected;
    private long required;
    private boolean searchTail;
    private long excerptEnd;
    private long metaFrom;
    private long excerpt;
    private long excerptOffset;
    private boolean firstOfExcerpt;
    private long tornBytes;
    private boolean ended;

    /** @param chunk bytes read at a time; small for single records, large for whole files */
    FrameScanner(final int chunk) {
        this.chunk = chunk;
        final int capacity = Math.max(chunk, 2 * RecordFrame.alignedLength(RecordFrame.MAX_LENGTH));
        bytes = BufferUtil.allocateDirectAligned(capacity, Long.BYTES);
        buffer = new UnsafeBuffer(bytes);
    }

    /**
     * Believes the other records of whole excerpts without their checksums: for several readers that share the checking. What
     * decides must lie in the record itself, so that all of them decide alike, whatever is damaged.
     */
    void checkOnly(final RecordFilter mine) {
        checked = mine;
    }

    /**
     * Starts on a file.
     *
     * @param offset of an excerpt's header
     * @param firstExpected the sequence of the next record, or 0 where any may come
     * @param damagedPlaces told of every place that is not as it should be
     */
    void open(
            final FileChannel file,
            final String name,
            final long offset,
            final long firstExpected,
            final Consumer<Damage> damagedPlaces)
            throws IOException {
        channel = file;
        label = name;
        damages = damagedPlaces;
        position = offset;
        expected = firstExpected;
        excerptEnd = AT_HEADER;
        metaFrom = -1;
        excerpt = -1;
        tornBytes = 0;
        required = 0;
        searchTail = false;
        refresh();
    }

    /** The sequence that the next record should have; 0 where any may come. */
    void expect(final long sequence) {
        expected = sequence;
    }

    /** Records up to this sequence must be here: no end is believed before it. */
    void require(final long lastSequence) {
        required = lastSequence;
    }

    /** Nothing says where the records end: look behind the end for more. */
    void searchBehindEnd() {
        searchTail = true;
    }

    /** Starts at the beginning of a file of which nothing is known. */
    void open(final FileChannel file, final String name, final Consumer<Damage> damagedPlaces) throws IOException {
        open(file, name, 0, 0, damagedPlaces);
        searchBehindEnd();
    }

    /** Forgets what was read ahead: more may have been written since. */
    void refresh() throws IOException {
        windowLength = 0;
        fileSize = channel.size();
        ended = false;
    }

    /**
     * Goes to the next record.
     *
     * @param from records before this one are passed over, inside a whole excerpt without looking at their checksums
     * @return the record, valid until the next call; null at the end
     */
    RecordView next(final long from) throws IOException {
        while (!ended) {
            if (excerptEnd == AT_HEADER) {
                if (!header()) {
                    final RecordView behind = behindEnd();
                    if (behind == null || behind.sequence() >= from) {
                        return behind;
                    }
                }
            } else if (excerptEnd >= 0 && position >= excerptEnd) {
                excerptEnd = AT_HEADER;
            } else if (!passOver(from)) {
                final RecordView record = frame();
                if (record != null && record.sequence() >= from) {
                    return record;
                }
            }
        }
        return null;
    }

    private boolean passOver(final long from) throws IOException {
        if (expected == 0 || expected >= from || excerptEnd < 0) {
            return false;
        }
        final int length = frameAt(position);
        if (length == 0 || position + length > excerptEnd || sequenceAt(position) != expected) {
            return false;
        }
        position += length;
        expected++;
        return true;
    }

    /** The frame at the position, or the next whole one; null where the records of this excerpt are at an end. */
    private RecordView frame() throws IOException {
        final int length = frameAt(position);
        final boolean fits = excerptEnd == UNKNOWN || position + length <= excerptEnd;
        if (length > 0 && fits && isExpected(sequenceAt(position)) && (isForOthersToCheck() || intactAt(position))) {
            return accept(length);
        }
        if (excerptEnd == UNKNOWN) {
            excerptEnd = AT_HEADER;
            return null;
        }
        return resynchronize("record does not have its checksum");
    }

    private boolean isForOthersToCheck() {
        if (checked == RecordFilter.ALL || expected == 0 || excerptEnd == UNKNOWN) {
            return false;
        }
        return !checked.accept(peeked.wrap(buffer, (int) (position - windowStart)));
    }

    /** The sequence that the next record should have; 0 before the first where any may come. */
    long expected() {
        return expected;
    }

    /** Offset behind the last record. */
    long position() {
        return position;
    }

    /** Header of the excerpt that the last record is in, where {@link #beganExcerpt()}. */
    long excerptOffset() {
        return excerptOffset;
    }

    /** Whether the last record was the first of its excerpt. */
    boolean beganExcerpt() {
        return firstOfExcerpt;
    }

    /** Whether the records have ended before their excerpt does, by its header. */
    boolean endedInsideExcerpt() {
        return ended && excerptEnd >= 0 && position < excerptEnd;
    }

    /** How many excerpts precede that of the last record. */
    long excerpt() {
        return Math.max(0, excerpt);
    }

    /** Bytes behind the last record that were written in part; known once {@link #next} has said null. */
    long tornBytes() {
        return tornBytes;
    }

    /** Steps over the header at the position; false where there is none to step over. */
    private boolean header() throws IOException {
        if (available(position, WORD) < WORD) {
            return false;
        }
        final int header = buffer.getInt((int) (position - windowStart), LITTLE_ENDIAN);
        final int length = header & LENGTH_MASK;
        if ((header & NOT_COMPLETE) != 0 || length == 0) {
            return false;
        }
        if ((header & META_DATA) != 0) {
            if (position + WORD + length > fileSize) {
                return false;
            }
            if (metaFrom < 0) {
                metaFrom = position;
            }
            position = align(position + WORD + length);
            return true;
        }
        if (length > MAX_EXCERPT || length % RecordFrame.ALIGNMENT != 0) {
            return false;
        }
        excerpt++;
        excerptOffset = position;
        position += WORD;
        excerptEnd = position + length;
        return true;
    }

    private RecordView accept(final int length) {
        view.wrap(buffer, (int) (position - windowStart));
        firstOfExcerpt = position == excerptOffset + WORD;
        expected = view.sequence() + 1;
        position += length;
        metaFrom = -1;
        return view;
    }

    private boolean isExpected(final long sequence) {
        return expected == 0 ? sequence > 0 : sequence == expected;
    }

    /** No header here. Believes that the records end, or searches on. */
    private RecordView behindEnd() throws IOException {
        if (expected <= required || searchTail) {
            return resynchronize("header of an excerpt is zero or wrong");
        }
        ended = true;
        return null;
    }

    /** Searches for the next whole record, and reports what is passed over. */
    private RecordView resynchronize(final String detail) throws IOException {
        // A wrong length of a metadata block leads anywhere: what is not found there is searched from the block on.
        final long from = metaFrom >= 0 ? metaFrom : position;
        final long bound = required > 0 && !searchTail ? required : Math.max(expected, 1) + PLAUSIBLE_GAP;
        long lastWritten = position;
        for (long at = from; available(at, RecordFrame.HEADER_LENGTH) >= RecordFrame.HEADER_LENGTH; at += WORD) {
            final int word = buffer.getInt((int) (at - windowStart), LITTLE_ENDIAN);
            if (word == 0) {
                continue;
            }
            if (word != (NOT_COMPLETE | META_DATA) && at >= position) {
                lastWritten = at + WORD;
            }
            final int length = frameAt(at);
            if (length == 0) {
                continue;
            }
            final long sequence = sequenceAt(at);
            if (sequence >= Math.max(expected, 1) && sequence <= bound && intactAt(at)) {
                return found(at, length, sequence, detail);
            }
        }
        ended = true;
        tornBytes = lastWritten - position;
        if (expected <= required) {
            damages.accept(new Damage(
                    tornBytes > 0 ? Damage.Kind.RECORD : Damage.Kind.END_MISSING,
                    label,
                    Math.max(0, excerptEnd == AT_HEADER ? excerpt + 1 : excerpt),
                    position,
                    Math.max(expected, 1),
                    required,
                    tornBytes > 0 ? detail : "the file ends before records that were written to it"));
        }
        return null;
    }

    private RecordView found(final long at, final int length, final long sequence, final String detail) {
        final long lost = expected == 0 ? 0 : sequence - expected;
        final long place;
        if (at < position) {
            place = metaFrom;
        } else if (lost == 0 && (excerptEnd >= 0 || at == position)) {
            // The records of this excerpt do not end where its header says.
            place = excerptOffset;
        } else {
            place = position;
        }
        damages.accept(new Damage(
                lost == 0 ? Damage.Kind.HEADER : Damage.Kind.RECORD,
                label,
                Math.max(0, excerptEnd == AT_HEADER ? excerpt + 1 : excerpt),
                place,
                sequence - lost,
                sequence - 1,
                detail));
        if (lost == 0 || at + length > excerptEnd) {
            excerptEnd = UNKNOWN;
            excerpt++;
        }
        position = at;
        excerptOffset = at - WORD;
        return accept(length);
    }

    /** Length with padding of what may be a frame; 0 where it is none. */
    private int frameAt(final long at) throws IOException {
        final int available = available(at, RecordFrame.HEADER_LENGTH);
        if (available < RecordFrame.HEADER_LENGTH) {
            return 0;
        }
        final int length = RecordFrame.length(buffer, (int) (at - windowStart));
        if (length < RecordFrame.HEADER_LENGTH || length > RecordFrame.MAX_LENGTH) {
            return 0;
        }
        final int aligned = RecordFrame.alignedLength(length);
        return available(at, aligned) < aligned ? 0 : aligned;
    }

    private long sequenceAt(final long at) {
        return RecordFrame.sequence(buffer, (int) (at - windowStart));
    }

    private boolean intactAt(final long at) {
        return RecordFrame.intact(buffer, bytes, (int) (at - windowStart), crc);
    }

    /** Has {@code wanted} bytes from {@code at} in the buffer, as far as the file has them; says how many there are. */
    private int available(final long at, final int wanted) throws IOException {
        if (at >= windowStart && at + wanted <= windowStart + windowLength) {
            return wanted;
        }
        final long left = fileSize - at;
        if (left <= 0) {
            return 0;
        }
        if (at >= windowStart && windowStart + windowLength == fileSize) {
            return (int) Math.min(wanted, left);
        }
        final int length = (int) Math.min(left, Math.max(wanted, chunk));
        bytes.clear().limit(length);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, at + bytes.position()) < 0) {
                    break;
                }
            }
        } catch (final IOException e) {
            windowLength = 0;
            throw new IOException(label + " at offset " + (at + bytes.position()) + ": " + e.getMessage(), e);
        }
        windowLength = bytes.position();
        windowStart = at;
        if (windowLength < length) {
            fileSize = at + windowLength;
        }
        return Math.min(wanted, windowLength);
    }

    private static long align(final long offset) {
        return (offset + WORD - 1) & -WORD;
    }
}
