package io.trunkline.smpp.jsmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.trunkline.smpp.trace.Disclosure;
import io.trunkline.smpp.trace.PduReading;
import io.trunkline.smpp.trace.WireDescriber;
import org.jsmpp.util.DefaultComposer;
import org.jsmpp.util.PDUComposer;

/**
 * The same random parameters go to our encoder and to jSMPP's composer: the octets must be equal, and both readers must agree
 * on them. The seed is in every failure.
 */
abstract class AgainstJsmpp {

    private static final int ROUNDS = 300;
    private static final long SEED = 0x5EED_2026L;

    final PDUComposer jsmpp = new DefaultComposer();
    private final WireDescriber ours = new WireDescriber();
    private final JsmppDescriber theirs = new JsmppDescriber();

    /** Composes one PDU both ways. */
    @FunctionalInterface
    interface Round {
        byte[] compose(RandomFields fields, ByteBuf out) throws Exception;
    }

    final void compare(final Round round) throws Exception {
        for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
            final ByteBuf out = Unpooled.buffer();
            final byte[] expected = round.compose(new RandomFields(seed), out);
            assertThat(ByteBufUtil.hexDump(out)).as("seed %d", seed).isEqualTo(ByteBufUtil.hexDump(expected));
            final PduReading reading = ours.describe(expected, Disclosure.SECRETS);
            assertThat(reading).as("seed %d", seed).isInstanceOf(PduReading.Described.class);
            assertThat(theirs.describe(expected, Disclosure.SECRETS))
                    .as("seed %d", seed)
                    .isEqualTo(reading);
        }
    }
}
