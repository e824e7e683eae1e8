package io.trunkline.gateway.calls;

import static io.trunkline.gateway.calls.WirePeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.testing.Rtpengine;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Calls through a whole gateway whose media is anchored, at rtpengine itself where it is installed and at one that can be made deaf. */
class AnchoredCallTest extends GatewayTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private void start(final String relay, final String more) {
        rig.sip("media: {relay: \"%s\"%s}\n".formatted(relay, more))
                .routes("*,call,alpha\n")
                .alpha(", media: anchor")
                .start();
    }

    private static String description(final int port) {
        return "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + port
                + " RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";
    }

    private static int port(final String message) {
        final int at = message.indexOf("m=audio ") + 8;
        return Integer.parseInt(message.substring(at, message.indexOf(' ', at)));
    }

    private void allIsGivenBack() {
        rig.awaitFigure("calls.open", "", 0);
        rig.awaitFigure("media.calls", "", 0);
        assertThat(rig.figure("sip.handler.faults", "")).isZero();
    }

    @Test
    void voiceGoesThroughRtpengineAsLongAsTheCallIsUp() throws Exception {
        assumeTrue(Rtpengine.isInstalled(), "rtpengine is not installed");
        try (Rtpengine daemon = new Rtpengine(directory);
                DatagramSocket caller = new DatagramSocket(0, LOOPBACK);
                DatagramSocket callee = new DatagramSocket(0, LOOPBACK)) {
            start("127.0.0.1:" + daemon.control(), ", timeout: 5s");
            platform.invite(OWNED, NUMBER, sdp(description(caller.getLocalPort())));
            final String invite = alpha.heard("INVITE");
            alpha.accept(invite, description(callee.getLocalPort()));
            final String accepted = platform.heard("SIP/2.0 200");
            assertThat(port(invite)).isNotIn(caller.getLocalPort(), callee.getLocalPort());
            assertThat(port(accepted)).isNotIn(caller.getLocalPort(), callee.getLocalPort(), port(invite));
            assertThat(invite).doesNotContain("192.0.2.1");
            platform.request("ACK", 1, accepted, "");

            final byte[] voice = new byte[172];
            voice[0] = (byte) 0x80;
            callee.setSoTimeout(10_000);
            caller.send(new DatagramPacket(voice, voice.length, LOOPBACK, port(accepted)));
            final DatagramPacket arrived = new DatagramPacket(new byte[1_500], 1_500);
            callee.receive(arrived);
            assertThat(arrived.getPort()).isEqualTo(port(invite));

            platform.request("BYE", 2, accepted, "");
            alpha.answer(alpha.heard("BYE"), "200 OK", "");
            allIsGivenBack();
            await().atMost(Duration.ofSeconds(10)).until(() -> !knows(daemon.control()));
        }
    }

    /** Whether rtpengine has any call. */
    private static boolean knows(final int control) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            socket.setSoTimeout(1_000);
            final byte[] list = "0123456789abcdef d7:command4:list5:limiti10ee".getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(list, list.length, LOOPBACK, control));
            final DatagramPacket answer = new DatagramPacket(new byte[4_096], 4_096);
            socket.receive(answer);
            return !new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII)
                    .contains("5:callsle");
        }
    }

    @Test
    void whatARelayDoesNotHearItIsAskedAgainAndOnceOnly() throws Exception {
        try (FakeRtpengine relay = new FakeRtpengine()) {
            relay.deaf.set(2);
            start(relay.address(), ", timeout: 5s");
            platform.invite(OWNED, NUMBER, sdp(description(4_000)));
            final String invite = alpha.heard("INVITE");
            assertThat(port(invite)).isEqualTo(40_000);
            alpha.accept(invite, description(5_000));
            final String accepted = platform.heard("SIP/2.0 200");
            assertThat(port(accepted)).isEqualTo(40_002);
            platform.request("ACK", 1, accepted, "");
            alpha.heard("ACK");

            platform.request("INVITE", 2, accepted, sdp(description(4_004)));
            final String again = alpha.heard("INVITE");
            assertThat(port(again)).isEqualTo(40_000);
            alpha.accept(again, description(5_004));
            final String reaccepted = platform.heard("SIP/2.0 200");
            assertThat(port(reaccepted)).isEqualTo(40_002);
            platform.request("ACK", 2, accepted, "");
            platform.request("BYE", 3, accepted, "");
            alpha.answer(alpha.heard("BYE"), "200 OK", "");
            allIsGivenBack();
            await().atMost(Duration.ofSeconds(10)).until(() -> relay.asked.size() == 5);
            assertThat(relay.asked.get(0)).isEqualTo("offer a ");
            assertThat(relay.asked.get(1)).startsWith("answer a b");
            assertThat(relay.asked.get(2)).isEqualTo("offer a ");
            assertThat(relay.asked.get(4)).startsWith("delete a");
            assertThat(rig.figure("media.relay.repeated", "")).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void withADeadRelayCallsAreRefusedAtOnceUntilItAnswers() throws Exception {
        try (FakeRtpengine relay = new FakeRtpengine()) {
            relay.deaf.set(Integer.MAX_VALUE);
            start(relay.address(), ", timeout: 300ms");
            platform.invite(OWNED, NUMBER, sdp(description(4_000)));
            assertThat(platform.heard("SIP/2.0 503")).isNotEmpty();
            assertThat(rig.figure("media.relay.dead", "")).isEqualTo(1);
            platform.invite(OWNED, NUMBER, sdp(description(4_000)));
            assertThat(platform.heard("SIP/2.0 503")).isNotEmpty();
            assertThat(rig.figure("media.refused", "")).isEqualTo(2);

            relay.deaf.set(0);
            rig.awaitFigure("media.relay.dead", "", 0);
            platform.invite(OWNED, NUMBER, sdp(description(4_000)));
            final String invite = alpha.heard("INVITE");
            assertThat(port(invite)).isEqualTo(40_000);
            alpha.answer(invite, "486 Busy Here", "");
            assertThat(platform.heard("SIP/2.0 486")).isNotEmpty();
            allIsGivenBack();
        }
    }

    @Test
    void orTheyPassWhereTheConfigurationSaysSo() throws Exception {
        try (FakeRtpengine relay = new FakeRtpengine()) {
            relay.deaf.set(Integer.MAX_VALUE);
            start(relay.address(), ", timeout: 300ms, whenDead: pass");
            platform.invite(OWNED, NUMBER, sdp(description(4_000)));
            final String invite = alpha.heard("INVITE");
            assertThat(port(invite)).isEqualTo(4_000);
            alpha.accept(invite, description(5_000));
            final String accepted = platform.heard("SIP/2.0 200");
            assertThat(port(accepted)).isEqualTo(5_000);
            platform.request("ACK", 1, accepted, "");
            platform.request("BYE", 2, accepted, "");
            alpha.answer(alpha.heard("BYE"), "200 OK", "");
            allIsGivenBack();
            assertThat(rig.figure("media.passed", "")).isEqualTo(1);
        }
    }

    @Test
    void whoeverCallsFromAnAnchoredTrunkIsAnchoredToo() throws Exception {
        try (FakeRtpengine relay = new FakeRtpengine()) {
            start(relay.address(), "");
            alpha.invite(NUMBER, OWNED, sdp(description(4_000)));
            final String invite = platform.heard("INVITE");
            assertThat(port(invite)).isEqualTo(40_000);
            platform.answer(invite, "486 Busy Here", "");
            assertThat(alpha.heard("SIP/2.0 486")).isNotEmpty();
            allIsGivenBack();
        }
    }
}
