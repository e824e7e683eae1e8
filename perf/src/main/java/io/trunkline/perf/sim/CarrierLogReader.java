package io.trunkline.perf.sim;

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
    private int at = -CarrierLog.ENTRY;

    public CarrierLogReader(final Path path) {
        try {
            file = FileChannel.open(path, StandardOpenOption.READ);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read the carrier's log " + path, e);
        }
        buffer.limit(0);
    }

    /** Reads all entries of a log, in order. */
    public static void forEach(final Path path, final Consumer<CarrierLogReader> visitor) {
        try (CarrierLogReader reader = new CarrierLogReader(path)) {
            while (reader.next()) {
                visitor.accept(reader);
            }
        }
    }

    /** Moves on; false at the end. */
    public boolean next() {
        at += CarrierLog.ENTRY;
        if (at + CarrierLog.ENTRY > buffer.limit()) {
            buffer.position(Math.min(at, buffer.limit()));
            buffer.compact();
            try {
                while (buffer.position() < CarrierLog.ENTRY) {
                    if (file.read(buffer) < 0) {
                        buffer.limit(0);
                        at = 0;
                        return false;
                    }
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            buffer.flip();
            at = 0;
        }
        return true;
    }

    public CarrierLog.Kind kind() {
        return CarrierLog.Kind.at(buffer.get(at + 52));
    }

    /** Nanoseconds since the epoch, to the millisecond that the simulator's loop last saw. */
    public long timeNs() {
        return buffer.getLong(at);
    }

    /** The unit's number from the text, or {@link io.trunkline.perf.Marker#NONE}. */
    public long marker() {
        return buffer.getLong(at + 8);
    }

    /** The number behind the message id. */
    public long message() {
        return buffer.getLong(at + 16);
    }

    /** The destination's digits as a number; 0 where it has none. */
    public long destination() {
        return buffer.getLong(at + 24);
    }

    public long sourceHash() {
        return buffer.getLong(at + 32);
    }

    public int sequence() {
        return buffer.getInt(at + 40);
    }

    public int status() {
        return buffer.getInt(at + 44);
    }

    public int session() {
        return buffer.getInt(at + 48);
    }

    public int part() {
        return buffer.get(at + 53) & 0xFF;
    }

    public int parts() {
        return buffer.get(at + 54) & 0xFF;
    }

    /** Bytes of user data. */
    public int bytes() {
        return buffer.getShort(at + 56) & 0xFFFF;
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
