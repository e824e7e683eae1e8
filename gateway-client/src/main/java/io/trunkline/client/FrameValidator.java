package io.trunkline.client;

import io.trunkline.upstream.codec.CallAcceptedDecoder;
import io.trunkline.upstream.codec.CallEventDecoder;
import io.trunkline.upstream.codec.CancelMessageDecoder;
import io.trunkline.upstream.codec.CancelResultDecoder;
import io.trunkline.upstream.codec.ConversionDecoder;
import io.trunkline.upstream.codec.CreditDecoder;
import io.trunkline.upstream.codec.EndCallDecoder;
import io.trunkline.upstream.codec.EventAckDecoder;
import io.trunkline.upstream.codec.GoodbyeDecoder;
import io.trunkline.upstream.codec.HelloDecoder;
import io.trunkline.upstream.codec.InboundMessageDecoder;
import io.trunkline.upstream.codec.MessageHeaderDecoder;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import io.trunkline.upstream.codec.PingDecoder;
import io.trunkline.upstream.codec.PlaceCallDecoder;
import io.trunkline.upstream.codec.PongDecoder;
import io.trunkline.upstream.codec.RejectDecoder;
import io.trunkline.upstream.codec.ReplayEndedDecoder;
import io.trunkline.upstream.codec.ReplayEventsDecoder;
import io.trunkline.upstream.codec.ReplayProgressDecoder;
import io.trunkline.upstream.codec.StopReplayDecoder;
import io.trunkline.upstream.codec.SubmitAcceptedDecoder;
import io.trunkline.upstream.codec.SubmitMessageDecoder;
import io.trunkline.upstream.codec.SubmitRefusedDecoder;
import io.trunkline.upstream.codec.WelcomeDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Reads the frame at the head of a stream and says whether it is safe to wrap a flyweight around it: flyweights trust
 * their input. Both directions, no allocation, no exceptions, no state between frames; one instance per thread.
 *
 * <pre>
 *   0        4            6           8         10       12
 *  +--------+------------+-----------+---------+--------+-----------+--------------------------+
 *  | length | blockLength| templateId| schemaId| version| block ... | uint16 length, bytes ... |
 *  +--------+------------+-----------+---------+--------+-----------+--------------------------+
 *           |&lt;------------------------------- length bytes ----------------------------------&gt;|
 * </pre>
 *
 * After {@link FrameOutcome#COMPLETE} the accessors describe the frame:
 *
 * <pre>{@code
 * decoder.wrap(buffer, validator.blockOffset(), validator.blockLength(), validator.version());
 * offset += validator.frameLength();
 * }</pre>
 */
public final class FrameValidator {
    /** Bytes of the length prefix. */
    public static final int PREFIX_LENGTH = Integer.BYTES;
    /** Bytes before the block: prefix and SBE message header. */
    public static final int OVERHEAD = PREFIX_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;
    /** What a peer may send before the handshake is over: largest value of the length prefix, bytes. */
    public static final int HANDSHAKE_MAX_LENGTH = 4096;
    /** Largest limit that makes sense: no message can be longer (five fields of 65,534 bytes and a block). */
    public static final int MAX_LENGTH = 512 * 1024;

    private static final int MAX_DATA_LENGTH = 65_534;

    // Indexed by template. The lengths are those of the version that brought the message: a later one may only be
    // longer.
    private static final int TEMPLATES = 64;
    private static final int[] BLOCK_LENGTH = new int[TEMPLATES];
    private static final int[] DATA_FIELDS = new int[TEMPLATES];

    /** The first version that brought more to a message, and how long that made it. */
    private static final int CALL_EVENT_GREW = 2;

    private static final int CALL_EVENT_LENGTH = 61;
    private static final int CALL_EVENT_DATA = 3;

    static {
        layout(HelloDecoder.TEMPLATE_ID, 15, 3);
        layout(WelcomeDecoder.TEMPLATE_ID, 43, 1);
        layout(RejectDecoder.TEMPLATE_ID, 7, 1);
        layout(SubmitMessageDecoder.TEMPLATE_ID, 41, 5);
        layout(SubmitAcceptedDecoder.TEMPLATE_ID, 29, 0);
        layout(SubmitRefusedDecoder.TEMPLATE_ID, 23, 1);
        layout(CancelMessageDecoder.TEMPLATE_ID, 8, 0);
        layout(CancelResultDecoder.TEMPLATE_ID, 9, 0);
        layout(MessageStatusDecoder.TEMPLATE_ID, 50, 0);
        layout(InboundMessageDecoder.TEMPLATE_ID, 29, 3);
        layout(EventAckDecoder.TEMPLATE_ID, 8, 0);
        layout(CreditDecoder.TEMPLATE_ID, 4, 0);
        layout(PingDecoder.TEMPLATE_ID, 8, 0);
        layout(PongDecoder.TEMPLATE_ID, 8, 0);
        layout(GoodbyeDecoder.TEMPLATE_ID, 7, 1);
        layout(PlaceCallDecoder.TEMPLATE_ID, 24, 3);
        layout(CallEventDecoder.TEMPLATE_ID, 43, 1);
        layout(EndCallDecoder.TEMPLATE_ID, 8, 0);
        layout(ConversionDecoder.TEMPLATE_ID, 16, 0);
        layout(CallAcceptedDecoder.TEMPLATE_ID, 27, 0);
        layout(ReplayEventsDecoder.TEMPLATE_ID, 52, 0);
        layout(ReplayProgressDecoder.TEMPLATE_ID, 24, 0);
        layout(ReplayEndedDecoder.TEMPLATE_ID, 47, 1);
        layout(StopReplayDecoder.TEMPLATE_ID, 8, 0);
    }

    private int maxLength;
    private int length;
    private int blockOffset;
    private int blockLength;
    private int templateId;
    private int version;

    /**
     * @param maxLength largest value of the length prefix that is accepted, bytes,
     *     {@value #OVERHEAD}..{@value #MAX_LENGTH}
     */
    public FrameValidator(final int maxLength) {
        maxLength(maxLength);
    }

    /** Sets another limit, as the handshake does. */
    public void maxLength(final int newMaxLength) {
        if (newMaxLength < OVERHEAD || newMaxLength > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "frame limit " + newMaxLength + " not in " + OVERHEAD + ".." + MAX_LENGTH);
        }
        maxLength = newMaxLength;
    }

    public int maxLength() {
        return maxLength;
    }

    /**
     * Checks the frame that starts at {@code offset}. A frame that can be told to be wrong from its first bytes is
     * refused as soon as these are here.
     *
     * @param buffer what was received
     * @param offset where the frame starts
     * @param available bytes received from {@code offset} on
     */
    public FrameOutcome check(final DirectBuffer buffer, final int offset, final int available) {
        if (available < PREFIX_LENGTH) {
            return FrameOutcome.INCOMPLETE;
        }
        final int announced = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
        if (announced < MessageHeaderDecoder.ENCODED_LENGTH) {
            return FrameOutcome.LENGTH_TOO_SMALL;
        }
        if (announced > maxLength) {
            return FrameOutcome.LENGTH_TOO_LARGE;
        }
        if (available < OVERHEAD) {
            return FrameOutcome.INCOMPLETE;
        }
        length = announced;
        blockOffset = offset + OVERHEAD;
        blockLength = uint16(buffer, offset + PREFIX_LENGTH);
        templateId = uint16(buffer, offset + PREFIX_LENGTH + 2);
        version = uint16(buffer, offset + PREFIX_LENGTH + 6);
        if (uint16(buffer, offset + PREFIX_LENGTH + 4) != MessageHeaderDecoder.SCHEMA_ID) {
            return FrameOutcome.WRONG_SCHEMA;
        }
        if (version == 0) {
            return FrameOutcome.WRONG_VERSION;
        }
        final boolean known = templateId < BLOCK_LENGTH.length && BLOCK_LENGTH[templateId] != 0;
        if (known && blockLength < leastBlock()) {
            return FrameOutcome.BLOCK_TOO_SHORT;
        }
        if (blockLength > length - MessageHeaderDecoder.ENCODED_LENGTH) {
            return FrameOutcome.BLOCK_OVERRUN;
        }
        if (available < PREFIX_LENGTH + length) {
            return FrameOutcome.INCOMPLETE;
        }
        return known ? checkData(buffer, offset + PREFIX_LENGTH + length) : FrameOutcome.UNKNOWN_TEMPLATE;
    }

    private boolean grownCallEvent() {
        return templateId == CallEventDecoder.TEMPLATE_ID && version >= CALL_EVENT_GREW;
    }

    private int leastBlock() {
        return grownCallEvent() ? CALL_EVENT_LENGTH : BLOCK_LENGTH[templateId];
    }

    private FrameOutcome checkData(final DirectBuffer buffer, final int end) {
        final int fields = grownCallEvent() ? CALL_EVENT_DATA : DATA_FIELDS[templateId];
        int position = blockOffset + blockLength;
        for (int i = 0; i < fields; i++) {
            if (end - position < Short.BYTES) {
                return FrameOutcome.DATA_OVERRUN;
            }
            final int dataLength = uint16(buffer, position);
            position += Short.BYTES;
            if (dataLength > MAX_DATA_LENGTH || end - position < dataLength) {
                return FrameOutcome.DATA_OVERRUN;
            }
            position += dataLength;
        }
        // A newer peer may have appended fields that this version passes over.
        return position == end || version > MessageHeaderDecoder.SCHEMA_VERSION
                ? FrameOutcome.COMPLETE
                : FrameOutcome.TRAILING_BYTES;
    }

    private static int uint16(final DirectBuffer buffer, final int index) {
        return buffer.getShort(index, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private static void layout(final int template, final int blockLength, final int dataFields) {
        BLOCK_LENGTH[template] = blockLength;
        DATA_FIELDS[template] = dataFields;
    }

    /** Bytes of the whole frame with its prefix: how far the stream advances. */
    public int frameLength() {
        return PREFIX_LENGTH + length;
    }

    public int templateId() {
        return templateId;
    }

    /** Where the block starts in the checked buffer. */
    public int blockOffset() {
        return blockOffset;
    }

    /** The acting block length: what the sender's version wrote. */
    public int blockLength() {
        return blockLength;
    }

    /** The acting version: the sender's. */
    public int version() {
        return version;
    }
}
