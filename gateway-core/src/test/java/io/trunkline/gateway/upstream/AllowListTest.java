package io.trunkline.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.Cidr;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowListTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
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
    })
    void coversWhatItSays(final String block, final String address, final boolean covered) throws UnknownHostException {
        final AllowList list = new AllowList(List.of(Cidr.parse(block)));
        assertThat(list.lists(InetAddress.getByName(address))).isEqualTo(covered);
        assertThat(list.allows(InetAddress.getByName(address))).isEqualTo(covered);
    }

    @Test
    void anEmptyListLetsInWithoutNaming() throws UnknownHostException {
        assertThat(AllowList.ANYWHERE.allows(InetAddress.getByName("203.0.113.1")))
                .isTrue();
        assertThat(AllowList.ANYWHERE.lists(InetAddress.getByName("203.0.113.1")))
                .isFalse();
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
            final AllowList list = new AllowList(List.of(Cidr.parse("198.18.0.1"), Cidr.parse(text)));
            assertThat(list.lists(InetAddress.getByAddress(address)))
                    .as("seed %d: %s covers %s", seed, text, InetAddress.getByAddress(address))
                    .isEqualTo(expected);
            if (length == 4) {
                assertThat(list.lists(mapped(address)))
                        .as("seed %d: %s covers mapped %s", seed, text, InetAddress.getByAddress(address))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void countsAMappedAddressAsTheIpv4AddressAndNoOtherAsTheSame() throws UnknownHostException {
        final InetAddress v4 = InetAddress.getByName("192.0.2.1");
        assertThat(AddressKey.of(mapped(v4.getAddress()))).isEqualTo(AddressKey.of(v4));
        assertThat(AddressKey.of(InetAddress.getByName("192.0.2.2"))).isNotEqualTo(AddressKey.of(v4));
        assertThat(AddressKey.of(InetAddress.getByName("2001:db8::1")))
                .isEqualTo(AddressKey.of(InetAddress.getByName("2001:db8::ffff:1")))
                .isNotEqualTo(AddressKey.of(InetAddress.getByName("2001:db8:0:1::1")));
    }

    /** As some transports hand it out; {@link InetAddress#getByAddress} would make an Inet4Address of it. */
    private static InetAddress mapped(final byte[] v4) throws UnknownHostException {
        final byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xFF;
        bytes[11] = (byte) 0xFF;
        System.arraycopy(v4, 0, bytes, 12, 4);
        return Inet6Address.getByAddress(null, bytes, -1);
    }

    private static void clearBehind(final byte[] bytes, final int prefix) {
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >>> (bit % 8));
        }
    }
}
