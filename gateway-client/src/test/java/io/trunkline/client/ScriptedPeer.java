package io.trunkline.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.upstream.codec.CancelMessageDecoder;
import io.trunkline.upstream.codec.CancelOutcome;
import io.trunkline.upstream.codec.CancelResultEncoder;
import io.trunkline.upstream.codec.CreditEncoder;
import io.trunkline.upstream.codec.Durability;
import io.trunkline.upstream.codec.Encoding;
import io.trunkline.upstream.codec.EventAckDecoder;
import io.trunkline.upstream.codec.GoodbyeEncoder;
import io.trunkline.upstream.codec.HelloDecoder;
import io.trunkline.upstream.codec.InboundMessageEncoder;
import io.trunkline.upstream.codec.MessageHeaderEncoder;
import io.trunkline.upstream.codec.MessageState;
import io.trunkline.upstream.codec.MessageStatusEncoder;
import io.trunkline.upstream.codec.PingDecoder;
import io.trunkline.upstream.codec.PongEncoder;
import io.trunkline.upstream.codec.RejectEncoder;
import io.trunkline.upstream.codec.SubmitAcceptedEncoder;
import io.trunkline.upstream.codec.SubmitMessageDecoder;
import io.trunkline.upstream.codec.SubmitRefusedEncoder;
import io.trunkline.upstream.codec.WelcomeEncoder;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteOrder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The gateway's end of one connection, in the hands of a test. Blocks, with a limit. */
final class ScriptedPeer implements AutoCloseable {
    static final int IDLE_TIMEOUT_MS = 60_000;
    static final int MAX_FRAME_LENGTH = 4096;
    static final int EVENT_WINDOW = 8;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final FrameValidator validator = new FrameValidator(FrameValidator.MAX_LENGTH);
    private final ExpandableArrayBuffer outgoing = new ExpandableArrayBuffer();
    private final ByteArrayOutputStream queue = new ByteArrayOutputStream();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private UnsafeBuffer frame = new UnsafeBuffer(new byte[0]);

    ScriptedPeer(final Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
        out = socket.getOutputStream();
    }

    /** Reads one frame, which must be valid; returns its template, or -1 at the end of the stream. */
    int read() throws IOException {
        final byte[] prefix = in.readNBytes(4);
        if (prefix.length < 4) {
            return -1;
        }
        final int length = new UnsafeBuffer(prefix).getInt(0, ByteOrder.LITTLE_ENDIAN);
        final byte[] bytes = new byte[4 + length];
        System.arraycopy(prefix, 0, bytes, 0, 4);
        in.readFully(bytes, 4, length);
        frame = new UnsafeBuffer(bytes);
        assertThat(validator.check(frame, 0, bytes.length)).isEqualTo(FrameOutcome.COMPLETE);
        return validator.templateId();
    }

    HelloDecoder readHello() throws IOException {
        assertThat(read()).isEqualTo(HelloDecoder.TEMPLATE_ID);
        return new HelloDecoder().wrap(frame, FrameValidator.OVERHEAD, validator.blockLength(), validator.version());
    }

    SubmitMessageDecoder readSubmit() throws IOException {
        assertThat(read()).isEqualTo(SubmitMessageDecoder.TEMPLATE_ID);
        return submit();
    }

    /** The submit that {@link #read} has just read. */
    SubmitMessageDecoder submit() {
        return new SubmitMessageDecoder()
                .wrap(frame, FrameValidator.OVERHEAD, validator.blockLength(), validator.version());
    }

    long readAck() throws IOException {
        assertThat(read()).isEqualTo(EventAckDecoder.TEMPLATE_ID);
        return new EventAckDecoder()
                .wrap(frame, FrameValidator.OVERHEAD, validator.blockLength(), validator.version())
                .sequence();
    }

    long readCancel() throws IOException {
        assertThat(read()).isEqualTo(CancelMessageDecoder.TEMPLATE_ID);
        return new CancelMessageDecoder()
                .wrap(frame, FrameValidator.OVERHEAD, validator.blockLength(), validator.version())
                .unitId();
    }

    long readPing() throws IOException {
        assertThat(read()).isEqualTo(PingDecoder.TEMPLATE_ID);
        return new PingDecoder()
                .wrap(frame, FrameValidator.OVERHEAD, validator.blockLength(), validator.version())
                .nonce();
    }

    void welcome(final long credit, final long resumedAfter) throws IOException {
        welcome(credit, resumedAfter, IDLE_TIMEOUT_MS);
    }

    void welcome(final long credit, final long resumedAfter, final long idleTimeoutMs) throws IOException {
        final WelcomeEncoder welcome = new WelcomeEncoder();
        welcome.wrapAndApplyHeader(outgoing, 4, header)
                .protocolVersion(1)
                .durability(Durability.DISK)
                .credit(credit)
                .maxFrameLength(MAX_FRAME_LENGTH)
                .idleTimeoutMs(idleTimeoutMs)
                .resumedAfter(resumedAfter)
                .lastEventSequence(resumedAfter)
                .serverTimeMs(1_700_000_000_000L)
                .eventWindow(EVENT_WINDOW)
                .server("trunkline test");
        send(welcome.encodedLength());
    }

