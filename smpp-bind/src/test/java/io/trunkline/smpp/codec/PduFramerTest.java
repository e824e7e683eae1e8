package io.trunkline.smpp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.trunkline.smpp.codec.PduFramer.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PduFramerTest {
    private final PduFramer framer = new PduFramer(1000);
    private final List<Integer> sequences = new ArrayList<>();
    private boolean goOn = true;

    private final PduHandler collect = (buf, offset, length) -> {
        sequences.add(PduHeader.sequence(buf, offset));
        return goOn;
    };

    @Test
    void pdusAreFoundHoweverTheStreamIsCut() {
        final long seed = 20261121L;
        final SplittableRandom random = new SplittableRandom(seed);
        final ByteBuf stream = Unpooled.buffer();
        final List<Integer> expected = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            if (random.nextBoolean()) {
                PduEncoder.enquireLink(stream, i);
            } else {
                PduEncoder.submitSm(stream, i, new OutboundSm().message(new byte[200], 0, random.nextInt(200)));
            }
            expected.add(i);
        }
        final ByteBuf cumulation = Unpooled.buffer();
        while (stream.isReadable()) {
            final int cut = Math.min(stream.readableBytes(), random.nextInt(1, 400));
            cumulation.writeBytes(stream, cut);
            assertThat(framer.frame(cumulation, collect)).as("seed %d", seed).isEqualTo(Outcome.NEED_MORE);
            assertThat(framer.needed(cumulation)).isGreaterThan(cumulation.readableBytes());
            cumulation.discardReadBytes();
        }
        assertThat(sequences).as("seed %d", seed).isEqualTo(expected);
        assertThat(cumulation.isReadable()).isFalse();
    }

    @Test
    void aHandlerCanStopAndTheRestIsHandedOverLater() {
        final ByteBuf in = Unpooled.buffer();
        PduEncoder.enquireLink(in, 1);
        PduEncoder.enquireLink(in, 2);
        PduEncoder.enquireLink(in, 3);
        goOn = false;
        assertThat(framer.frame(in, collect)).isEqualTo(Outcome.STOPPED);
        assertThat(sequences).containsExactly(1);
        goOn = true;
        assertThat(framer.frame(in, collect)).isEqualTo(Outcome.NEED_MORE);
        assertThat(sequences).containsExactly(1, 2, 3);
    }

    @Test
    void aHandlerThatThrowsDoesNotSeeThePduAgain() {
        final ByteBuf in = Unpooled.buffer();
        PduEncoder.enquireLink(in, 1);
        PduEncoder.enquireLink(in, 2);
        assertThatThrownBy(() -> framer.frame(in, (buf, offset, length) -> {
                    throw new IllegalStateException("of the handler");
                }))
                .isInstanceOf(IllegalStateException.class);
        framer.frame(in, collect);
        assertThat(sequences).containsExactly(2);
    }

    @Test
    void wholePdusBeforeABadLengthAreHandedOverAndItStaysBad() {
        final ByteBuf in = Unpooled.buffer();
        PduEncoder.enquireLink(in, 1);
        in.writeInt(1001).writeZero(100);
        assertThat(framer.frame(in, collect)).isEqualTo(Outcome.BAD_LENGTH);
        assertThat(sequences).containsExactly(1);
        assertThat(framer.frame(in, collect)).isEqualTo(Outcome.BAD_LENGTH);
    }

    @Test
    void theLongestPduThatFitsTheLimitIsTaken() {
        final ByteBuf in = Unpooled.buffer();
        in.writeInt(1000).writeInt(0xBAD).writeInt(0).writeInt(7).writeZero(1000 - 16);
        assertThat(framer.frame(in, collect)).isEqualTo(Outcome.NEED_MORE);
        assertThat(sequences).containsExactly(7);
    }

    @Test
    void neededNamesTheLengthOfThePduOnceItIsKnown() {
        final ByteBuf in = Unpooled.buffer();
        assertThat(framer.needed(in)).isEqualTo(16);
        in.writeInt(300);
        assertThat(framer.needed(in)).isEqualTo(300);
    }

    @Test
    void aLimitBelowAHeaderIsAProgrammersError() {
        assertThatThrownBy(() -> new PduFramer(15)).isInstanceOf(IllegalArgumentException.class);
    }
}
