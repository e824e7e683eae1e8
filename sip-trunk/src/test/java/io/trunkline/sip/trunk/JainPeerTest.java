package io.trunkline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.digest.DigestAlgorithm;
import io.trunkline.sip.locate.Target;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.stack.JainPeer;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transport.Destination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A trunk to JAIN-SIP's own stack, over real sockets. */
class JainPeerTest {
    private final LiveRig rig = new LiveRig(DoorSettings.closed());

    @AfterEach
    void close() {
        rig.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String token(final TransportProtocol protocol) {
        return protocol == TransportProtocol.UDP ? "udp" : "tcp";
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportProtocol.class,
            names = {"UDP", "TCP"})
    void aTrunkRegistersIsProbedAndCalls(final TransportProtocol protocol) throws Exception {
        final int port = freePort();
        try (JainPeer peer = new JainPeer(token(protocol), port, "secret")) {
            rig.listen(protocol);
            final Trunk trunk = rig.trunks.add(TrunkSettings.of("jain", new Target(false, "127.0.0.1", port, protocol))
                    .withCredentials(new Credentials("pbx", "jain.example", "secret", DigestAlgorithm.MD5))
                    .withRegistering(Registering.of("pbx", "jain.example"))
                    .withProbing(Probing.DEFAULT, 2, 1));
            rig.loop.turnUntil(() -> trunk.state(rig.loop.time()) == Refusal.NONE
                    && trunk.counters().probesAnswered() == 1);
            assertThat(peer.heard).contains("OPTIONS", "REGISTER");
            assertThat(trunk.registration().validUntilMs() - rig.loop.time()).isBetween(1_790_000L, 1_800_000L);
            assertThat(trunk.counters().challengesAnswered()).isEqualTo(1);
            invite(port, protocol);
            rig.loop.turnUntil(() -> rig.heard.contains("200 INVITE"));
            assertThat(rig.heard).contains("180 INVITE");
        }
    }

    private void invite(final int port, final TransportProtocol protocol) {
        final Destination destination =
                new Destination(protocol, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "");
        final ClientTransaction transaction = rig.layer.newClient(SipMethod.INVITE, rig.transport.flow(destination));
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
        final io.trunkline.sip.message.OctetWriter out =
                new io.trunkline.sip.message.OctetWriter().wrap(buffer, 0, buffer.capacity());
        out.ascii("""
                INVITE sip:b@127.0.0.1 SIP/2.0
                From: <sip:a@127.0.0.1>;tag=1
                To: <sip:b@127.0.0.1>
                Call-ID: live
                CSeq: 1 INVITE
                Max-Forwards: 70
                Contact: <sip:a@127.0.0.1>
                Content-Length: 0
                Via: SIP/2.0/%s %s;rport;branch=\
                """.formatted(protocol, rig.transport.flow(destination).sentBy())
                .replace("\n", "\r\n"));
        transaction.writeBranch(out);
        out.crlf().crlf();
        transaction.send(buffer, 0, out.length());
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportProtocol.class,
            names = {"UDP", "TCP"})
    void whatComesFromAKnownAddressIsServed(final TransportProtocol protocol) throws Exception {
        final InetSocketAddress ours = rig.listen(protocol);
        rig.trunks.add(TrunkSettings.of("jain", new Target(false, "127.0.0.1", 9, null)));
        try (JainPeer peer = new JainPeer(token(protocol), freePort(), "secret")) {
            rig.loop.turn();
            peer.request("OPTIONS", "127.0.0.1", ours.getPort());
            peer.request("MESSAGE", "127.0.0.1", ours.getPort());
            peer.request("INVITE", "127.0.0.1", ours.getPort());
            rig.loop.turnUntil(() -> peer.heard.stream().filter("200"::equals).count() == 3);
            assertThat(rig.heard).contains("OPTIONS jain", "MESSAGE jain", "INVITE jain");
        }
    }

    @Test
    void anAddressWhereNobodyListensIsDownAtOnceAndCallsGoToTheOther() throws Exception {
        final int dead = freePort();
        final int live = freePort();
        rig.zone
                .service("_sip._tcp.carrier.example", 1, 1, dead, "a.carrier.example")
                .service("_sip._tcp.carrier.example", 2, 1, live, "b.carrier.example")
                .address("a.carrier.example", 60, "127.0.0.1")
                .address("b.carrier.example", 60, "127.0.0.1");
        try (JainPeer peer = new JainPeer("tcp", live, "secret")) {
            rig.listen(TransportProtocol.TCP);
            final long startedMs = rig.loop.time();
            final Trunk trunk = rig.trunks.add(
                    TrunkSettings.of("jain", new Target(false, "carrier.example", 0, TransportProtocol.TCP))
                            .withProbing(Probing.DEFAULT, 1, 1));
            rig.loop.turnUntil(() ->
                    trunk.counters().addressesDown() == 1 && trunk.counters().probesAnswered() == 1);
            assertThat(rig.loop.time() - startedMs)
                    .as("by the refused connection, not by a timer")
                    .isLessThan(Probing.DEFAULT.timeoutMs());
            final List<Destination> candidates = new ArrayList<>();
            assertThat(trunk.acquire(rig.loop.time(), false, candidates)).isNotNull();
            assertThat(candidates).extracting(one -> one.address().getPort()).containsExactly(live);
            invite(dead, TransportProtocol.TCP);
            rig.loop.turnUntil(() -> rig.heard.contains("ended TRANSPORT_ERROR"));
            invite(live, TransportProtocol.TCP);
            rig.loop.turnUntil(() -> rig.heard.contains("200 INVITE"));
            assertThat(peer.heard).contains("OPTIONS", "INVITE");
        }
    }
}
