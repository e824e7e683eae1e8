package io.trunkline.client;

import io.trunkline.upstream.codec.CallAcceptedDecoder;
import io.trunkline.upstream.codec.CallAcceptedEncoder;
import io.trunkline.upstream.codec.CallDirection;
import io.trunkline.upstream.codec.CallEventDecoder;
import io.trunkline.upstream.codec.CallEventEncoder;
import io.trunkline.upstream.codec.CallState;
import io.trunkline.upstream.codec.CancelMessageDecoder;
import io.trunkline.upstream.codec.CancelMessageEncoder;
import io.trunkline.upstream.codec.CancelOutcome;
import io.trunkline.upstream.codec.CancelResultDecoder;
import io.trunkline.upstream.codec.CancelResultEncoder;
import io.trunkline.upstream.codec.ConversionDecoder;
import io.trunkline.upstream.codec.ConversionEncoder;
import io.trunkline.upstream.codec.CreditDecoder;
import io.trunkline.upstream.codec.CreditEncoder;
import io.trunkline.upstream.codec.Durability;
import io.trunkline.upstream.codec.Encoding;
import io.trunkline.upstream.codec.EndCallDecoder;
import io.trunkline.upstream.codec.EndCallEncoder;
import io.trunkline.upstream.codec.EventAckDecoder;
import io.trunkline.upstream.codec.EventAckEncoder;
import io.trunkline.upstream.codec.GoodbyeDecoder;
import io.trunkline.upstream.codec.GoodbyeEncoder;
import io.trunkline.upstream.codec.HelloDecoder;
import io.trunkline.upstream.codec.HelloEncoder;
import io.trunkline.upstream.codec.InboundMessageDecoder;
import io.trunkline.upstream.codec.InboundMessageEncoder;
import io.trunkline.upstream.codec.MessageClass;
import io.trunkline.upstream.codec.MessageHeaderEncoder;
import io.trunkline.upstream.codec.MessageState;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import io.trunkline.upstream.codec.MessageStatusEncoder;
import io.trunkline.upstream.codec.PingDecoder;
import io.trunkline.upstream.codec.PingEncoder;
import io.trunkline.upstream.codec.PlaceCallDecoder;
import io.trunkline.upstream.codec.PlaceCallEncoder;
import io.trunkline.upstream.codec.PongDecoder;
import io.trunkline.upstream.codec.PongEncoder;
import io.trunkline.upstream.codec.ReceiptWish;
import io.trunkline.upstream.codec.RejectDecoder;
import io.trunkline.upstream.codec.RejectEncoder;
import io.trunkline.upstream.codec.ReplayEndedDecoder;
import io.trunkline.upstream.codec.ReplayEndedEncoder;
import io.trunkline.upstream.codec.ReplayEventsDecoder;
import io.trunkline.upstream.codec.ReplayEventsEncoder;
import io.trunkline.upstream.codec.ReplayProgressDecoder;
import io.trunkline.upstream.codec.ReplayProgressEncoder;
import io.trunkline.upstream.codec.SenderType;
import io.trunkline.upstream.codec.StopReplayDecoder;
import io.trunkline.upstream.codec.StopReplayEncoder;
import io.trunkline.upstream.codec.SubmitAcceptedDecoder;
import io.trunkline.upstream.codec.SubmitAcceptedEncoder;
import io.trunkline.upstream.codec.SubmitMessageDecoder;
import io.trunkline.upstream.codec.SubmitMessageEncoder;
import io.trunkline.upstream.codec.SubmitRefusedDecoder;
import io.trunkline.upstream.codec.SubmitRefusedEncoder;
import io.trunkline.upstream.codec.WelcomeDecoder;
import io.trunkline.upstream.codec.WelcomeEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** One frame of every message, the same as in docs/upstream-protocol.md, and a reader of all their fields. */
final class TestFrames {
    private static final long HI = 0x0011223344556677L;
    private static final long LO = 0x8899AABBCCDDEEFFL;
    private static final long TIME_MS = 1_764_000_000_000L;

    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Map<String, byte[]> frames = new LinkedHashMap<>();

    private TestFrames() {
        session();
        submits();
        events();
        calls();
        replays();
    }

    /** Whole frames by the name of their message, in the order of the template ids. */
    static Map<String, byte[]> all() {
        return new TestFrames().frames;
    }

