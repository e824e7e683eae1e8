package io.trunkline.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.smpp.codec.CommandId;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** However the network cuts the stream, the session sees the same PDUs. */
class FramingTest {
    private static final byte[] STREAM = Wire.concat(
            Wire.deliver(1, "first"),
            Wire.pdu(CommandId.ENQUIRE_LINK, 0, 2),
            Wire.deliver(3, "a somewhat longer second message of the same stream"),
            Wire.pdu(0x4321, 0, 4),
            Wire.deliver(5, ""));
    private static final List<String> EVENTS = List.of(
            "bound mc 52", "deliver first", "deliver a somewhat longer second message of the same stream", "deliver ");
    private static final List<String> ANSWERS = List.of(
            "deliver_sm_resp 0 1",
            "enquire_link_resp 0 2",
            "deliver_sm_resp 0 3",
            "generic_nack 3 4",
            "deliver_sm_resp 0 5");

    @Test
    void cutInTwoAtEveryOctet() {
        for (int cut = 0; cut <= STREAM.length; cut++) {
            try (EsmeRig rig = new EsmeRig().bound()) {
                rig.receive(Arrays.copyOf(STREAM, cut)).receive(Arrays.copyOfRange(STREAM, cut, STREAM.length));
                check(rig);
            }
        }
    }

    @Test
    void octetByOctet() {
        try (EsmeRig rig = new EsmeRig().bound()) {
            for (final byte octet : STREAM) {
                rig.receive(new byte[] {octet});
            }
            check(rig);
        }
    }

    @Test
    void fiftyTimesInOneRead() {
        try (EsmeRig rig = new EsmeRig().bound()) {
            final byte[][] parts = new byte[50][];
            Arrays.fill(parts, STREAM);
            rig.receive(Wire.concat(parts));
            assertThat(rig.sentNames()).hasSize(50 * ANSWERS.size());
        }
    }

    @Test
    void inRandomPieces() {
        final long seed = System.nanoTime();
        System.out.println("FramingTest seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[][] parts = new byte[40][];
        Arrays.fill(parts, STREAM);
        final byte[] long40 = Wire.concat(parts);
        for (int round = 0; round < 20; round++) {
            try (EsmeRig rig = new EsmeRig().bound()) {
                int at = 0;
                while (at < long40.length) {
                    final int to = Math.min(long40.length, at + random.nextInt(1, 300));
                    rig.receive(Arrays.copyOfRange(long40, at, to));
                    at = to;
                }
                assertThat(rig.sentNames()).hasSize(40 * ANSWERS.size());
            }
        }
    }

    @Test
    void pausedByTheLimitItGoesOnWhereItStopped() {
        final EsmeSettings settings = EsmeSettings.to(
                        "mc.example", 2775, io.trunkline.smpp.codec.BindRequest.of("us", "secret"))
                .withInbound(new InboundLimits(1, 0));
        try (EsmeRig rig = new EsmeRig(settings).bound()) {
            rig.receive(Arrays.copyOf(STREAM, STREAM.length - 7));
            rig.receive(Arrays.copyOfRange(STREAM, STREAM.length - 7, STREAM.length));
            assertThat(rig.sentNames()).containsExactly(ANSWERS.get(0));
            for (int i = 1; i < ANSWERS.size(); i++) {
                rig.advance(10, java.util.concurrent.TimeUnit.MILLISECONDS);
                assertThat(rig.sentNames()).containsExactly(ANSWERS.get(i));
            }
            rig.advance(10, java.util.concurrent.TimeUnit.MILLISECONDS);
            assertThat(rig.channel.config().isAutoRead()).isTrue();
            assertThat(rig.events.all).isEqualTo(EVENTS);
        }
    }

    private static void check(final EsmeRig rig) {
        assertThat(rig.events.all).isEqualTo(EVENTS);
        assertThat(rig.sentNames()).isEqualTo(ANSWERS);
    }
}
