package io.trunkline.smpp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.smpp.trace.Disclosure;
import io.trunkline.smpp.trace.WireDescriber;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Takes good PDUs, breaks them at random places and lets every decoder at them, for about two seconds. */
class DecoderMutationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int LEAST_ROUNDS = 2_000;

    @Test
    void noDecoderThrowsLeavesThePduOrLoopsHoweverThePduIsBroken() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("DecoderMutationTest: -Dtrunkline.seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final AnyPdu anyPdu = new AnyPdu();
        final WireDescriber describer = new WireDescriber();
        final List<byte[]> good =
                GoldenPduTest.pdus().map(a -> (byte[]) a.get()[1]).toList();
        final long end = System.nanoTime() + PATIENCE.toNanos();
        int round = 0;
        while (round < LEAST_ROUNDS || System.nanoTime() < end) {
            byte[] pdu = good.get(random.nextInt(good.size())).clone();
            for (int n = random.nextInt(1, 6); n > 0; n--) {
                pdu = mutate(pdu, random);
            }
            try {
                anyPdu.check(pdu);
                describer.describe(pdu, Disclosure.MESSAGES);
            } catch (final RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + Arrays.toString(pdu), e);
            }
            round++;
        }
        assertThat(anyPdu.decoders()).isEqualTo(13);
    }

    private static byte[] mutate(final byte[] pdu, final SplittableRandom random) {
        if (pdu.length == 0) {
            return pdu;
        }
        final int at = random.nextInt(pdu.length);
        switch (random.nextInt(6)) {
            case 0 -> pdu[at] = (byte) random.nextInt(256);
            case 1 -> pdu[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> pdu[at] = (byte) (random.nextBoolean() ? 0 : 0xFF);
            case 3 -> {
                return Arrays.copyOf(pdu, at);
            }
            case 4 -> {
                return Arrays.copyOf(pdu, pdu.length + random.nextInt(1, 20));
            }
            default -> {
                final int from = random.nextInt(pdu.length);
                final int count = Math.min(random.nextInt(1, 30), pdu.length - Math.max(at, from));
                System.arraycopy(pdu.clone(), from, pdu, at, count);
            }
        }
        return pdu;
    }
}
