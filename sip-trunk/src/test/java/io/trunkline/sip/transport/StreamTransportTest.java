package io.trunkline.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.TransportProtocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections over real sockets: cut, answered, used again, and closed when they are of no use. */
class StreamTransportTest {
    private static final byte[] OCTETS = Messages.octets(Messages.INVITE);
    private static final UnsafeBuffer INVITE = new UnsafeBuffer(OCTETS);
    private static final String TEXT = "NONE " + Messages.INVITE.replace("\n", "\r\n");
    private static final TransportLimits LIMITS =
            new TransportLimits(SipLimits.DEFAULT, 16 * 1024, 256 * 1024, 4, 3, 60_000, 5_000, 3_000, 20_000, 10_000);

    private final Loop loop = new Loop();
    private final Heard here = new Heard();
    private final Heard there = new Heard();
    private final SipTransport ours = loop.transport(LIMITS, null, here);
    private final SipTransport theirs = loop.transport(LIMITS, null, there);
    private final InetSocketAddress address = loop.listen(theirs, TransportProtocol.TCP);
    private final List<Socket> raw = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (final Socket socket : raw) {
            socket.close();
        }
        loop.close();
    }

    private Flow way() {
        return ours.flow(new Destination(TransportProtocol.TCP, address, "ignored"));
    }

    private boolean send() {
        return ours.send(way(), INVITE, 0, INVITE.capacity());
    }

    private Socket connect() throws IOException {
        final Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        raw.add(socket);
        return socket;
    }

    @Test
    void aConnectionBringsSoMuchInACycleAndIsBehindUntilItIsEmpty() throws IOException {
        final Socket peer = connect();
        final int messages = 300 * 1024 / OCTETS.length;
        final Thread writer = new Thread(() -> {
            try {
                for (int i = 0; i < messages; i++) {
                    peer.getOutputStream().write(OCTETS);
                }
            } catch (final IOException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();
        long most = 0;
        boolean behind = false;
        while (there.messages.size() < messages) {
            final int before = there.messages.size();
            loop.turn();
            theirs.backlogs().cycle();
            loop.skip(1);
            most = Math.max(most, there.messages.size() - before);
            behind |= theirs.backlogs().behindMs(loop.time()) > 0;
        }
        assertThat(most * OCTETS.length).isLessThanOrEqualTo(65 * 1024);
        assertThat(behind).isTrue();
        loop.turn();
        theirs.backlogs().cycle();
        theirs.backlogs().cycle();
        assertThat(theirs.backlogs().behindMs(loop.time())).isZero();
    }

    private String read(final Socket socket, final int length) throws IOException {
        final InputStream in = socket.getInputStream();
        loop.turnUntil(() -> {
            try {
                return in.available() >= length;
            } catch (final IOException e) {
                throw new IllegalStateException(e);
            }
        });
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private void turnUntilClosed(final Socket socket) {
        loop.turnUntil(() -> theirs.connections() == 0);
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void messagesThereAndAnswersBackShareOneConnection() {
        there.answer = (message, source) -> theirs.send(source, INVITE, 0, INVITE.capacity());
        assertThat(send()).isTrue();
        assertThat(send()).isTrue();
        loop.turnUntil(() -> here.messages.size() == 2);
        assertThat(there.messages).containsExactly(TEXT, TEXT);
        assertThat(here.messages).containsExactly(TEXT, TEXT);
        assertThat(theirs.counters().accepted()).isEqualTo(1);
        assertThat(there.lastSource().isReliable()).isTrue();
        assertThat(here.lastSource()).isSameAs(way());
    }

    @Test
    void aConnectionThatWasLostIsMadeAnew() {
        send();
        loop.turnUntil(() -> there.messages.size() == 1);
        final Flow old = way();
        loop.skip(LIMITS.idleMs());
        loop.turnUntil(() -> ours.connections() == 0 && theirs.connections() == 0);
        assertThat(here.failed).containsExactly(old);
        assertThat(ours.send(old, INVITE, 0, INVITE.capacity())).isTrue();
        loop.turnUntil(() -> there.messages.size() == 2);
        assertThat(way())
                .as("whoever holds the old flow and whoever asks anew share it")
                .isSameAs(old);
        assertThat(theirs.send(there.sources.get(0), INVITE, 0, INVITE.capacity()))
                .as("one that was accepted has ended")
                .isFalse();
    }

    /** A peer whose connection has gone after its request, of which it said that it listens at the server's port. */
    private Flow gone(final ServerSocket server) throws IOException {
        there.answer = (message, source) -> source.listensAt(message);
        final Socket socket = connect();
        final String text = Messages.INVITE.replace("example.com:5062", "example.com:" + server.getLocalPort());
        socket.getOutputStream().write(Messages.octets(text));
        loop.turnUntil(() -> there.messages.size() == 1);
        return there.lastSource();
    }

    @Test
    void anAnswerWhoseConnectionHasGoneIsTakenToWhereThePeerListens() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            final Flow source = gone(server);
            raw.get(0).close();
            loop.turnUntil(() -> theirs.connections() == 0);
            assertThat(theirs.send(source, INVITE, 0, INVITE.capacity())).isTrue();
            assertThat(theirs.send(source, INVITE, 0, INVITE.capacity())).isTrue();
            loop.turnUntil(() -> theirs.counters().connected() == 1);
            final Socket back = server.accept();
            raw.add(back);
            assertThat(read(back, 2 * OCTETS.length)).startsWith("INVITE");
            assertThat(theirs.counters().rerouted()).isZero();
        }
    }

    @Test
    void soIsOneThatWaitedForTheJournalWhenItWent() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            final Flow source = gone(server);
            loop.flushes = false;
            assertThat(theirs.send(source, INVITE, 0, INVITE.capacity())).isTrue();
            raw.get(0).close();
            loop.turnUntil(() -> theirs.connections() == 0);
            loop.flushes = true;
            loop.turnUntil(() -> theirs.counters().connected() == 1);
            final Socket back = server.accept();
            raw.add(back);
            assertThat(read(back, OCTETS.length)).startsWith("INVITE");
            assertThat(theirs.counters().rerouted()).isEqualTo(1);
            assertThat(theirs.waiting()).isZero();
        }
    }

    @Test
    void nobodyThereIsTold() throws IOException {
        final int free;
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = once.getLocalPort();
        }
        final Flow flow = ours.flow(new Destination(
                TransportProtocol.TCP, new InetSocketAddress(InetAddress.getLoopbackAddress(), free), ""));
        ours.send(flow, INVITE, 0, INVITE.capacity());
        loop.turnUntil(() -> !here.failed.isEmpty());
        assertThat(here.failed).containsExactly(flow);
        assertThat(ours.counters().connectsFailed()).isEqualTo(1);
        assertThat(ours.connections()).isZero();
        loop.turnUntil(() -> ours.waiting() == 0);
    }

    @Test
    void aConnectThatHangsIsGivenUp() {
        // TEST-NET-1: routed nowhere, or refused; either way it ends by the deadline.
        final Flow flow =
                ours.flow(new Destination(TransportProtocol.TCP, new InetSocketAddress("192.0.2.1", 5060), ""));
        ours.send(flow, INVITE, 0, INVITE.capacity());
        loop.turn();
        loop.skip(LIMITS.connectMs());
        loop.turnUntil(() -> !here.failed.isEmpty());
        assertThat(ours.connections()).isZero();
    }

    @Test
    void piecesOfAnySizeAreTheSameMessages() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final byte[] stream = (Messages.INVITE + "\n\n" + Messages.INVITE + Messages.INVITE)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
        final Socket socket = connect();
        for (int round = 1; round <= 20; round++) {
            for (int at = 0; at < stream.length; ) {
                final int length = Math.min(stream.length - at, 1 + random.nextInt(200));
                socket.getOutputStream().write(stream, at, length);
                at += length;
                loop.turn();
            }
            final int expected = round * 3;
            loop.turnUntil(() -> there.messages.size() == expected);
        }
        assertThat(there.messages).as("seed %d", seed).containsOnly(TEXT);
        assertThat(read(socket, 40)).isEqualTo("\r\n".repeat(20));
        assertThat(theirs.counters().keepAlives()).isEqualTo(20);
    }

    @Test
    void aStreamThatLostItsFrameIsAnsweredAndClosed() throws IOException {
        there.answer = (message, source) -> theirs.send(source, INVITE, 0, INVITE.capacity());
        final Socket socket = connect();
        final String text = Messages.INVITE.replace("Content-Length: 5\n", "");
        socket.getOutputStream().write(Messages.octets(text));
        assertThat(read(socket, OCTETS.length)).startsWith("INVITE");
        turnUntilClosed(socket);
        assertThat(there.messages.get(0)).startsWith("MISSING_CONTENT_LENGTH");
        assertThat(theirs.counters().lostFrames()).isEqualTo(1);
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void oneAddressHasOnlySoManyConnections() throws IOException {
        for (int i = 0; i < 4; i++) {
            connect();
        }
        loop.turnUntil(() -> theirs.counters().refusedConnections() == 1);
        assertThat(theirs.connections()).isEqualTo(3);
        raw.get(0).close();
        loop.turnUntil(() -> theirs.connections() == 2);
        connect();
        loop.turnUntil(() -> theirs.connections() == 3);
    }

    @Test
    void whoKnocksAndGoesIsNothingThatAnybodyWaitsFor() throws IOException {
        final UnsafeBuffer answer = new UnsafeBuffer(Messages.octets(Messages.OK));
        there.answer = (message, source) -> theirs.send(source, answer, 0, answer.capacity());
        final Socket socket = connect();
        socket.getOutputStream().write(OCTETS);
        assertThat(read(socket, answer.capacity())).startsWith("SIP/2.0 200");
        socket.close();
        loop.turnUntil(() -> theirs.connections() == 0);
        assertThat(there.failed).isEmpty();
        there.answer = (message, source) -> theirs.send(source, INVITE, 0, INVITE.capacity());
        final Socket asked = connect();
        asked.getOutputStream().write(OCTETS);
        assertThat(read(asked, OCTETS.length)).startsWith("INVITE");
        asked.close();
        loop.turnUntil(() -> theirs.connections() == 0);
        assertThat(there.failed).containsExactly(there.lastSource());
    }

    @Test
    void aPeerThatDoesNotReadIsClosed() throws IOException {
        final Socket socket = connect();
        socket.getOutputStream().write(OCTETS);
        loop.turnUntil(() -> there.messages.size() == 1);
        final UnsafeBuffer large = new UnsafeBuffer(new byte[60_000]);
        loop.turnUntil(() -> {
            for (int i = 0; i < 20; i++) {
                theirs.send(there.lastSource(), large, 0, large.capacity());
                theirs.flush();
            }
            return theirs.counters().slowReaders() == 1;
        });
        turnUntilClosed(socket);
        assertThat(there.failed).containsExactly(there.lastSource());
        assertThat(theirs.waiting()).isZero();
    }

    /** As while a disk stands still: nothing may leave, and no peer is to blame. */
    @Test
    void aConnectionWhoseOwnerHoldsBackMoreThanAPeerMayStays() throws IOException {
        final Socket socket = connect();
        socket.getOutputStream().write(OCTETS);
        loop.turnUntil(() -> there.messages.size() == 1);
        loop.flushes = false;
        final UnsafeBuffer large = new UnsafeBuffer(new byte[LIMITS.maxQueued() / 2]);
        for (int i = 0; i < 8; i++) {
            assertThat(theirs.send(there.lastSource(), large, 0, large.capacity()))
                    .isTrue();
        }
        assertThat(theirs.counters().slowReaders()).isZero();
        assertThat(theirs.send(there.lastSource(), large, 0, large.capacity()))
                .as("not without end")
                .isFalse();
        assertThat(theirs.counters().slowReaders()).isEqualTo(1);
    }

    @Test
    void peersWithManyConnectionsThatDoNotReadAreClosedWhereMostWaits() throws IOException {
        final int many = 60;
        final Heard heard = new Heard();
        final SipTransport transport = loop.transport(
                new TransportLimits(
                        SipLimits.DEFAULT, 16 * 1024, 64 * 1024, 100, many, 60_000, 5_000, 3_000, 20_000, 10_000),
                null,
                heard);
        final InetSocketAddress listening = loop.listen(transport, TransportProtocol.TCP);
        for (int i = 0; i < many; i++) {
            final Socket socket = new Socket(listening.getAddress(), listening.getPort());
            raw.add(socket);
            socket.getOutputStream().write(OCTETS);
        }
        loop.turnUntil(() -> heard.messages.size() == many);
        loop.flushes = false;
        final UnsafeBuffer large = new UnsafeBuffer(new byte[60_000]);
        final UnsafeBuffer small = new UnsafeBuffer(new byte[1_000]);
        for (int i = 0; i < many; i++) {
            final UnsafeBuffer message = i % 2 == 0 ? large : small;
            assertThat(transport.send(heard.sources.get(i), message, 0, message.capacity()))
                    .isTrue();
        }
        final long closed = transport.counters().slowReaders();
        assertThat(closed).as("1.8 MB were sent, and 1 MiB may wait").isBetween(10L, 16L);
        loop.flushes = true;
        loop.turnUntil(() -> transport.connections() == many - closed);
        for (int i = 1; i < many; i += 2) {
            assertThat(transport.send(heard.sources.get(i), small, 0, small.capacity()))
                    .as("one for which little waited")
                    .isTrue();
        }
        loop.turnUntil(() -> transport.waiting() == 0);
    }

    @Test
    void aMessageThatDoesNotGoOnIsNotWaitedFor() throws IOException {
        final Socket socket = connect();
        socket.getOutputStream().write(OCTETS, 0, 100);
        loop.turnUntil(() -> theirs.counters().octetsIn() == 100);
        loop.skip(LIMITS.partialMs() - 1_000);
        loop.turn();
        assertThat(theirs.connections()).isEqualTo(1);
        loop.skip(1_000);
        turnUntilClosed(socket);
        assertThat(theirs.counters().stalledMessages()).isEqualTo(1);
    }

    @Test
    void aConnectionOfOursIsPingedAndClosedIfNobodyAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final Flow flow = ours.flow(
                    new Destination(TransportProtocol.TCP, (InetSocketAddress) silent.getLocalSocketAddress(), ""));
            ours.send(flow, INVITE, 0, INVITE.capacity());
            loop.turnUntil(() -> ours.counters().connected() == 1);
            final Socket socket = silent.accept();
            raw.add(socket);
            assertThat(read(socket, OCTETS.length)).startsWith("INVITE");
            loop.skip(LIMITS.keepAliveMs());
            assertThat(read(socket, 4)).isEqualTo("\r\n\r\n");
            socket.getOutputStream().write(new byte[] {'\r', '\n'});
            loop.turnUntil(() -> ours.counters().octetsIn() == 2);
            loop.skip(LIMITS.pongMs());
            loop.turn();
            assertThat(ours.connections()).isEqualTo(1);
            loop.skip(LIMITS.keepAliveMs());
            assertThat(read(socket, 4)).isEqualTo("\r\n\r\n");
            loop.skip(LIMITS.pongMs());
            loop.turnUntil(() -> ours.connections() == 0);
            assertThat(ours.counters().pongsMissed()).isEqualTo(1);
        }
    }
}
