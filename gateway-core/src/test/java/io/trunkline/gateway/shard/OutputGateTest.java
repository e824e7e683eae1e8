package io.trunkline.gateway.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.trunkline.smpp.session.PduOutput;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputGateTest {
    private static final int LIMIT = 1 << 16;

    private final OutputGate gate = new OutputGate(LIMIT, () -> {});
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final PduOutput output = gate.open(channel);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void write(final String text) {
        output.buffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        output.written();
    }

    private String left() {
        final StringBuilder all = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            all.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        return all.toString();
    }

    @Test
    void holdsBytesBackUntilTheJournalHasWhatTheySpeakOf() {
        write("one");
        gate.seal(7);
        gate.release(6);
        assertThat(left()).isEmpty();
        assertThat(gate.holds()).isTrue();
        gate.release(7);
        assertThat(left()).isEqualTo("one");
        assertThat(gate.holds()).isFalse();
    }

    @Test
    void letsBatchesGoInTheirOrderEachAtItsTime() {
        write("one");
        gate.seal(7);
        write("two");
        gate.seal(9);
        gate.release(8);
        assertThat(left()).isEqualTo("one");
        gate.release(9);
        assertThat(left()).isEqualTo("two");
    }

    @Test
    void letsWhatIsForCarriersGoFirst() {
        final EmbeddedChannel carrier = new EmbeddedChannel();
        final PduOutput toCarrier = gate.toCarriers().open(carrier);
        write("answer");
        toCarrier.buffer().writeByte('s');
        toCarrier.written();
        gate.seal(4);

        assertThat(gate.releaseToCarriers(3)).isZero();
        assertThat(gate.releaseToCarriers(4)).isEqualTo(1);
        final ByteBuf submit = carrier.readOutbound();
        assertThat(submit.readableBytes()).isEqualTo(1);
        submit.release();
        assertThat(left()).isEmpty();
        assertThat(gate.release(4)).isEqualTo(1);
        assertThat(left()).isEqualTo("answer");
        assertThat(gate.holds()).isFalse();
        carrier.finishAndReleaseAll();
    }

    /** A refusal and the close after it come in the same duty cycle. */
    @Test
    void letsTheLastWordsGoAndThenCloses() {
        write("goodbye");
        output.close();
        gate.seal(3);
        assertThat(channel.isOpen()).isTrue();
        gate.release(3);
        assertThat(left()).isEqualTo("goodbye");
        assertThat(channel.isOpen()).isFalse();
        assertThat(gate.holds()).isFalse();
    }

    @Test
    void closesWhereThereIsNothingLeftToSay() {
        output.close();
        gate.seal(3);
        gate.release(3);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closesBehindBytesThatWereHeldBefore() {
        write("one");
        gate.seal(5);
        output.close();
        gate.seal(6);
        gate.release(4);
        assertThat(channel.isOpen()).isTrue();
        gate.release(6);
        assertThat(left()).isEqualTo("one");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void takesNoRequestsMoreWhereTheLimitIsReached() {
        output.buffer().writeZero(LIMIT);
        output.written();
        assertThat(output.writable()).isFalse();
        gate.seal(1);
        assertThat(output.writable()).isFalse();
        gate.release(1);
        channel.releaseOutbound();
        assertThat(output.writable()).isTrue();
    }
}
