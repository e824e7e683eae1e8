package io.trunkline.sip.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;
import io.trunkline.sip.transport.Loop;
import io.trunkline.sip.transport.MessageSink;
import io.trunkline.sip.transport.PeerSocket;
import io.trunkline.sip.transport.SipTransport;
import io.trunkline.sip.transport.SocketTypes;
import io.trunkline.sip.transport.TransportLimits;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mirror between real sockets and a collector that no one here wrote: sngrep of the Debian package. */
class MirrorTest {
    private static final Path SNGREP = Path.of("/usr/bin/sngrep");
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final MessageSink DEAF = new MessageSink() {
        @Override
        public void onMessage(final SipMessage message, final Flow source) {
            // What it makes of the message is of no interest.
        }

        @Override
        public void onFailed(final Flow flow) {
            // Nor is this.
        }
    };

    @Test
    void bothEndsSeeWhatGoesBetweenThem() {
        try (Loop loop = new Loop()) {
            for (final TransportProtocol protocol :
                    new TransportProtocol[] {TransportProtocol.UDP, TransportProtocol.TCP}) {
                final MessageRing sent = new MessageRing(10_000, () -> 1);
                final MessageRing received = new MessageRing(10_000, () -> 2);
                final SipTransport from = loop.transport(TransportLimits.DEFAULT, null, DEAF);
                final SipTransport to = loop.transport(TransportLimits.DEFAULT, null, DEAF);
                from.tap(sent);
                to.tap(received);
                final InetSocketAddress source = loop.listen(from, protocol);
                final InetSocketAddress target = loop.listen(to, protocol);
                final byte[] message = Messages.octets(Messages.INVITE);
                from.send(
                        from.flow(new Destination(protocol, target, "localhost")),
                        new UnsafeBuffer(message),
                        0,
                        message.length);
                loop.turnUntil(() -> received.size() == 1);

                assertThat(received.snapshot().get(0).octets()).isEqualTo(message);
                assertThat(received.snapshot().get(0).local()).isEqualTo(target);
                assertThat(received.snapshot().get(0).received()).isTrue();
                assertThat(sent.snapshot().get(0).octets()).isEqualTo(message);
                assertThat(sent.snapshot().get(0).remote()).isEqualTo(target);
                assertThat(sent.snapshot().get(0).protocol()).isEqualTo(protocol);
                if (protocol == TransportProtocol.UDP) {
                    assertThat(sent.snapshot().get(0).local()).isEqualTo(source);
                    assertThat(received.snapshot().get(0).remote()).isEqualTo(source);
                }
            }
        }
    }

    @Test
    void sngrepCollectsTheCall(@TempDir final Path directory) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(SNGREP), "sngrep is not installed");
        final int port;
        try (DatagramSocket probe = new DatagramSocket(0, LOOPBACK)) {
            port = probe.getLocalPort();
        }
        final Path file = directory.resolve("collected.pcap");
        final Process collector = new ProcessBuilder(
                        SNGREP.toString(), "-N", "-q", "-L", "udp:127.0.0.1:" + port, "-O", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sngrep.log").toFile())
                .start();
        try (Loop loop = new Loop()) {
            final PeerSocket socket = new PeerSocket(
                    loop.eventLoop(),
                    SocketTypes.epoll(),
                    new InetSocketAddress(LOOPBACK, port),
                    1 << 20,
                    (datagram, offset, length) -> {});
            final HepMirror mirror =
                    new HepMirror(new Hep3(2_001, ""), () -> System.currentTimeMillis() * 1_000_000, socket::send);
            loop.everyTurn(socket::flush);
            loop.turnUntil(socket::isOpen);
            final byte[] message = Messages.octets(Messages.INVITE);
            await().pollInSameThread().atMost(30, TimeUnit.SECONDS).until(() -> {
                mirror.onMessage(
                        true,
                        TransportProtocol.UDP,
                        new InetSocketAddress(LOOPBACK, 5_060),
                        new InetSocketAddress(LOOPBACK, 5_070),
                        new UnsafeBuffer(message),
                        0,
                        message.length);
                loop.turn();
                return Files.exists(file) && Files.size(file) > 24 + message.length;
            });
            socket.close();
        } finally {
            collector.destroy();
            collector.waitFor();
        }
        assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains(new String(Messages.octets(Messages.INVITE), java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