    void reject(final int code, final boolean retryable, final int retryAfterMs) throws IOException {
        final RejectEncoder reject = new RejectEncoder();
        reject.wrapAndApplyHeader(outgoing, 4, header).code(code).retryAfterMs(retryAfterMs);
        reject.flags().clear().retryable(retryable);
        reject.text("no");
        send(reject.encodedLength());
    }

    void goodbye(final int code, final boolean retryable) throws IOException {
        final GoodbyeEncoder goodbye = new GoodbyeEncoder();
        goodbye.wrapAndApplyHeader(outgoing, 4, header).code(code).retryAfterMs(0);
        goodbye.flags().clear().retryable(retryable);
        goodbye.text("bye");
        send(goodbye.encodedLength());
    }

    void accept(final long hi, final long lo, final long unitId) throws IOException {
        send(encodeAccepted(hi, lo, unitId));
    }

    /** As {@link #accept}, to be sent by {@link #sendQueued}. */
    void queueAccept(final long hi, final long lo, final long unitId) throws IOException {
        final int blockAndDataLength = encodeAccepted(hi, lo, unitId);
        outgoing.putInt(0, 8 + blockAndDataLength, ByteOrder.LITTLE_ENDIAN);
        queue.write(outgoing.byteArray(), 0, 12 + blockAndDataLength);
    }

    void sendQueued() throws IOException {
        queue.writeTo(out);
        queue.reset();
    }

    private int encodeAccepted(final long hi, final long lo, final long unitId) {
        final SubmitAcceptedEncoder accepted = new SubmitAcceptedEncoder();
        accepted.wrapAndApplyHeader(outgoing, 4, header)
                .referenceHi(hi)
                .referenceLo(lo)
                .unitId(unitId)
                .encoding(Encoding.GSM7)
                .segments((short) 1)
                .state(MessageState.ACCEPTED)
                .duplicate((short) 0)
                .durability(Durability.DISK);
        return accepted.encodedLength();
    }

    void refuse(final long hi, final long lo, final int code, final int retryAfterMs) throws IOException {
        final SubmitRefusedEncoder refused = new SubmitRefusedEncoder();
        refused.wrapAndApplyHeader(outgoing, 4, header)
                .referenceHi(hi)
                .referenceLo(lo)
                .retryAfterMs(retryAfterMs)
                .code(code);
        refused.flags().clear().retryable(retryAfterMs > 0);
        refused.text("refused");
        send(refused.encodedLength());
    }

    void credit(final long credit) throws IOException {
        final CreditEncoder frameOfCredit = new CreditEncoder();
        frameOfCredit.wrapAndApplyHeader(outgoing, 4, header).credit(credit);
        send(frameOfCredit.encodedLength());
    }

    void status(final long sequence, final MessageState state) throws IOException {
        final MessageStatusEncoder status = new MessageStatusEncoder();
        status.wrapAndApplyHeader(outgoing, 4, header)
                .sequence(sequence)
                .unitId(1000 + sequence)
                .referenceHi(0)
                .referenceLo(sequence)
                .timeMs(1_700_000_000_000L)
                .rawCode(0)
                .code(0)
                .state(state)
                .segments((short) 1)
                .segmentsDelivered((short) 1);
        status.flags().clear();
        send(status.encodedLength());
    }

    void inbound(final long sequence, final String from, final String to, final byte[] body) throws IOException {
        final InboundMessageEncoder inbound = new InboundMessageEncoder();
        inbound.wrapAndApplyHeader(outgoing, 4, header)
                .sequence(sequence)
                .unitId(9)
                .timeMs(1_700_000_000_000L)
                .encoding(Encoding.UCS2)
                .dataCoding((short) 8)
                .segments((short) 1)
                .segmentsMissing((short) 0);
        inbound.flags().clear();
        inbound.from(from).to(to).putBody(body, 0, body.length);
        send(inbound.encodedLength());
    }

    void cancelResult(final long unitId, final CancelOutcome outcome) throws IOException {
        final CancelResultEncoder result = new CancelResultEncoder();
        result.wrapAndApplyHeader(outgoing, 4, header).unitId(unitId).outcome(outcome);
        send(result.encodedLength());
    }

    void pong(final long nonce) throws IOException {
        final PongEncoder pong = new PongEncoder();
        pong.wrapAndApplyHeader(outgoing, 4, header).nonce(nonce);
        send(pong.encodedLength());
    }

    void sendRaw(final byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    private void send(final int blockAndDataLength) throws IOException {
        outgoing.putInt(0, 8 + blockAndDataLength, ByteOrder.LITTLE_ENDIAN);
        out.write(outgoing.byteArray(), 0, 12 + blockAndDataLength);
        out.flush();
    }

    /** The connection dies without a word, with a reset. */
    void kill() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
