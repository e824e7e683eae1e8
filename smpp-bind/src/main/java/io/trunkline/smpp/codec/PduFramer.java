package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;

/**
 * Cuts the bytes of a connection into PDUs, in place. The length of a PDU is judged as soon as its four octets are there,
 * so a peer cannot make anyone buffer more than the limit: what claims to be longer is {@link Outcome#BAD_LENGTH} while
 * none of its body has been kept.
 *
 * <p>Stateless between calls: what is left over stays in the buffer, from its reader index on.
 */
public final class PduFramer {
    /** Room for a message_payload of 64 KiB - 1, every mandatory field and 3 KiB of other TLVs. */
    public static final int DEFAULT_MAX_LENGTH = 68 * 1024;

    /** How a call of {@link #frame} ended. */
    public enum Outcome {
        /** Every whole PDU was handed over; at the reader index stands less than one, see {@link #needed}. */
        NEED_MORE,
        /** The handler returned false; call again to go on. */
        STOPPED,
        /**
         * At the reader index stands a command_length that no PDU can have. The stream has lost its frame: answer with
         * generic_nack, {@link CommandStatus#ESME_RINVCMDLEN}, sequence 0, and close (SMPP 3.4 §4.3).
         */
        BAD_LENGTH
    }

    private final int maxLength;

    /**
     * A framer with a hard limit.
     *
     * @param maxLength octets of the longest PDU that is taken, header and all; at least {@link PduHeader#LENGTH}
     */
    public PduFramer(final int maxLength) {
        if (maxLength < PduHeader.LENGTH) {
            throw new IllegalArgumentException("maxLength " + maxLength + " is less than a header");
        }
        this.maxLength = maxLength;
    }

    /** Octets of the longest PDU that is taken; a receive buffer of this size never has to grow. */
    public int maxLength() {
        return maxLength;
    }

    /**
     * Hands every whole PDU between reader and writer index to the handler. The reader index is past a PDU before the
     * handler sees it, so a handler may leave by an exception and no PDU is seen twice.
     */
    public Outcome frame(final ByteBuf in, final PduHandler handler) {
        while (true) {
            final int offset = in.readerIndex();
            final int readable = in.writerIndex() - offset;
            if (readable < Integer.BYTES) {
                return Outcome.NEED_MORE;
            }
            final int length = in.getInt(offset);
            if (length < PduHeader.LENGTH || length > maxLength) {
                return Outcome.BAD_LENGTH;
            }
            if (readable < length) {
                return Outcome.NEED_MORE;
            }
            in.readerIndex(offset + length);
            if (!handler.onPdu(in, offset, length)) {
                return Outcome.STOPPED;
            }
        }
    }

    /**
     * After {@link Outcome#NEED_MORE}: how many octets, counted from the reader index, must be there before the next call
     * can hand over a PDU. Never more than {@link #maxLength()}.
     */
    public int needed(final ByteBuf in) {
        if (in.readableBytes() < Integer.BYTES) {
            return PduHeader.LENGTH;
        }
        return Math.max(PduHeader.LENGTH, Math.min(in.getInt(in.readerIndex()), maxLength));
    }
}
