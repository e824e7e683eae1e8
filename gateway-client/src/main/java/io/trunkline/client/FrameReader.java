package io.trunkline.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts a stream of received buffers into checked frames and hands each on in place; only a frame that came in pieces is
 * copied. Holds at most one frame of the limit. Not thread-safe; one per connection, both directions.
 */
public final class FrameReader {
    /** Takes the frames of one connection, on the thread that reads. */
    public interface Handler {
        /**
         * What the next frames are taken from, before any of them is checked: for those who can prepare for several at
         * once.
         *
         * @param buffer holds what was received, from 0 on
         * @param length bytes; the last frame may not be whole
         */
        default void onReceived(final DirectBuffer buffer, final int length) {
            // Most take frame by frame.
        }

        /**
         * A frame that is safe to wrap, valid only during the call.
         *
         * @param templateId template, known to this version
         * @param buffer holds the frame
         * @param blockOffset where to wrap the decoder
         * @param blockLength acting block length
         * @param version acting version
         * @return whether to go on; false when the connection is done for
         */
        boolean onFrame(int templateId, DirectBuffer buffer, int blockOffset, int blockLength, int version);

        /** A frame of a template that this version does not know; it was passed over. Returns whether to go on. */
        boolean onUnknownFrame(int templateId);

        /** The stream cannot be read any further; the reader takes no more bytes. */
        void onMalformed(FrameOutcome outcome);
    }

    private static final int SMALLEST_PIECE = 512;

    private final FrameValidator validator;
    private final Handler handler;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private ByteBuf partial;
    private boolean reading;
    private boolean done;

    public FrameReader(final FrameValidator validator, final Handler handler) {
        this.validator = validator;
        this.handler = handler;
    }

    /** The limit for frames from here on. */
    public void maxLength(final int maxLength) {
        validator.maxLength(maxLength);
    }

    /** Reads all whole frames; the buffer stays the caller's to release. */
    public void read(final ByteBuf received, final ByteBufAllocator allocator) {
        reading = true;
        try {
            readFrames(received, allocator);
        } finally {
            // Also when the handler threw: the connection is closed then.
            reading = false;
            if (done) {
                release();
            }
        }
    }

    private void readFrames(final ByteBuf received, final ByteBufAllocator allocator) {
        while (!done && partial != null && received.isReadable()) {
            completePartial(received);
        }
        if (!done && received.isReadable()) {
            dispatch(received);
            if (!done && received.isReadable()) {
                partial = allocator.directBuffer(Math.max(SMALLEST_PIECE, received.readableBytes()));
                partial.writeBytes(received);
            }
        }
    }

    // Moves over only what the frame in pieces still lacks, so that all frames behind it are read in place again.
    private void completePartial(final ByteBuf received) {
        final int have = partial.readableBytes();
        final int want = have < FrameValidator.PREFIX_LENGTH
                ? FrameValidator.PREFIX_LENGTH
                : FrameValidator.PREFIX_LENGTH + partial.getIntLE(partial.readerIndex());
        final int moved = Math.min(want - have, received.readableBytes());
        // Grows with what was received, never with what a length field announces.
        partial.writeBytes(received, moved);
        dispatch(partial);
        if (!partial.isReadable()) {
            release();
        }
    }

    private void dispatch(final ByteBuf source) {
        ByteBufView.wrap(view, source, source.readerIndex(), source.readableBytes());
        final int available = source.readableBytes();
        handler.onReceived(view, available);
        int offset = 0;
        while (!done) {
            final FrameOutcome outcome = validator.check(view, offset, available - offset);
            if (outcome == FrameOutcome.INCOMPLETE) {
                break;
            }
            if (outcome.fatal()) {
                done = true;
                handler.onMalformed(outcome);
                break;
            }
            // Read before the handler runs: it may change the limit, never the frame.
            final int frameLength = validator.frameLength();
            final boolean goOn = outcome == FrameOutcome.COMPLETE
                    ? handler.onFrame(
                            validator.templateId(),
                            view,
                            validator.blockOffset(),
                            validator.blockLength(),
                            validator.version())
                    : handler.onUnknownFrame(validator.templateId());
            offset += frameLength;
            done |= !goOn;
        }
        source.skipBytes(offset);
    }

    /** Frees what is held of a frame in pieces, and reads no more. May be called from within the handler. */
    public void close() {
        done = true;
        if (!reading) {
            release();
        }
    }

    private void release() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }
}
