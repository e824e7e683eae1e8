package io.trunkline.perf.sim;

import io.trunkline.perf.Marker;
import io.trunkline.perf.sim.CarrierLog.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Reads a {@link CarrierLog} from its beginning; the reader itself is the entry, moved on by {@link #next()}. */
public final class CarrierLogReader implements AutoCloseable {
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    private int at;
    private int size;
    private Kind kind = Kind.NONE;
    private long timeNs;

    public CarrierLogReader(final Path path) {
        buffer.limit(0);
        try {
            file = FileChannel.open(path, StandardOpenOption.READ);
            if (have(Long.BYTES)) {
                if (buffer.getLong(0) != CarrierLog.MAGIC) {
                    throw new IOException("it is not one, or one of another version");
                }
                size = Long.BYTES;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read the carrier's log " + path, e);
        }
    }

    /** Reads all entries of a log, in order. */
    public static void forEach(final Path path, final Consumer<CarrierLogReader> visitor) {
        try (CarrierLogReader reader = new CarrierLogReader(path)) {
            while (reader.next()) {
                visitor.accept(reader);
            }
        }
    }

    /** Moves on; false at the end, also where the last entry is not whole. */
    public boolean next() {
        do {
            at += size;
            size = 0;
            if (!have(CarrierLog.SHORT)) {
                return false;
            }
            kind = Kind.at(buffer.get(at));
            if (!have(kind.size)) {
                return false;
            }
            size = kind.size;
            if (kind == Kind.TIME) {
                timeNs = buffer.getLong(at + 8);
            }
        } while (kind == Kind.TIME);
        return true;
    }

    /** Whether so many bytes from here on are in the buffer, now or after reading. */
    private boolean have(final int bytes) {
        if (at + bytes <= buffer.limit()) {
            return true;
        }
        buffer.position(at);
        buffer.compact();
        at = 0;
        try {
            boolean more = true;
            while (more && buffer.position() < bytes) {
                more = file.read(buffer) >= 0;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.flip();
        return bytes <= buffer.limit();
    }

    public Kind kind() {
        return kind;
    }

    /** Nanoseconds since the epoch: when the simulator's loop began the turn in which it happened. */
    public long timeNs() {
        return timeNs;
    }

    /** The unit's number from the text, or {@link Marker#NONE}, also where the kind has none. */
    public long marker() {
        return kind.named() ? buffer.getLong(at + 16) : Marker.NONE;
    }

    /** The number behind the message id; 0 where the kind has none. */
    public long message() {
        return kind.named() ? buffer.getLong(at + 24) : 0;
    }

    /** Of a submit: the destination's digits as a number; 0 where it has none. */
    public long destination() {
        return kind == Kind.SUBMIT ? buffer.getLong(at + 32) : 0;
    }

    /** Of a submit: a hash of the source address. */
    public int sourceHash() {
        return kind == Kind.SUBMIT ? buffer.getInt(at + 40) : 0;
    }

    public int sequence() {
        return buffer.getInt(at + 8);
    }

    public int status() {
        return buffer.getInt(at + 12);
    }

    public int session() {
        return buffer.getInt(at + 4);
    }

    /** The part's number; 1 for a message of one part. */
    public int part() {
        return buffer.get(at + 1) & 0xFF;
    }

    public int parts() {
        return buffer.get(at + 2) & 0xFF;
    }

    /** Of a submit: bytes of user data. */
    public int bytes() {
        return kind == Kind.SUBMIT ? buffer.getInt(at + 44) : 0;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
