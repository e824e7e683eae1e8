package io.trunkline.gateway.upstream.binary;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.trunkline.client.ByteBufView;
import io.trunkline.client.FrameValidator;
import io.trunkline.gateway.calls.CallAnswer;
import io.trunkline.gateway.calls.CallRequest;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.SubmitAnswer;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.gateway.events.CallEvent;
import io.trunkline.gateway.events.InboundEvent;
import io.trunkline.gateway.events.ReplaySink;
import io.trunkline.gateway.events.StatusEvent;
import io.trunkline.smpp.session.PduOutput;
import io.trunkline.upstream.codec.CallAcceptedEncoder;
import io.trunkline.upstream.codec.CallDirection;
import io.trunkline.upstream.codec.CallEventEncoder;
import io.trunkline.upstream.codec.CallState;
import io.trunkline.upstream.codec.CancelOutcome;
import io.trunkline.upstream.codec.CancelResultEncoder;
import io.trunkline.upstream.codec.CreditEncoder;
import io.trunkline.upstream.codec.Durability;
import io.trunkline.upstream.codec.Encoding;
import io.trunkline.upstream.codec.GoodbyeEncoder;
import io.trunkline.upstream.codec.InboundMessageEncoder;
import io.trunkline.upstream.codec.MessageHeaderEncoder;
import io.trunkline.upstream.codec.MessageState;
import io.trunkline.upstream.codec.MessageStatusEncoder;
import io.trunkline.upstream.codec.PingEncoder;
import io.trunkline.upstream.codec.PongEncoder;
import io.trunkline.upstream.codec.RejectEncoder;
import io.trunkline.upstream.codec.ReplayEndedEncoder;
import io.trunkline.upstream.codec.ReplayProgressEncoder;
import io.trunkline.upstream.codec.SubmitAcceptedEncoder;
import io.trunkline.upstream.codec.SubmitRefusedEncoder;
import io.trunkline.upstream.codec.WelcomeEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends the server's frames to an output, encoded in place. One instance serves all sessions of a server, since all of
 * them live on one thread. Every method returns the bytes it appended.
 */
final class FrameEncoder {
    /** The longest text of the protocol: uint16 length, {@code maxValue} 65534. */
    private static final int MAX_DATA = 65_534;

    private static final int DATA_HEADER = Short.BYTES;
    private static final byte[] NO_OCTETS = {};
    private static final EnumMap<ErrorCode, byte[]> TEXTS = texts();

    private final Durability durability;
    private final byte[] serverName;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final WelcomeEncoder welcome = new WelcomeEncoder();
    private final RejectEncoder reject = new RejectEncoder();
    private final SubmitAcceptedEncoder accepted = new SubmitAcceptedEncoder();
    private final SubmitRefusedEncoder refused = new SubmitRefusedEncoder();
    private final CancelResultEncoder cancelResult = new CancelResultEncoder();
    private final MessageStatusEncoder status = new MessageStatusEncoder();
    private final InboundMessageEncoder inbound = new InboundMessageEncoder();
    private final CallAcceptedEncoder callAccepted = new CallAcceptedEncoder();
    private final CallEventEncoder call = new CallEventEncoder();
    private final ReplayProgressEncoder progress = new ReplayProgressEncoder();
    private final ReplayEndedEncoder replayEnded = new ReplayEndedEncoder();
    private final CreditEncoder credit = new CreditEncoder();
    private final PingEncoder ping = new PingEncoder();
    private final PongEncoder pong = new PongEncoder();
    private final GoodbyeEncoder goodbye = new GoodbyeEncoder();

    FrameEncoder(final BinarySettings settings) {
        durability = settings.durability() == io.trunkline.gateway.config.JournalSettings.Durability.DISK
                ? Durability.DISK
                : Durability.PROCESS;
        serverName = settings.serverName().getBytes(StandardCharsets.UTF_8);
    }