    private void session() {
        final HelloEncoder hello = new HelloEncoder();
        hello.wrapAndApplyHeader(buffer, 4, header)
                .protocolVersion(1)
                .eventWindow(1024)
                .resumeAfter(HelloEncoder.resumeAfterNullValue());
        hello.flags().clear().events(true);
        hello.tenant("acme").token("s3cret").clientName("orders-1");
        add("Hello", hello.encodedLength());
        final WelcomeEncoder welcome = new WelcomeEncoder();
        welcome.wrapAndApplyHeader(buffer, 4, header)
                .protocolVersion(1)
                .durability(Durability.DISK)
                .credit(1000)
                .maxFrameLength(16_384)
                .idleTimeoutMs(60_000)
                .resumedAfter(41)
                .lastEventSequence(57)
                .serverTimeMs(TIME_MS)
                .eventWindow(1024)
                .server("trunkline 0.1.0");
        add("Welcome", welcome.encodedLength());
        final RejectEncoder reject = new RejectEncoder();
        reject.wrapAndApplyHeader(buffer, 4, header).code(1002).retryAfterMs(0);
        reject.flags().clear();
        reject.text("Unknown tenant or wrong token.");
        add("Reject", reject.encodedLength());
    }

    private void submits() {
        final SubmitMessageEncoder submit = new SubmitMessageEncoder();
        submit.wrapAndApplyHeader(buffer, 4, header)
                .referenceHi(HI)
                .referenceLo(LO)
                .scheduledAtMs(SubmitMessageEncoder.scheduledAtMsNullValue())
                .priceCapMicros(75_000)
                .validityMs(300_000)
                .messageClass(MessageClass.OTP)
                .senderType(SenderType.ALPHANUMERIC)
                .receiptWish(ReceiptWish.FINAL)
                .dataCoding(SubmitMessageEncoder.dataCodingNullValue());
        submit.flags().clear().smartEncoding(true);
        final byte[] body = "Κωδικός 4711".getBytes(StandardCharsets.UTF_8);
        submit.from("Acme").to("+306912345678").putBody(body, 0, body.length);
        submit.campaign("login").tags("");
        add("SubmitMessage", submit.encodedLength());
        final SubmitAcceptedEncoder accepted = new SubmitAcceptedEncoder();
        accepted.wrapAndApplyHeader(buffer, 4, header)
                .referenceHi(HI)
                .referenceLo(LO)
                .unitId(0x0123456789ABCDEFL)
                .encoding(Encoding.UCS2)
                .segments((short) 1)
                .state(MessageState.ACCEPTED)
                .duplicate((short) 0)
                .durability(Durability.DISK);
        add("SubmitAccepted", accepted.encodedLength());
        final SubmitRefusedEncoder refused = new SubmitRefusedEncoder();
        refused.wrapAndApplyHeader(buffer, 4, header)
                .referenceHi(HI)
                .referenceLo(LO)
                .retryAfterMs(250)
                .code(1021);
        refused.flags().clear().retryable(true);
        refused.text("The tenant's rate is used up; try again later.");
        add("SubmitRefused", refused.encodedLength());
        final CancelMessageEncoder cancel = new CancelMessageEncoder();
        cancel.wrapAndApplyHeader(buffer, 4, header).unitId(0x0123456789ABCDEFL);
        add("CancelMessage", cancel.encodedLength());
        final CancelResultEncoder cancelled = new CancelResultEncoder();
        cancelled
                .wrapAndApplyHeader(buffer, 4, header)
                .unitId(0x0123456789ABCDEFL)
                .outcome(CancelOutcome.TOO_LATE);
        add("CancelResult", cancelled.encodedLength());
    }

