package io.trunkline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.sip.media.RelayAnswer.Result;
import io.trunkline.sip.transport.Loop;
import io.trunkline.sip.transport.PeerSocket;
import io.trunkline.sip.transport.SocketTypes;
import io.trunkline.testing.Rtpengine;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against rtpengine itself, the daemon of the Debian package, where it is installed. */
class RtpengineTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path directory;

    private final Loop loop = new Loop();
    private final List<RelayAnswer> heard = new ArrayList<>();
    private Rtpengine daemon;
    private PeerSocket socket;
    private MediaRelay relay;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Rtpengine.isInstalled(), "rtpengine is not installed");
        daemon = new Rtpengine(directory);
        socket = new PeerSocket(
                loop.eventLoop(),
                SocketTypes.epoll(),
                new InetSocketAddress(LOOPBACK, daemon.control()),
                1 << 20,
                (datagram, offset, length) -> relay.onDatagram(datagram, offset, length));
        relay = new MediaRelay(
                RelayLimits.DEFAULT,
                loop,
                new Random()::nextLong,
                (datagram, offset, length) -> socket.send(datagram, offset, length));
        loop.everyTurn(() -> {
            relay.poll();
            socket.flush();
        });
        RelayAnswer pong = ask(() -> relay.ping(heard::add));
        for (int tries = 0; !pong.isOk() && tries < 20; tries++) {
            assertThat(daemon.isAlive()).as(daemon.said()).isTrue();
            pong = ask(() -> relay.ping(heard::add));
        }
        assertThat(pong.all()).containsEntry("result", "pong");
    }

    @AfterEach
    void stop() {
        if (daemon != null) {
            socket.close();
            daemon.close();
        }
        loop.close();
    }

    private RelayAnswer ask(final Runnable request) {
        heard.clear();
        request.run();
        loop.turnUntil(() -> !heard.isEmpty());
        assertThat(heard).hasSize(1);
        return heard.get(0);
    }

    private static String sdp(final int port) {
        return "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + port
                + " RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";
    }

    private static int port(final String sdp) {
        final int at = sdp.indexOf("m=audio ") + 8;
        return Integer.parseInt(sdp.substring(at, sdp.indexOf(' ', at)));
    }

    @Test
    void mediaGoesThroughTheRelay() throws IOException {
        try (DatagramSocket caller = new DatagramSocket(0, LOOPBACK);
                DatagramSocket callee = new DatagramSocket(0, LOOPBACK)) {
            final RelayAnswer offered = ask(
                    () -> relay.offer("call-1", "a", sdp(caller.getLocalPort()), Map.of("ICE", "remove"), heard::add));
            assertThat(offered.result()).as(offered.why()).isEqualTo(Result.OK);
            assertThat(offered.sdp()).doesNotContain("192.0.2.1");
            final RelayAnswer answered = ask(() ->
                    relay.answer("call-1", "a", "b", sdp(callee.getLocalPort()), Map.of("ICE", "remove"), heard::add));
            assertThat(answered.result()).as(answered.why()).isEqualTo(Result.OK);
            final int towardCallee = port(offered.sdp());
            final int towardCaller = port(answered.sdp());
            assertThat(towardCallee).isNotIn(caller.getLocalPort(), callee.getLocalPort(), towardCaller);

            final byte[] rtp = new byte[172];
            rtp[0] = (byte) 0x80;
            callee.setSoTimeout(5_000);
            caller.send(new DatagramPacket(rtp, rtp.length, LOOPBACK, towardCaller));
            final DatagramPacket arrived = new DatagramPacket(new byte[1_500], 1_500);
            callee.receive(arrived);
            assertThat(arrived.getPort()).isEqualTo(towardCallee);
            assertThat(arrived.getLength()).isEqualTo(rtp.length);

            final RelayAnswer queried = ask(() -> relay.query("call-1", heard::add));
            assertThat(queried.all()).containsKeys("created", "totals");
            assertThat(ask(() -> relay.delete("call-1", "a", heard::add)).isOk())
                    .isTrue();
            assertThat(ask(() -> relay.query("call-1", heard::add)).result()).isEqualTo(Result.ERROR);
        }
    }

    @Test
    void whatTheRelayCannotReadItRefuses() {
        final RelayAnswer refused = ask(() -> relay.offer("call-2", "a", "no description", Map.of(), heard::add));

        assertThat(refused.result()).isEqualTo(Result.ERROR);
        assertThat(refused.why()).isNotEmpty();
    }

    @Test
    void octetsOfADescriptionComeBackAsTheyWere() {
        final String name = new String("s=Grüße\r\n".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        final RelayAnswer offered =
                ask(() -> relay.offer("call-3", "a", sdp(4_000).replace("s=-\r\n", name), Map.of(), heard::add));

        assertThat(offered.result()).as(offered.why()).isEqualTo(Result.OK);
        assertThat(offered.sdp()).contains(name);
    }

    @Test
    void aRelayThatDiesIsSilent() throws InterruptedException {
        daemon.kill();

        assertThat(ask(() -> relay.ping(heard::add)).result()).isEqualTo(Result.SILENT);
        assertThat(socket.isOpen()).isTrue();
    }
}
