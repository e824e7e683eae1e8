package io.trunkline.sip.stir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TnAuthorizationTest {
    private static final HexFormat HEX = HexFormat.ofDelimiter(":");

    @Test
    void aListOfAProviderCoversAllThatItHas() {
        final TnAuthorization list = TnAuthorization.read(extension(StirPki.PROVIDER_LIST));

        assertThat(list.providers()).containsExactly("709J");
        assertThat(list.covers("12155551212")).isTrue();
    }

    @Test
    void aRunCoversItsNumbersAndNoOther() {
        final TnAuthorization list = TnAuthorization.read(extension(StirPki.HUNDRED_LIST));

        assertThat(list.covers("12155550100")).isTrue();
        assertThat(list.covers("12155550199")).isTrue();
        assertThat(list.covers("12155550200")).isFalse();
        assertThat(list.covers("12155550099")).isFalse();
        assertThat(list.covers("2155550150")).isFalse();
        assertThat(list.covers("*67")).isFalse();
        assertThat(list.covers("9".repeat(TelephoneNumber.MAX_DIGITS))).isFalse();
    }

    @Test
    void oneNumberCoversItself() {
        final TnAuthorization list = TnAuthorization.read(extension("30:07:A2:05:16:03:39:31:31"));

        assertThat(list.covers("911")).isTrue();
        assertThat(list.covers("912")).isFalse();
    }

    @Test
    void whatIsCutOffOrGoesOnIsNoList() {
        for (final String text : new String[] {StirPki.PROVIDER_LIST, StirPki.HUNDRED_LIST}) {
            final byte[] whole = extension(text);
            for (int length = 0; length < whole.length; length++) {
                assertThat(TnAuthorization.read(Arrays.copyOf(whole, length))).isNull();
            }
            assertThat(TnAuthorization.read(Arrays.copyOf(whole, whole.length + 1)))
                    .isNull();
        }
        assertThat(TnAuthorization.read(extension("30:00"))).isNull();
    }

    @Test
    void noOctetsMakeItThrow() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            final byte[] octets = extension(StirPki.HUNDRED_LIST);
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            final TnAuthorization list = TnAuthorization.read(octets);
            if (list != null) {
                assertThat(list.isGiven()).as("seed %d", seed).isTrue();
                list.covers("12155550150");
            }
        }
    }

    /** The extension's value: the list within an octet string. */
    private static byte[] extension(final String list) {
        final byte[] inner = HEX.parseHex(list);
        final byte[] outer = new byte[inner.length + 2];
        outer[0] = 0x04;
        outer[1] = (byte) inner.length;
        System.arraycopy(inner, 0, outer, 2, inner.length);
        return outer;
    }
}