    private void events() {
        final MessageStatusEncoder status = new MessageStatusEncoder();
        status.wrapAndApplyHeader(buffer, 4, header)
                .sequence(42)
                .unitId(0x0123456789ABCDEFL)
                .referenceHi(HI)
                .referenceLo(LO)
                .timeMs(TIME_MS + 1_500)
                .rawCode(0)
                .code(0)
                .state(MessageState.DELIVERED)
                .segments((short) 1)
                .segmentsDelivered((short) 1);
        status.flags().clear().replayed(true);
        add("MessageStatus", status.encodedLength());
        final InboundMessageEncoder inbound = new InboundMessageEncoder();
        inbound.wrapAndApplyHeader(buffer, 4, header)
                .sequence(43)
                .unitId(0x0123456789ABCDF0L)
                .timeMs(TIME_MS + 2_000)
                .encoding(Encoding.GSM7)
                .dataCoding((short) 0)
                .segments((short) 1)
                .segmentsMissing((short) 0);
        inbound.flags().clear();
        final byte[] body = "STOP".getBytes(StandardCharsets.UTF_8);
        inbound.from("+306912345678").to("+4915112345").putBody(body, 0, body.length);
        add("InboundMessage", inbound.encodedLength());
        final EventAckEncoder ack = new EventAckEncoder();
        ack.wrapAndApplyHeader(buffer, 4, header).sequence(43);
        add("EventAck", ack.encodedLength());
        final CreditEncoder credit = new CreditEncoder();
        credit.wrapAndApplyHeader(buffer, 4, header).credit(500);
        add("Credit", credit.encodedLength());
        final PingEncoder ping = new PingEncoder();
        ping.wrapAndApplyHeader(buffer, 4, header).nonce(7);
        add("Ping", ping.encodedLength());
        final PongEncoder pong = new PongEncoder();
        pong.wrapAndApplyHeader(buffer, 4, header).nonce(7);
        add("Pong", pong.encodedLength());
        final GoodbyeEncoder goodbye = new GoodbyeEncoder();
        goodbye.wrapAndApplyHeader(buffer, 4, header).code(2002).retryAfterMs(1000);
        goodbye.flags().clear().retryable(true);
        goodbye.text("This gateway is stopping; use another.");
        add("Goodbye", goodbye.encodedLength());
    }

    private void calls() {
        final PlaceCallEncoder place = new PlaceCallEncoder();
        place.wrapAndApplyHeader(buffer, 4, header)
                .referenceHi(HI)
                .referenceLo(LO)
                .ringTimeoutMs(30_000)
                .maxDurationMs(60_000);
        place.from("+4915112345").to("+306912345678").media("sip:ivr@media.example");
        add("PlaceCall", place.encodedLength());
        final CallEventEncoder call = new CallEventEncoder();
        call.wrapAndApplyHeader(buffer, 4, header)
                .sequence(44)
                .unitId(0x0123456789ABCDF1L)
                .referenceHi(HI)
                .referenceLo(LO)
                .timeMs(TIME_MS + 3_000)
                .code(0)
                .state(CallState.COMPLETED)
                .direction(CallDirection.OUT)
                .status(200)
                .cause(16)
                .pddMs(850)
                .setupMs(4_200)
                .talkMs(61_337);
        call.flags().clear();
        call.media("").from("+4915112345").to("+306912345678");
        add("CallEvent", call.encodedLength());
        final EndCallEncoder end = new EndCallEncoder();
        end.wrapAndApplyHeader(buffer, 4, header).unitId(0x0123456789ABCDF1L);
        add("EndCall", end.encodedLength());
        final ConversionEncoder conversion = new ConversionEncoder();
        conversion
                .wrapAndApplyHeader(buffer, 4, header)
                .unitId(0x0123456789ABCDEFL)
                .convertedAtMs(TIME_MS + 9_000);
        add("Conversion", conversion.encodedLength());
        final CallAcceptedEncoder accepted = new CallAcceptedEncoder();
        accepted.wrapAndApplyHeader(buffer, 4, header)
                .referenceHi(HI)
                .referenceLo(LO)
                .unitId(0x0123456789ABCDF1L)
                .state(CallState.PLACED)
                .duplicate((short) 0)
                .durability(Durability.DISK);
        add("CallAccepted", accepted.encodedLength());
    }

    private void replays() {
        final ReplayEventsEncoder replay = new ReplayEventsEncoder();
        replay.wrapAndApplyHeader(buffer, 4, header)
                .requestId(5)
                .fromMs(TIME_MS)
                .toMs(TIME_MS + 3_600_000)
                .fromIndex(ReplayEventsEncoder.fromIndexNullValue())
                .toIndex(ReplayEventsEncoder.toIndexNullValue())
                .unitId(0)
                .eventsPerSecond(500);
        add("ReplayEvents", replay.encodedLength());
        final ReplayProgressEncoder progress = new ReplayProgressEncoder();
        progress.wrapAndApplyHeader(buffer, 4, header)
                .requestId(5)
                .nextIndex(70_001)
                .events(1_024);
        add("ReplayProgress", progress.encodedLength());
        final ReplayEndedEncoder ended = new ReplayEndedEncoder();
        ended.wrapAndApplyHeader(buffer, 4, header)
                .requestId(5)
                .nextIndex(60_000)
                .events(0)
                .oldestIndex(60_000)
                .oldestMs(TIME_MS + 1_800_000)
                .retryAfterMs(0)
                .code(1025);
        ended.flags().clear();
        ended.text("Gone.");
        add("ReplayEnded", ended.encodedLength());
        final StopReplayEncoder stop = new StopReplayEncoder();
        stop.wrapAndApplyHeader(buffer, 4, header).requestId(5);
        add("StopReplay", stop.encodedLength());
    }

