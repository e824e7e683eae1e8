package io.trunkline.perf.sim;

import io.trunkline.perf.wire.ShortMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a carrier saw and did, in the order in which it did it. Append-only, little-endian. After {@link #MAGIC} come
 * entries of 16, 32 or 48 bytes, as their kind wants: a message under load costs its page cache's bytes, so that no
 * entry carries what another one says.
 *
 * <pre>
 *   0   1   2   3   4               8               12              16
 *  +---+---+---+---+---------------+---------------+---------------+
 *  | k | p | n | 0 | session       | sequence      | status        |  all but TIME
 *  +---+---+---+---+---------------+---------------+---------------+
 *  | marker                        | message number                |  {@link Kind#named}
 *  +-------------------------------+---------------+-------+-------+
 *  | destination                   | source hash   | bytes | 0     |  SUBMIT
 *  +-------------------------------+---------------+-------+-------+
 *
 *  +---+---------------------------+-------------------------------+
 *  | k | 0                         | time, ns                      |  TIME
 *  +---+---------------------------+-------------------------------+
 * </pre>
 *
 * k is the kind, p the part, n the number of parts. A TIME stands before the first entry of each turn of the loop and
 * holds for all until the next one. One thread writes; it is buffered, so {@link #flush()} before another one reads.
 */
public final class CarrierLog implements AutoCloseable {
    /** "TKSIMLG2": the file's first eight bytes. */
    static final long MAGIC = 0x32474C4D49534B54L;

    static final int SHORT = 16;
    static final int NAMED = 32;
    static final int WHOLE = 48;

    private static final int CAPACITY = 1 << 20;
    /** From this JVM's own clock to nanoseconds since the epoch. */
    private static final long EPOCH_NS = wallNs() - System.nanoTime();

    /** To the microsecond, which currentTimeMillis is not: its times are held against those of other processes. */
    private static long wallNs() {
        final Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /** What an entry tells of. */
    public enum Kind {
        NONE(SHORT),
        /** When what follows happened. */
        TIME(SHORT),
        /** A bind was taken or refused (status). */
        BIND(SHORT),
        /** The peer unbound. */
        UNBIND(SHORT),
        /** The connection is gone. */
        CLOSED(SHORT),
        /** A submit came; status is what it is or would be answered, {@link #UNANSWERED} where nothing is. */
        SUBMIT(WHOLE),
        /** A receipt was written; status is its state. */
        RECEIPT(NAMED),
        /** The peer answered it: the receipt of the same session and sequence before. */
        RECEIPT_ANSWERED(SHORT),
        /** An inbound message (or part) was written. */
        INBOUND(NAMED),
        /** The peer answered it. */
        INBOUND_ANSWERED(SHORT),
        /** A PDU that could not be read, or that no one asked for. */
        STRAY(SHORT);

        private static final Kind[] ALL = values();

        /** Bytes of an entry. */
        final int size;

        Kind(final int size) {
            this.size = size;
        }

        static Kind at(final int number) {
            if (number < 0 || number >= ALL.length) {
                throw new IllegalStateException("a carrier's log with an entry of kind " + number);
            }
            return ALL[number];
        }

        @SuppressWarnings("EnumOrdinal") // A log is read by the build that wrote it.
        byte number() {
            return (byte) ordinal();
        }

        /** Whether its entries hold a marker and a message number. */
        public boolean named() {
            return size >= NAMED;
        }
    }

    /** Status of a submit that was deliberately not answered. */
    public static final int UNANSWERED = -1;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer entries = new UnsafeBuffer(buffer);
    private int at;
    private long timeNs = Long.MIN_VALUE;

    /** Opens for appending; made if it is not there. */
    public CarrierLog(final Path path) {
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (file.size() == 0) {
                entries.putLong(0, MAGIC, ByteOrder.LITTLE_ENDIAN);
                at = Long.BYTES;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot open the carrier's log " + path, e);
        }
    }

    /** Nanoseconds since the epoch, of {@code System.nanoTime()} in this JVM. */
    public static long timeOf(final long nanoTime) {
        return nanoTime + EPOCH_NS;
    }

    void add(
            final Kind kind,
            final long time,
            final int session,
            final int sequence,
            final int status,
            final long marker,
            final long message) {
        final int start = begin(kind, time, session, sequence, status);
        if (kind.size >= NAMED) {
            name(start, marker, message);
            entries.putShort(start, (short) (kind.number() | 1 << 8), ByteOrder.LITTLE_ENDIAN);
            entries.putByte(start + 2, (byte) 1);
        }
        if (kind.size == WHOLE) {
            entries.setMemory(start + NAMED, WHOLE - NAMED, (byte) 0);
        }
        at = start + kind.size;
    }

    /** A submit, with what is peculiar to it. */
    void add(
            final long time,
            final int session,
            final int sequence,
            final int status,
            final long marker,
            final long message,
            final ShortMessage submit) {
        final int start = begin(Kind.SUBMIT, time, session, sequence, status);
        name(start, marker, message);
        entries.putByte(start + 1, (byte) submit.part);
        entries.putByte(start + 2, (byte) submit.parts);
        entries.putLong(start + 32, submit.destination, ByteOrder.LITTLE_ENDIAN);
        entries.putInt(start + 40, submit.sourceHash, ByteOrder.LITTLE_ENDIAN);
        entries.putInt(start + 44, submit.textLength & 0xFFFF, ByteOrder.LITTLE_ENDIAN);
        at = start + WHOLE;
    }

    private int begin(final Kind kind, final long time, final int session, final int sequence, final int status) {
        if (at > CAPACITY - SHORT - WHOLE) {
            flush();
        }
        if (time != timeNs) {
            timeNs = time;
            entries.putLong(at, Kind.TIME.number(), ByteOrder.LITTLE_ENDIAN);
            entries.putLong(at + 8, time, ByteOrder.LITTLE_ENDIAN);
            at += SHORT;
        }
        final int start = at;
        entries.putInt(start, kind.number(), ByteOrder.LITTLE_ENDIAN);
        entries.putInt(start + 4, session, ByteOrder.LITTLE_ENDIAN);
        entries.putInt(start + 8, sequence, ByteOrder.LITTLE_ENDIAN);
        entries.putInt(start + 12, status, ByteOrder.LITTLE_ENDIAN);
        return start;
    }

    private void name(final int start, final long marker, final long message) {
        entries.putLong(start + 16, marker, ByteOrder.LITTLE_ENDIAN);
        entries.putLong(start + 24, message, ByteOrder.LITTLE_ENDIAN);
    }

    /** Hands what is buffered to the operating system. */
    public void flush() {
        buffer.position(0).limit(at);
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write the carrier's log", e);
        }
        at = 0;
    }

    @Override
    public void close() {
        flush();
        try {
            file.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
