package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector gets of a gateway's messages. */
class MirrorTest {
    private static final int PATIENCE_MS = 20_000;

    @TempDir
    Path directory;

    @Test
    void theCollectorGetsWhatComesAndWhatGoes() throws Exception {
        final InetAddress loopback = InetAddress.getLoopbackAddress();
        final GatewayRig rig = new GatewayRig(directory);
        try (DatagramSocket collector = new DatagramSocket(0, loopback);
                DatagramSocket stranger = new DatagramSocket(0, loopback)) {
            collector.setSoTimeout(PATIENCE_MS);
            rig.sip("strangers: refuse\nmirror: {collector: \"127.0.0.1:%d\", agent: 7}\n"
                            .formatted(collector.getLocalPort()))
                    .start();
            final byte[] options = ("OPTIONS sip:x@" + rig.us() + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:"
                            + stranger.getLocalPort() + ";branch=z9hG4bKm\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:x@y>\r\n"
                            + "Call-ID: mirrored\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            final int port = Integer.parseInt(rig.port("127.0.0.1"));
            stranger.send(new DatagramPacket(options, options.length, loopback, port));

            assertThat(packet(collector)).startsWith("HEP3").contains("OPTIONS sip:x@");
            assertThat(packet(collector)).startsWith("HEP3").contains("SIP/2.0 403 ", "Call-ID: mirrored");
            assertThat(rig.figure("sip.mirrored", "")).isEqualTo(2);
        } finally {
            rig.close();
        }
    }

    private static String packet(final DatagramSocket at) throws Exception {
        final DatagramPacket packet = new DatagramPacket(new byte[8_192], 8_192);
        at.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }
}
