package io.trunkline.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 10.0.0.1, false",
        "2001:db8::/33, 2001:db8:7fff:ffff::, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "2001:db8::1, 2001:db8::1, true",
        "2001:db8::/127, 2001:db8::1, true",
        "2001:db8::/127, 2001:db8::2, false",
        "::ffff:10.0.0.0/104, 10.200.0.1, true",
        "::ffff:10.0.0.0/104, 11.0.0.1, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
    })
    void coversWhatItSays(final String block, final String address, final boolean covered) throws UnknownHostException {
        assertThat(AddressBlock.parse(block).contains(InetAddress.getByName(address)))
                .isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0.1/8",
                "2001:db8::1/64",
                "2001:db8::/129",
                "fe80::1%eth0",
                "[::1]",
                "localhost",
                "example.com/8",
                "::ffff:10.0.0.1/104",
                "1.2.3.4.5",
                " 10.0.0.0/8",
                "10.0.0.0/ 8",
                "٣.0.0.0/8"
            })
    void refusesWhatIsNotExactlyABlock(final String text) {
        assertThatThrownBy(() -> AddressBlock.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`" + text + "`");
    }

    @Test
    void agreesWithBigIntegerArithmeticOnRandomBlocksAndAddresses() throws UnknownHostException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            final int length = random.nextBoolean() ? 4 : 16;
            final byte[] network = new byte[length];
            random.nextBytes(network);
            final int prefix = random.nextInt(length * 8 + 1);
            clearBehind(network, prefix);
            final byte[] address = network.clone();
            // Mostly one flipped bit around the prefix: where off-by-one errors live.
            for (int flips = random.nextInt(3); flips > 0; flips--) {
                final int bit = Math.min(length * 8 - 1, Math.max(0, prefix + random.nextInt(5) - 2));
                address[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
            }
            final int shift = length * 8 - prefix;
            final boolean expected =
                    new BigInteger(1, network).shiftRight(shift).equals(new BigInteger(1, address).shiftRight(shift));
            final String text = InetAddress.getByAddress(network).getHostAddress() + "/" + prefix;
            assertThat(AddressBlock.parse(text).contains(address))
                    .as("seed %d: %s contains %s", seed, text, InetAddress.getByAddress(address))
                    .isEqualTo(expected);
            if (length == 4) {
                final byte[] mapped = new byte[16];
                mapped[10] = (byte) 0xFF;
                mapped[11] = (byte) 0xFF;
                System.arraycopy(address, 0, mapped, 12, 4);
                assertThat(AddressBlock.parse(text).contains(mapped))
                        .as("seed %d: %s contains mapped %s", seed, text, InetAddress.getByAddress(address))
                        .isEqualTo(expected);
            }
        }
    }

    private static void clearBehind(final byte[] bytes, final int prefix) {
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >>> (bit % 8));
        }
    }
}
