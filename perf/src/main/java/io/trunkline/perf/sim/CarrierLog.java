package io.trunkline.perf.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a carrier saw and did, in the order in which it did it. Append-only, 64 bytes an entry, little-endian:
 *
 * <pre>
 *   0                8                16               24               32
 *  +----------------+----------------+----------------+----------------+
 *  | time, ns       | marker         | message number | destination    |
 *  +----------------+-------+--------+-------+--------+------+---------+
 *  | source hash    | seq   | status | sess. |k|p|n|0 | bytes| zero    |
 *  +----------------+-------+--------+-------+--------+------+---------+
 *   32               40      44       48      52       56     58       64
 * </pre>
 *
 * k is the kind, p the part, n the number of parts. One
 * thread writes; it is buffered, so {@link #flush()} before another one reads.
 */
public final class CarrierLog implements AutoCloseable {
    /** Bytes of an entry. */
    public static final int ENTRY = 64;

    /** What an entry tells of. */
    public enum Kind {
        NONE,
        /** A bind was taken or refused (status). */
        BIND,
        /** The peer unbound. */
        UNBIND,
        /** The connection is gone. */
        CLOSED,
        /** A submit came; status is what it is or would be answered, {@link #UNANSWERED} where nothing is. */
        SUBMIT,
        /** A receipt was written; status is its state. */
        RECEIPT,
        /** The peer answered it. */
        RECEIPT_ANSWERED,
        /** An inbound message (or part) was written. */
        INBOUND,
        /** The peer answered it. */
        INBOUND_ANSWERED,
        /** A PDU that could not be read, or that no one asked for. */
        STRAY;

        private static final Kind[] ALL = values();

        static Kind at(final int number) {
            return ALL[number];
        }

        @SuppressWarnings("EnumOrdinal") // A log is read by the build that wrote it.
        byte number() {
            return (byte) ordinal();
        }
    }

    /** Status of a submit that was deliberately not answered. */
    public static final int UNANSWERED = -1;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

    /** Opens for appending; made if it is not there. */
    public CarrierLog(final Path path) {
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot open the carrier's log " + path, e);
        }
    }

    void add(
            final Kind kind,
            final long timeNs,
            final int session,
            final int sequence,
            final int status,
            final long marker,
            final long message) {
        add(kind, timeNs, session, sequence, status, marker, message, 0, 0, 1, 1, 0);
    }

    @SuppressWarnings("TooManyParameters") // One call per message: a record here would be an allocation per message.
    void add(
            final Kind kind,
            final long timeNs,
            final int session,
            final int sequence,
            final int status,
            final long marker,
            final long message,
            final long destination,
            final long sourceHash,
            final int part,
            final int parts,
            final int bytes) {
        if (buffer.remaining() < ENTRY) {
            flush();
        }
        final int at = buffer.position();
        buffer.putLong(at, timeNs);
        buffer.putLong(at + 8, marker);
        buffer.putLong(at + 16, message);
        buffer.putLong(at + 24, destination);
        buffer.putLong(at + 32, sourceHash);
        buffer.putInt(at + 40, sequence);
        buffer.putInt(at + 44, status);
        buffer.putInt(at + 48, session);
        buffer.put(at + 52, kind.number());
        buffer.put(at + 53, (byte) part);
        buffer.put(at + 54, (byte) parts);
        buffer.put(at + 55, (byte) 0);
        buffer.putShort(at + 56, (short) bytes);
        buffer.position(at + ENTRY);
    }

    /** Hands what is buffered to the operating system. */
    public void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write the carrier's log", e);
        }
        buffer.clear();
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
