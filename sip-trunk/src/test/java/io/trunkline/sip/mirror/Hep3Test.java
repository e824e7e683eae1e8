package io.trunkline.sip.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class Hep3Test {
    private static final long TIME_NS = 1_600_000_000_123_456_789L;

    private static InetSocketAddress at(final String address, final int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String hex(
            final Hep3 format, final InetSocketAddress from, final InetSocketAddress to, final String text) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final byte[] message = text.getBytes(StandardCharsets.US_ASCII);
        final int length = format.write(
                buffer, from, to, TransportProtocol.UDP, TIME_NS, new UnsafeBuffer(message), 0, message.length);
        final byte[] octets = new byte[length];
        buffer.getBytes(0, octets);
        return HexFormat.of().formatHex(octets);
    }

    @Test
    void aPacketIsWrittenOctetByOctet() {
        assertThat(hex(new Hep3(2_001, "key"), at("192.0.2.1", 5_060), at("198.51.100.2", 5_070), "SIP"))
                .isEqualTo("48455033" + "006f"
                        + "00000001000702"
                        + "00000002000711"
                        + "00000003000ac0000201"
                        + "00000004000ac6336402"
                        + "00000007000813c4"
                        + "00000008000813ce"
                        + "00000009000a5f5e1000"
                        + "0000000a000a0001e240"
                        + "0000000b000701"
                        + "0000000c000a000007d1"
                        + "0000000e00096b6579"
                        + "0000000f0009534950");
    }

    @Test
    void addressesOfIpv6HaveChunksOfTheirOwn() {
        assertThat(hex(new Hep3(1, ""), at("2001:db8::1", 5_060), at("192.0.2.1", 5_060), "SIP"))
                .contains("0000000100070a")
                .contains("00000005001620010db8000000000000000000000001")
                .contains("00000006001600000000000000000000ffffc0000201");
    }

    @Test
    void whatDoesNotFitIsDroppedAndCounted() {
        final List<Integer> sent = new ArrayList<>();
        final HepMirror mirror = new HepMirror(new Hep3(1, ""), () -> TIME_NS, (packet, offset, length) -> {
            sent.add(length);
            return sent.size() < 2;
        });
        final InetSocketAddress end = at("192.0.2.1", 5_060);
        for (final int length : new int[] {100, 200, 65_500}) {
            mirror.onMessage(true, TransportProtocol.TCP, end, end, new UnsafeBuffer(new byte[length]), 0, length);
        }

        assertThat(sent).hasSize(2);
        assertThat(mirror.sent()).isEqualTo(1);
        assertThat(mirror.dropped()).isEqualTo(2);
    }
}
