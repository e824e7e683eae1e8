package io.trunkline.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.sip.locate.IpLiteral;
import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transaction.Hop;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages over real UDP sockets: there and back, in order, as many as fit, and nothing else. */
class UdpTransportTest {
    private static final UnsafeBuffer INVITE = new UnsafeBuffer(Messages.octets(Messages.INVITE));
    private static final String TEXT = "NONE " + Messages.INVITE.replace("\n", "\r\n");

    private final Loop loop = new Loop();
    private final Heard here = new Heard();
    private final Heard there = new Heard();
    private final SipTransport ours = loop.transport(TransportLimits.DEFAULT, null, here);
    private final SipTransport theirs = loop.transport(TransportLimits.DEFAULT, null, there);
    private final InetSocketAddress ourAddress = loop.listen(ours, TransportProtocol.UDP);
    private final InetSocketAddress theirAddress = loop.listen(theirs, TransportProtocol.UDP);

    @AfterEach
    void close() {
        loop.close();
    }

    private Flow way() {
        return ours.flow(new Destination(TransportProtocol.UDP, theirAddress, ""));
    }

    private static boolean send(final SipTransport from, final Hop to) {
        return from.send(to, INVITE, 0, INVITE.capacity());
    }

    @Test
    void aMessageArrivesAndItsAnswerComesBackToWhereItCameFrom() {
        there.answer = (message, source) -> send(theirs, source);
        assertThat(send(ours, way())).isTrue();
        loop.turnUntil(() -> !here.messages.isEmpty());
        assertThat(there.messages).containsExactly(TEXT);
        assertThat(here.messages).containsExactly(TEXT);
        assertThat(there.lastSource().remote()).isEqualTo(ourAddress);
        assertThat(there.lastSource().isReliable()).isFalse();
        assertThat(way().sentBy()).isEqualTo("127.0.0.1:" + ourAddress.getPort());
    }

    @Test
    void aSocketIsBehindFromTheFirstReadThatLeavesSomethingUntilItIsEmpty() {
        for (int i = 0; i < 300; i++) {
            send(ours, way());
        }
        ours.flush();
        loop.turn();
        theirs.backlogs().cycle();
        assertThat(there.messages).hasSizeBetween(64, 150);
        loop.skip(250);
        assertThat(theirs.backlogs().behindMs(loop.time())).isGreaterThanOrEqualTo(250);
        loop.turnUntil(() -> there.messages.size() == 300);
        loop.turn();
        theirs.backlogs().cycle();
        theirs.backlogs().cycle();
        assertThat(theirs.backlogs().behindMs(loop.time())).isZero();
    }

    @Test
    void peersAreTheSameFlowEachTime() {
        there.answer = (message, source) -> send(theirs, source);
        send(ours, way());
        send(ours, way());
        loop.turnUntil(() -> here.messages.size() == 2);
        assertThat(there.sources.get(0)).isSameAs(there.sources.get(1));
        assertThat(there.lastSource().withPort(ourAddress.getPort())).isSameAs(there.lastSource());
        assertThat(way().withPort(9).peer().port()).isEqualTo(9);
    }

    @Test
    void anotherAddressOfAPeerIsReachedFromTheSameSocket() throws IOException {
        send(ours, way());
        loop.turnUntil(() -> !there.messages.isEmpty());
        assertThat(there.lastSource().elsewhere("127.0.0.2", 5060)).isNull();
        there.otherAddress = IpLiteral.parse("127.0.0.2");
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(there.otherAddress, 0))) {
            send(theirs, there.lastSource().elsewhere("127.0.0.2", other.getLocalPort()));
            theirs.flush();
            final DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
            other.setSoTimeout(20_000);
            other.receive(packet);
            assertThat(packet.getSocketAddress()).isEqualTo(theirAddress);
        }
        there.otherAddress = IpLiteral.parse("2001:db8::1");
        assertThat(there.lastSource().elsewhere("2001:db8::1", 5060))
                .as("not from this socket")
                .isNull();
    }

    @Test
    void ipv6IsNoDifferent() throws IOException {
        assumeTrue(NetworkInterface.getByInetAddress(IpLiteral.parse("::1")) != null, "no IPv6 here");
        final InetSocketAddress six = loop.listen(
                theirs, Listener.of(TransportProtocol.UDP, new InetSocketAddress(IpLiteral.parse("::1"), 0)));
        assertThat(ours.flow(new Destination(TransportProtocol.UDP, six, "")))
                .as("a socket bound to an IPv4 address reaches none of IPv6")
                .isNull();
        loop.listen(ours, Listener.of(TransportProtocol.UDP, new InetSocketAddress(IpLiteral.parse("::1"), 0)));
        final Flow flow = ours.flow(new Destination(TransportProtocol.UDP, six, ""));
        there.answer = (message, source) -> send(theirs, source);
        send(ours, flow);
        loop.turnUntil(() -> !here.messages.isEmpty());
        assertThat(flow.sentBy()).matches("\\[[0-9a-f:]+]:\\d+");
        assertThat(there.lastSource().peer().toString()).doesNotContain("%");
    }

    @Test
    void whatIsNoMessageIsDroppedWithoutAnAnswer() throws IOException {
        final byte[] long1 = new byte[TransportLimits.DEFAULT.maxDatagram()];
        try (DatagramSocket raw = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (final byte[] octets : new byte[][] {{}, {'\r', '\n', '\r', '\n'}, {0, 1, 2, 3}, long1}) {
                raw.send(new DatagramPacket(octets, octets.length, theirAddress));
            }
            loop.turnUntil(() -> theirs.counters().oversizedDatagrams() == 1);
        }
        assertThat(theirs.counters().keepAlives()).isEqualTo(2);
        assertThat(theirs.counters().noise()).isEqualTo(1);
        assertThat(there.messages).isEmpty();
        assertThat(theirs.counters().messagesOut()).isZero();
    }

    @Test
    void whatIsSentWaitsUntilItsPositionIsReached() {
        loop.flushes = false;
        send(ours, way());
        ours.seal(10);
        send(ours, way());
        ours.seal(20);
        send(ours, way());
        assertThat(ours.release(9)).isZero();
        assertThat(ours.release(10)).isEqualTo(1);
        loop.turnUntil(() -> there.messages.size() == 1);
        assertThat(ours.release(1_000)).as("what is not sealed stays").isEqualTo(1);
        loop.turnUntil(() -> there.messages.size() == 2);
        assertThat(ours.waiting()).isEqualTo(1);
    }

    @Test
    void whatIsTooMuchIsDroppedAndCounted() {
        loop.flushes = false;
        final Flow way = way();
        final int fit = 4 * TransportLimits.DEFAULT.maxQueued() / INVITE.capacity();
        for (int i = 0; i < fit + 5; i++) {
            assertThat(send(ours, way)).isTrue();
        }
        assertThat(ours.counters().datagramsDropped()).isEqualTo(5);
        assertThat(ours.waiting()).isEqualTo(fit);
        final UnsafeBuffer huge = new UnsafeBuffer(new byte[70_000]);
        assertThat(ours.send(way, huge, 0, huge.capacity())).isFalse();
    }

    @Test
    void anExceptionInAHandlerEndsOnlyThatMessage() {
        there.answer = (message, source) -> {
            if (there.messages.size() == 1) {
                throw new IllegalStateException("thrown on purpose");
            }
        };
        send(ours, way());
        send(ours, way());
        loop.turnUntil(() -> there.messages.size() == 2);
        assertThat(theirs.counters().handlerFaults()).isEqualTo(1);
    }
}
