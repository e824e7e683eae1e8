package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What all decoders share: a flyweight that is put over one PDU after the other. Nothing is copied; offsets are indexes
 * into {@link #buffer()} and hold until the buffer's owner moves or reuses it. No byte sequence makes a decoder throw.
 *
 * <p>Fields that are longer than the specification allows are taken as they are, as are values outside of its lists: whoever
 * uses them decides what to do with them. Only a PDU that ends before its mandatory fields do is refused.
 */
public abstract class PduDecoder {
    private final PduCursor cursor = new PduCursor();
    private final TlvIterator tlvs = new TlvIterator();
    private ByteBuf buf = Unpooled.EMPTY_BUFFER;
    private int offset;
    private int length;
    private int commandId;
    private int commandStatus;
    private int sequence;

    /** Only the decoders of this package: they are the PDUs of the specification. */
    PduDecoder() {}

    /**
     * Puts the decoder over a PDU.
     *
     * @param offset index of its first octet
     * @param length its command_length, as {@link PduFramer} gave it
     * @return {@link CommandStatus#ESME_ROK}, or the command_status to refuse the PDU with; the fields up to where it broke
     *     off can be read all the same, the others are zero or empty
     */
    public final int wrap(final ByteBuf buffer, final int offset, final int length) {
        if (length < PduHeader.LENGTH || offset < 0 || offset > buffer.writerIndex() - length) {
            return wrapNothing();
        }
        this.buf = buffer;
        this.offset = offset;
        this.length = length;
        commandId = PduHeader.commandId(buffer, offset);
        commandStatus = PduHeader.commandStatus(buffer, offset);
        sequence = PduHeader.sequence(buffer, offset);
        cursor.wrap(buffer, offset + PduHeader.LENGTH, offset + length);
        tlvs.wrap(buffer, offset + length, 0);
        return decode(cursor);
    }

    private int wrapNothing() {
        buf = Unpooled.EMPTY_BUFFER;
        offset = 0;
        length = 0;
        commandId = 0;
        commandStatus = 0;
        sequence = 0;
        cursor.wrap(buf, 0, 0);
        tlvs.wrap(buf, 0, 0);
        decode(cursor);
        return CommandStatus.ESME_RINVCMDLEN;
    }

    /** Reads every field of the body; must set all of its own, also where the cursor is exhausted. */
    abstract int decode(PduCursor body);

    /** For decoders: the rest of the body is TLVs. */
    final void takeTlvs(final PduCursor body) {
        tlvs.wrap(buf, body.position(), body.remaining());
    }

    /** For decoders of PDUs that end where their mandatory fields do. */
    static int statusOf(final PduCursor body) {
        return body.exhausted() ? CommandStatus.ESME_RINVCMDLEN : CommandStatus.ESME_ROK;
    }

    public final ByteBuf buffer() {
        return buf;
    }

    /** Index of the PDU's first octet. */
    public final int offset() {
        return offset;
    }

    /** Octets of the PDU. */
    public final int length() {
        return length;
    }

    public final int commandId() {
        return commandId;
    }

    /** Zero in requests. */
    public final int commandStatus() {
        return commandStatus;
    }

    /** An opaque u32 to be echoed. */
    public final int sequence() {
        return sequence;
    }

    /** The PDU's TLVs, one iterator for all callers: {@code rewind} or {@code find} before use. */
    public final TlvIterator tlvs() {
        return tlvs;
    }
}
