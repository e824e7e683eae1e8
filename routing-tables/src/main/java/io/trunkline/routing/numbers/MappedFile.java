package io.trunkline.routing.numbers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.zip.CRC32C;

/**
 * A file of any length in memory, read-only. A mapping of the JDK has at most 2^31 octets, so there are several, each of
 * which reaches a little into the next: what begins in one can be read from it as a whole. They are unmapped when nothing
 * refers to them any more, so a reader never finds one gone.
 */
final class MappedFile {
    private static final int PIECE_BITS = 30;
    private static final long PIECE = 1L << PIECE_BITS;
    private static final int CRC_STEP = 1 << 24;

    private final ByteBuffer[] pieces;

    /** Maps a file, which must not change or get shorter from now on. */
    MappedFile(final FileChannel channel, final long bytes) throws IOException {
        pieces = new ByteBuffer[(int) ((bytes + PIECE - 1) >>> PIECE_BITS)];
        for (int piece = 0; piece < pieces.length; piece++) {
            final long from = (long) piece << PIECE_BITS;
            pieces[piece] = channel.map(MapMode.READ_ONLY, from, Math.min(PIECE + Long.BYTES, bytes - from))
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    long getLong(final long position) {
        return pieces[(int) (position >>> PIECE_BITS)].getLong((int) (position & PIECE - 1));
    }

    int getInt(final long position) {
        return pieces[(int) (position >>> PIECE_BITS)].getInt((int) (position & PIECE - 1));
    }

    /** The checksum of a part; reading it also brings it into memory. */
    int crc(final long from, final long length) {
        final CRC32C crc = new CRC32C();
        long at = from;
        while (at < from + length) {
            final int start = (int) (at & PIECE - 1);
            final int step = (int) Math.min(Math.min(CRC_STEP, PIECE - start), from + length - at);
            crc.update(pieces[(int) (at >>> PIECE_BITS)].slice(start, step));
            at += step;
        }
        return (int) crc.getValue();
    }
}
