package io.trunkline.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.PduEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A bind without a network: the test plays the MC, and the clock goes when told to. */
final class EsmeRig extends EsmeConnector implements AutoCloseable {
    final ManualClock clock;
    final EsmeEvents events = new EsmeEvents();
    final EsmeBind bind;
    /** The connection of the newest attempt. */
    EmbeddedChannel channel;

    int attempts;
    private final ByteBuf unread = Unpooled.buffer();

    EsmeRig() {
        this(EsmeSettings.to("mc.example", 2775, BindRequest.of("us", "secret")));
    }

    EsmeRig(final EsmeSettings settings) {
        this(settings, new ManualClock());
    }

    private EsmeRig(final EsmeSettings settings, final ManualClock clock) {
        super(null, settings);
        this.clock = clock;
        final long seed = System.nanoTime();
        System.out.println("EsmeRig jitter seed " + seed);
        final EsmeContext context = new EsmeContext(
                null,
                EmbeddedChannel::new,
                clock,
                new SplittableRandom(seed),
                ImmediateOutput::new,
                null,
                new TokenBucket(20_000, 10, clock.nanoTime()));
        bind = new EsmeBind("test", settings, context, events, this);
    }

    @Override
    void connect(final EsmeBind wanted) {
        attempts++;
    }

    @Override
    void cancel() {
        // There is nothing under way that could be given up.
    }

    /** Time passes in one step. */
    EsmeRig advance(final long amount, final TimeUnit unit) {
        final long nowNs = clock.advance(amount, unit);
        bind.onTick(nowNs);
        run();
        return this;
    }

    /** Lets the attempt succeed that the bind has begun. */
    EsmeRig connected() {
        channel = new EmbeddedChannel();
        bind.onConnected(channel);
        run();
        return this;
    }

    /** From disabled to bound. */
    EsmeRig bound() {
        bind.enable();
        advance(0, TimeUnit.NANOSECONDS);
        connected();
        return answerBind();
    }

    EsmeRig answerBind() {
        final List<Wire.Pdu> sent = sent();
        assertThat(sent).hasSize(1);
        final Wire.Pdu request = sent.get(0);
        assertThat(request.commandId()).isEqualTo(bind.settings().bindType().commandId());
        return receive(
                Wire.encoded(out -> PduEncoder.bindResp(out, request.commandId(), request.sequence(), "mc", 0x34)));
    }

    EsmeRig receive(final byte[] octets) {
        channel.writeInbound(Unpooled.copiedBuffer(octets));
        run();
        return this;
    }

    EsmeRig answer(final int sequence, final int status, final String messageId) {
        return receive(Wire.pdu(CommandId.SUBMIT_SM_RESP, status, sequence, Wire.cString(messageId)));
    }

    int submit(final long ticket) {
        final long nowNs = clock.nanoTime();
        assertThat(bind.canSubmit(nowNs)).isTrue();
        final int sequence = bind.submit(ticket, Wire.message("m" + ticket), nowNs);
        run();
        return sequence;
    }

    /** What the bind has written since the last call. */
    List<Wire.Pdu> sent() {
        run();
        ByteBuf out = channel.readOutbound();
        while (out != null) {
            unread.writeBytes(out);
            out.release();
            out = channel.readOutbound();
        }
        return new ArrayList<>(Wire.read(unread));
    }

    List<String> sentNames() {
        return sent().stream().map(Wire.Pdu::toString).toList();
    }

    /** The connection ends without a word. */
    void drop() {
        channel.close().syncUninterruptibly();
        run();
    }

    void run() {
        if (channel != null) {
            channel.runPendingTasks();
        }
    }

    @Override
    public void close() {
        if (channel != null) {
            channel.finishAndReleaseAll();
        }
        unread.release();
    }
}
