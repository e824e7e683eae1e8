package io.trunkline.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PackingTest {
    @Test
    void publishedVectorsArePacked() {
        // "hellohello" and "How are you?" as found in most descriptions of SMS PDUs.
        assertThat(packed("hellohello", 0)).isEqualTo("e8329bfd4697d9ec37");
        assertThat(packed("How are you?", 0)).isEqualTo("c8f71d14969741f977fd07");
    }

    @Test
    void sevenSpareBitsAreFilledWithACarriageReturn() {
        // 7 characters leave 7 bits: 0x0D << 1 in the last octet instead of zeros, which would read as @.
        assertThat(packed("1234567", 0)).isEqualTo("31d98c56b3dd1a");
        assertThat(unpacked("31d98c56b3dd1a", 0)).isEqualTo("1234567");
    }

    @Test
    void aWantedCarriageReturnOnAnOctetBoundaryIsDoubledAndReadTwice() {
        assertThat(packed("1234567\r", 0)).hasSize(16);
        // As the specification has it: the receiver goes back to the line's beginning twice.
        assertThat(unpacked(packed("1234567\r", 0), 0)).isEqualTo("1234567\r\r");
    }

    @Test
    void fillBitsFollowTheHeader() {
        assertThat(Gsm7.fillBits(0)).isZero();
        assertThat(Gsm7.fillBits(6)).isEqualTo(1);
        assertThat(Gsm7.fillBits(7)).isZero();
        assertThat(Gsm7.fillBits(4)).isEqualTo(3);
        assertThat(Gsm7.fillBits(9)).isEqualTo(5);
        // The first septet of a segment behind 05 00 03 ref total part: its bits begin at bit 1.
        assertThat(packed("A", 1)).isEqualTo("82");
    }

    @Test
    void packingAgreesWithStringsOfBits() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 5000; round++) {
            final int header = random.nextInt(12);
            final byte[] septets = new byte[random.nextInt(170)];
            for (int i = 0; i < septets.length; i++) {
                septets[i] = (byte) (random.nextInt(4) == 0 ? '\r' : random.nextInt(128));
            }
            final int fill = Gsm7.fillBits(header);
            final UnsafeBuffer dst = new UnsafeBuffer(new byte[200]);
            final int octets = Gsm7.pack(new UnsafeBuffer(septets), 0, septets.length, fill, dst, 5);
            final byte[] packed = new byte[octets];
            dst.getBytes(5, packed);

            final List<Integer> expected = new ArrayList<>();
            for (final byte septet : septets) {
                expected.add((int) septet);
            }
            final boolean endsInReturn = septets.length > 0 && septets[septets.length - 1] == '\r';
            if (endsInReturn && (fill + septets.length * 7) % 8 == 0) {
                expected.add((int) '\r');
            }
            assertThat(SimpleReader.unpack(packed, header))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(expected);
            final UnsafeBuffer back = new UnsafeBuffer(new byte[200]);
            final int count = Gsm7.unpack(new UnsafeBuffer(packed), 0, octets, fill, back, 0);
            assertThat(count).isEqualTo(expected.size());
            for (int k = 0; k < count; k++) {
                assertThat((int) back.getByte(k)).isEqualTo(expected.get(k));
            }
        }
    }

    @Test
    void aFullPackedSegmentNeverEndsInACarriageReturnThatWouldBeLost() {
        final TextProfile packed = TextProfile.builder()
                .defaultAlphabet(DefaultAlphabet.GSM7_PACKED)
                .build();

        assertThat(Texts.planned("a".repeat(159) + "b", packed).segments()).isEqualTo(1);
        assertThat(Texts.planned("a".repeat(159) + "\r", packed).segments()).isEqualTo(2);
        final SegmentPlan plan = Texts.planned("a".repeat(152) + "\r" + "b".repeat(50), packed);
        assertThat(plan.bodyLength(0)).isEqualTo(152);
        assertThat(plan.octets(0)).isEqualTo(140);
        // The same in the last segment, where no character follows.
        final SegmentPlan last = Texts.planned("a".repeat(153 + 152) + "\r", packed);
        assertThat(last.segments()).isEqualTo(3);
        assertThat(last.octets(1)).isEqualTo(140);
        assertThat(last.bodyLength(2)).isEqualTo(1);
    }

    private static String packed(final String ascii, final int fill) {
        final UnsafeBuffer src = Texts.utf8(ascii);
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[200]);
        final int octets = Gsm7.pack(src, 0, src.capacity(), fill, dst, 0);
        final byte[] bytes = new byte[octets];
        dst.getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String unpacked(final String hex, final int fill) {
        final byte[] packed = HexFormat.of().parseHex(hex);
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[200]);
        final int septets = Gsm7.unpack(new UnsafeBuffer(packed), 0, packed.length, fill, dst, 0);
        return dst.getStringWithoutLengthAscii(0, septets);
    }
}
