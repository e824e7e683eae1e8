package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Moves octets between Netty's buffers, which the wire uses, and Agrona's, which the rest of the house uses, without
 * allocating.
 */
public final class WireBytes {
    private WireBytes() {}

    /** Appends octets to a Netty buffer. */
    public static void append(final ByteBuf out, final DirectBuffer source, final int offset, final int length) {
        source.boundsCheck(offset, length);
        out.ensureWritable(length);
        final byte[] array = source.byteArray();
        if (array != null) {
            out.writeBytes(array, source.wrapAdjustment() + offset, length);
            return;
        }
        int from = offset;
        final int end = offset + length;
        for (; end - from >= Long.BYTES; from += Long.BYTES) {
            out.writeLong(source.getLong(from, ByteOrder.BIG_ENDIAN));
        }
        for (; from < end; from++) {
            out.writeByte(source.getByte(from));
        }
    }

    /** Copies octets of a Netty buffer into an Agrona buffer. */
    public static void copy(
            final ByteBuf source,
            final int offset,
            final MutableDirectBuffer target,
            final int targetOffset,
            final int length) {
        target.boundsCheck(targetOffset, length);
        final byte[] array = target.byteArray();
        if (array != null) {
            source.getBytes(offset, array, target.wrapAdjustment() + targetOffset, length);
            return;
        }
        int done = 0;
        for (; length - done >= Long.BYTES; done += Long.BYTES) {
            target.putLong(targetOffset + done, source.getLong(offset + done), ByteOrder.BIG_ENDIAN);
        }
        for (; done < length; done++) {
            target.putByte(targetOffset + done, source.getByte(offset + done));
        }
    }

    /** Whether the octets are exactly these. */
    public static boolean equal(final ByteBuf buf, final int offset, final int length, final byte[] expected) {
        if (length != expected.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buf.getByte(offset + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** The octets as ISO-8859-1 text, one character each; allocates, for binds, logs and tests. */
    public static String latin1(final ByteBuf buf, final int offset, final int length) {
        return buf.toString(offset, length, StandardCharsets.ISO_8859_1);
    }
}