    private void add(final String name, final int blockAndDataLength) {
        buffer.putInt(0, 8 + blockAndDataLength, ByteOrder.LITTLE_ENDIAN);
        final byte[] frame = new byte[12 + blockAndDataLength];
        buffer.getBytes(0, frame);
        frames.put(name, frame);
    }

    /** Reads every field of a checked frame, as a consumer would, and returns them as text. */
    static String describe(
            final int template, final DirectBuffer frame, final int offset, final int length, final int version) {
        return switch (template) {
            case HelloDecoder.TEMPLATE_ID ->
                new HelloDecoder().wrap(frame, offset, length, version).toString();
            case WelcomeDecoder.TEMPLATE_ID ->
                new WelcomeDecoder().wrap(frame, offset, length, version).toString();
            case RejectDecoder.TEMPLATE_ID ->
                new RejectDecoder().wrap(frame, offset, length, version).toString();
            case SubmitMessageDecoder.TEMPLATE_ID ->
                new SubmitMessageDecoder().wrap(frame, offset, length, version).toString();
            case SubmitAcceptedDecoder.TEMPLATE_ID ->
                new SubmitAcceptedDecoder().wrap(frame, offset, length, version).toString();
            case SubmitRefusedDecoder.TEMPLATE_ID ->
                new SubmitRefusedDecoder().wrap(frame, offset, length, version).toString();
            case CancelMessageDecoder.TEMPLATE_ID ->
                new CancelMessageDecoder().wrap(frame, offset, length, version).toString();
            case CancelResultDecoder.TEMPLATE_ID ->
                new CancelResultDecoder().wrap(frame, offset, length, version).toString();
            case MessageStatusDecoder.TEMPLATE_ID ->
                new MessageStatusDecoder().wrap(frame, offset, length, version).toString();
            case InboundMessageDecoder.TEMPLATE_ID ->
                new InboundMessageDecoder().wrap(frame, offset, length, version).toString();
            case EventAckDecoder.TEMPLATE_ID ->
                new EventAckDecoder().wrap(frame, offset, length, version).toString();
            case CreditDecoder.TEMPLATE_ID ->
                new CreditDecoder().wrap(frame, offset, length, version).toString();
            case PingDecoder.TEMPLATE_ID ->
                new PingDecoder().wrap(frame, offset, length, version).toString();
            case PongDecoder.TEMPLATE_ID ->
                new PongDecoder().wrap(frame, offset, length, version).toString();
            case GoodbyeDecoder.TEMPLATE_ID ->
                new GoodbyeDecoder().wrap(frame, offset, length, version).toString();
            case PlaceCallDecoder.TEMPLATE_ID ->
                new PlaceCallDecoder().wrap(frame, offset, length, version).toString();
            case CallEventDecoder.TEMPLATE_ID ->
                new CallEventDecoder().wrap(frame, offset, length, version).toString();
            case EndCallDecoder.TEMPLATE_ID ->
                new EndCallDecoder().wrap(frame, offset, length, version).toString();
            case ConversionDecoder.TEMPLATE_ID ->
                new ConversionDecoder().wrap(frame, offset, length, version).toString();
            case CallAcceptedDecoder.TEMPLATE_ID ->
                new CallAcceptedDecoder().wrap(frame, offset, length, version).toString();
            case ReplayEventsDecoder.TEMPLATE_ID ->
                new ReplayEventsDecoder().wrap(frame, offset, length, version).toString();
            case ReplayProgressDecoder.TEMPLATE_ID ->
                new ReplayProgressDecoder().wrap(frame, offset, length, version).toString();
            case ReplayEndedDecoder.TEMPLATE_ID ->
                new ReplayEndedDecoder().wrap(frame, offset, length, version).toString();
            case StopReplayDecoder.TEMPLATE_ID ->
                new StopReplayDecoder().wrap(frame, offset, length, version).toString();
            default -> throw new AssertionError("template " + template + " is not known");
        };
    }
}