    int welcome(
            final PduOutput output,
            final BinarySettings settings,
            final int creditGranted,
            final int eventWindow,
            final long resumedAfter,
            final long lastEventSequence,
            final long serverTimeMs) {
        begin(output, WelcomeEncoder.BLOCK_LENGTH + DATA_HEADER + serverName.length);
        welcome.wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header)
                .protocolVersion(HelloReader.PROTOCOL_VERSION)
                .durability(durability)
                .credit(creditGranted)
                .maxFrameLength(settings.maxFrameLength())
                .idleTimeoutMs(settings.idleTimeoutMs())
                .resumedAfter(resumedAfter)
                .lastEventSequence(lastEventSequence)
                .serverTimeMs(serverTimeMs)
                .eventWindow(eventWindow)
                .putServer(serverName, 0, serverName.length);
        return end(output, welcome.encodedLength());
    }

    int reject(final PduOutput output, final ErrorCode code, final int retryAfterMs) {
        final byte[] text = TEXTS.get(code);
        begin(output, RejectEncoder.BLOCK_LENGTH + DATA_HEADER + text.length);
        reject.wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header)
                .code(code.number())
                .retryAfterMs(retryAfterMs)
                .flags()
                .clear()
                .retryable(code.retryable());
        reject.putText(text, 0, text.length);
        return end(output, reject.encodedLength());
    }

    int submitAccepted(final PduOutput output, final SubmitRequest request, final SubmitAnswer answer) {
        begin(output, SubmitAcceptedEncoder.BLOCK_LENGTH);
        accepted.wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header)
                .referenceHi(request.referenceHi)
                .referenceLo(request.referenceLo)
                .unitId(answer.unitId)
                .encoding(Encoding.get((short) answer.encoding))
                .segments((short) answer.segments)
                .state(MessageState.get((short) answer.state.number()))
                .duplicate((short) (answer.duplicate ? 1 : 0))
                .durability(durability);
        return end(output, accepted.encodedLength());
    }

    int submitRefused(
            final PduOutput output,
            final long referenceHi,
            final long referenceLo,
            final ErrorCode code,
            final int retryAfterMs) {
        final byte[] text = TEXTS.get(code);
        begin(output, SubmitRefusedEncoder.BLOCK_LENGTH + DATA_HEADER + text.length);
        refused.wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header)
                .referenceHi(referenceHi)
                .referenceLo(referenceLo)
                .retryAfterMs(retryAfterMs)
                .code(code.number())
                .flags()
                .clear()
                .retryable(code.retryable());
        refused.putText(text, 0, text.length);
        return end(output, refused.encodedLength());
    }

    int cancelResult(final PduOutput output, final long unitId, final int outcome) {
        begin(output, CancelResultEncoder.BLOCK_LENGTH);
        cancelResult
                .wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header)
                .unitId(unitId)
                .outcome(CancelOutcome.get((short) outcome));
        return end(output, cancelResult.encodedLength());
    }

    int status(final PduOutput output, final StatusEvent event, final boolean replay) {
        begin(output, MessageStatusEncoder.BLOCK_LENGTH);
        status.wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header)
                .sequence(event.sequence)
                .unitId(event.unitId)
                .referenceHi(event.referenceHi)
                .referenceLo(event.referenceLo)
                .timeMs(event.timeMs)
                .rawCode(Integer.toUnsignedLong(event.rawCode))
                .code(event.errorCode)
                .state(MessageState.get((short) event.state))
                .segments((short) event.segments)
                .segmentsDelivered((short) event.segmentsDelivered)
                .flags()
                .clear()
                .possibleDuplicate(event.possibleDuplicate)
                .replayed(event.replayed)
                .replay(replay);
        return end(output, status.encodedLength());
    }

    int inbound(final PduOutput output, final InboundEvent event, final boolean replay) {
        final int fromLength = fitting(event.buffer, event.fromOffset, event.fromLength);
        final int toLength = fitting(event.buffer, event.toOffset, event.toLength);
        final int bodyLength = fitting(event.buffer, event.bodyOffset, event.bodyLength);
        begin(output, InboundMessageEncoder.BLOCK_LENGTH + 3 * DATA_HEADER + fromLength + toLength + bodyLength);
        inbound.wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header)
                .sequence(event.sequence)
                .unitId(event.unitId)
                .timeMs(event.timeMs)
                .encoding(Encoding.get((short) event.encoding))
                .dataCoding((short) event.dataCoding)
                .segments((short) event.segments)
                .segmentsMissing((short) event.segmentsMissing)
                .flags()
                .clear()
                .replayed(event.replayed)
                .replay(replay);
        inbound.putFrom(event.buffer, event.fromOffset, fromLength)
                .putTo(event.buffer, event.toOffset, toLength)
                .putBody(event.buffer, event.bodyOffset, bodyLength);
        return end(output, inbound.encodedLength());
    }

    int callAccepted(final PduOutput output, final CallRequest request, final CallAnswer answer) {
        begin(output, CallAcceptedEncoder.BLOCK_LENGTH);
        callAccepted
                .wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header)
                .referenceHi(request.referenceHi)
                .referenceLo(request.referenceLo)
                .unitId(answer.unitId)
                .state(CallState.get((short) answer.state.number()))
                .duplicate((short) (answer.duplicate ? 1 : 0))
                .durability(durability);
        return end(output, callAccepted.encodedLength());
    }

    int call(final PduOutput output, final CallEvent event, final boolean replay) {
        begin(output, CallEventEncoder.BLOCK_LENGTH + 3 * DATA_HEADER + event.fromLength + event.toLength);
        call.wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header)
                .sequence(event.sequence)
                .unitId(event.unitId)
                .referenceHi(event.referenceHi)
                .referenceLo(event.referenceLo)
                .timeMs(event.timeMs)
                .code(event.errorCode)
                .state(CallState.get((short) event.state))
                .direction(CallDirection.get((short) event.direction))
                .status(event.status)
                .cause(event.cause)
                .pddMs(time(event.pddMs))
                .setupMs(time(event.setupMs))
                .talkMs(time(event.talkMs))
                .flags()
                .clear()
                .replayed(event.replayed)
                .replay(replay);
        call.putMedia(NO_OCTETS, 0, 0);
        if (event.buffer == null) {
            call.putFrom(NO_OCTETS, 0, 0).putTo(NO_OCTETS, 0, 0);
        } else {
            call.putFrom(event.buffer, event.fromOffset, event.fromLength)
                    .putTo(event.buffer, event.toOffset, event.toLength);
        }
        return end(output, call.encodedLength());
    }

    private static long time(final int ms) {
        return ms == CallEvent.NONE ? CallEventEncoder.setupMsNullValue() : ms;
    }

    int replayProgress(final PduOutput output, final long requestId, final long nextIndex, final long events) {
        begin(output, ReplayProgressEncoder.BLOCK_LENGTH);
        progress.wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header)
                .requestId(requestId)
                .nextIndex(nextIndex)
                .events(events);
        return end(output, progress.encodedLength());
    }

    int replayEnded(final PduOutput output, final long requestId, final ReplaySink.End replay, final int retryAfterMs) {
        final ErrorCode code = replay.code();
        final byte[] text = TEXTS.get(code);
        final boolean looked = replay.oldestIndex() > 0;
        begin(output, ReplayEndedEncoder.BLOCK_LENGTH + DATA_HEADER + text.length);
        replayEnded
                .wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header)
                .requestId(requestId)
                .nextIndex(replay.nextIndex())
                .events(replay.events())
                .oldestIndex(looked ? replay.oldestIndex() : ReplayEndedEncoder.oldestIndexNullValue())
                .oldestMs(looked ? replay.oldestMs() : ReplayEndedEncoder.oldestMsNullValue())
                .retryAfterMs(retryAfterMs)
                .code(code.number())
                .flags()
                .clear()
                .retryable(code.retryable());
        replayEnded.putText(text, 0, text.length);
        return end(output, replayEnded.encodedLength());
    }

    int credit(final PduOutput output, final int granted) {
        begin(output, CreditEncoder.BLOCK_LENGTH);
        credit.wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header).credit(granted);
        return end(output, credit.encodedLength());
    }

    int ping(final PduOutput output, final long nonce) {
        begin(output, PingEncoder.BLOCK_LENGTH);
        ping.wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header).nonce(nonce);
        return end(output, ping.encodedLength());
    }

    int pong(final PduOutput output, final long nonce) {
        begin(output, PongEncoder.BLOCK_LENGTH);
        pong.wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header).nonce(nonce);
        return end(output, pong.encodedLength());
    }

    int goodbye(final PduOutput output, final ErrorCode code, final int retryAfterMs) {
        final byte[] text = TEXTS.get(code);
        begin(output, GoodbyeEncoder.BLOCK_LENGTH + DATA_HEADER + text.length);
        goodbye.wrapAndApplyHeader(view, FrameValidator.PREFIX_LENGTH, header)
                .code(code.number())
                .retryAfterMs(retryAfterMs)
                .flags()
                .clear()
                .retryable(code.retryable());
        goodbye.putText(text, 0, text.length);
        return end(output, goodbye.encodedLength());
    }

    /** A Reject for a connection that gets no session and no output. */
    ByteBuf lastWord(final ByteBufAllocator allocator, final ErrorCode code) {
        final ByteBuf buffer = allocator.directBuffer(256);
        reject(new LooseOutput(buffer), code, 1_000);
        return buffer;
    }

    private record LooseOutput(ByteBuf buffer) implements PduOutput {
        @Override
        public void written() {
            // The buffer itself is what is asked for.
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** Room for a whole frame behind what is there; {@link #view} lies over it. */
    private void begin(final PduOutput output, final int blockAndData) {
        final int length = FrameValidator.OVERHEAD + blockAndData;
        final ByteBuf buffer = output.buffer();
        buffer.ensureWritable(length);
        ByteBufView.wrap(view, buffer, buffer.writerIndex(), length);
    }

    private int end(final PduOutput output, final int blockAndData) {
        final int length = FrameValidator.OVERHEAD + blockAndData;
        final MutableDirectBuffer frame = view;
        frame.putInt(0, length - FrameValidator.PREFIX_LENGTH, ByteOrder.LITTLE_ENDIAN);
        final ByteBuf buffer = output.buffer();
        buffer.writerIndex(buffer.writerIndex() + length);
        output.written();
        return length;
    }

    /** As much as one field can carry, not cut within a UTF-8 character. */
    private static int fitting(final DirectBuffer buffer, final int offset, final int length) {
        if (length <= MAX_DATA) {
            return length;
        }
        int fitting = MAX_DATA;
        while (fitting > MAX_DATA - 3 && (buffer.getByte(offset + fitting) & 0xC0) == 0x80) {
            fitting--;
        }
        return fitting;
    }

    private static EnumMap<ErrorCode, byte[]> texts() {
        final EnumMap<ErrorCode, byte[]> texts = new EnumMap<>(ErrorCode.class);
        for (final ErrorCode code : ErrorCode.values()) {
            texts.put(code, code.text().getBytes(StandardCharsets.UTF_8));
        }
        return texts;
    }
}
