package io.trunkline.gateway.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.trunkline.gateway.config.Bind;
import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.Cidr;
import io.trunkline.gateway.config.Endpoint;
import io.trunkline.gateway.config.Secret;
import io.trunkline.gateway.engine.CarrierDesk;
import io.trunkline.gateway.engine.CarrierLink;
import io.trunkline.gateway.engine.Conclusion;
import io.trunkline.gateway.engine.InboundNotice;
import io.trunkline.gateway.engine.ReceiptNotice;
import io.trunkline.gateway.engine.simulation.SimulatedConfig;
import io.trunkline.smpp.codec.BindDecoder;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.PduHeader;
import io.trunkline.smpp.codec.WireBytes;
import io.trunkline.smpp.session.EsmeContext;
import io.trunkline.smpp.session.EsmeState;
import io.trunkline.smpp.session.ImmediateOutput;
import io.trunkline.smpp.session.PlatformResolver;
import io.trunkline.smpp.session.TokenBucket;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A carrier that calls, over a plain socket and with octets of its own. */
class OutbindDoorsTest {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Desk desk = new Desk();
    private final CarrierBinds binds = new CarrierBinds(
            new EsmeContext(
                    loop,
                    EpollSocketChannel::new,
                    System::nanoTime,
                    RandomGenerator.of("L64X128MixRandom"),
                    ImmediateOutput::new,
                    new PlatformResolver(),
                    new TokenBucket(TokenBucket.UNLIMITED, 0, System.nanoTime())),
            EpollServerSocketChannel::new,
            desk,
            System::currentTimeMillis);
    private final int port;
    private final ScheduledFuture<?> ticker;

    OutbindDoorsTest() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ticker = loop.scheduleAtFixedRate(() -> binds.tick(System.nanoTime()), 10, 10, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void close() throws Exception {
        onLoop(() -> {
            binds.drain();
            return null;
        });
        await().until(() -> onLoop(binds::stopped));
        ticker.cancel(false);
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void theCarrierCallsAndTheBindItMeansBinds() throws Exception {
        add(bind("one", "north", "127.0.0.0/8"), bind("two", "south", "127.0.0.0/8"));
        try (Socket carrier = call("south", "knock")) {
            final DataInputStream in = new DataInputStream(carrier.getInputStream());
            final ByteBuf request = next(in);
            assertThat(PduHeader.commandId(request, 0)).isEqualTo(CommandId.BIND_TRANSCEIVER);
            final BindDecoder asked = new BindDecoder();
            assertThat(asked.wrap(request, 0, request.readableBytes())).isEqualTo(CommandStatus.ESME_ROK);
            assertThat(WireBytes.latin1(request, asked.systemIdOffset(), asked.systemIdLength()))
                    .isEqualTo("two");
            final ByteBuf out = Unpooled.buffer();
            PduEncoder.bindResp(out, CommandId.BIND_TRANSCEIVER, PduHeader.sequence(request, 0), "south", 0x34);
            send(carrier, out);
            await().until(() -> stateOf("two") == EsmeState.BOUND);
            assertThat(desk.heard).containsExactly("up 12");
            assertThat(stateOf("one")).isEqualTo(EsmeState.WAITING);
        }
        await().until(() -> stateOf("two") == EsmeState.WAITING);
        assertThat(desk.heard).containsExactly("up 12", "down 12");
    }

    @Test
    void whoIsNotExpectedIsClosedWithoutAWord() throws Exception {
        add(bind("one", "north", "127.0.0.0/8"), bind("far", "far", "192.0.2.0/24"));
        for (final String[] caller :
                new String[][] {{"north", "wrong"}, {"unknown", "knock"}, {"far", "knock"}, {"", ""}}) {
            try (Socket socket = call(caller[0], caller[1])) {
                assertThat(closed(socket)).isTrue();
            }
        }
        assertThat(stateOf("one")).isEqualTo(EsmeState.WAITING);
        assertThat(desk.heard).isEmpty();
    }

    @Test
    void theListenerGoesWithTheLastBindThatWaitsThereAndComesBack() throws Exception {
        add(bind("one", "north", "127.0.0.0/8"));
        onLoop(() -> {
            binds.remove(7);
            return null;
        });
        await().until(this::refused);
        add(bind("one", "north", "127.0.0.0/8"));
        try (Socket carrier = call("north", "knock")) {
            assertThat(PduHeader.commandId(next(new DataInputStream(carrier.getInputStream())), 0))
                    .isEqualTo(CommandId.BIND_TRANSCEIVER);
        }
    }

    @Test
    void anAddressThatIsTakenIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            add(bind("one", "north", "127.0.0.0/8"));
            await().until(() -> onLoop(() -> binds.status().get(0).lastError())
                    .startsWith("cannot listen for outbind on 127.0.0.1:" + taken.getLocalPort()));
        }
    }

    private void add(final Bind... all) throws Exception {
        final Carrier usual = SimulatedConfig.carrier("caller", Carrier.DoubtPolicy.FAIL, 10);
        final Carrier carrier = new Carrier(
                usual.name(),
                true,
                List.of(all),
                usual.trunks(),
                usual.messages(),
                usual.receipts(),
                usual.retry(),
                usual.inDoubt(),
                usual.queue(),
                usual.errors());
        onLoop(() -> {
            binds.add(carrier, 7, bind -> bind.name().equals("one") ? 11 : 12);
            return null;
        });
    }

    /** Its own system_id is its name. */
    private Bind bind(final String name, final String carrierId, final String from) {
        return new Bind(
                name,
                true,
                "127.0.0.1",
                1,
                Bind.Type.TRANSCEIVER,
                name,
                Secret.of("${env:X}", "secret"),
                "",
                "",
                Bind.Version.V34,
                10,
                10,
                1,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                new Bind.Reconnect(Duration.ofSeconds(1), Duration.ofSeconds(2)),
                Optional.of(new Bind.Outbind(
                        new Endpoint("127.0.0.1", port),
                        carrierId,
                        Secret.of("${env:Y}", "knock"),
                        List.of(Cidr.parse(from)),
                        Optional.empty())),
                Optional.empty());
    }

    private EsmeState stateOf(final String name) throws Exception {
        return onLoop(() -> binds.status().stream()
                .filter(status -> status.config().name().equals(name))
                .findFirst()
                .orElseThrow()
                .bind()
                .state());
    }

    private Socket call(final String systemId, final String password) throws Exception {
        await().until(() -> !refused());
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        final ByteBuf out = Unpooled.buffer();
        PduEncoder.outbind(out, 1, systemId, password);
        send(socket, out);
        return socket;
    }

    private boolean refused() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (final IOException e) {
            return true;
        }
    }

    private static void send(final Socket socket, final ByteBuf out) throws IOException {
        socket.getOutputStream().write(out.array(), 0, out.readableBytes());
    }

    private static ByteBuf next(final DataInputStream in) throws IOException {
        final byte[] pdu = new byte[in.readInt()];
        in.readFully(pdu, Integer.BYTES, pdu.length - Integer.BYTES);
        return Unpooled.wrappedBuffer(pdu).setInt(0, pdu.length);
    }

    private static boolean closed(final Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (final EOFException | SocketException e) {
            return true;
        }
    }

    private <T> T onLoop(final Callable<T> call) throws Exception {
        return loop.submit(call).get(10, TimeUnit.SECONDS);
    }

    /** Hears of links. */
    private static final class Desk implements CarrierDesk {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void linkUp(final CarrierLink link) {
            heard.add("up " + link.number());
        }

        @Override
        public void linkDown(final CarrierLink link) {
            heard.add("down " + link.number());
        }

        @Override
        public void answered(
                final CarrierLink link,
                final long ticket,
                final int status,
                final DirectBuffer messageId,
                final int offset,
                final int length,
                final boolean late) {
            heard.add("answered");
        }

        @Override
        public void concluded(
                final CarrierLink link,
                final long ticket,
                final int status,
                final Conclusion conclusion,
                final boolean late) {
            throw new AssertionError("nothing was sent");
        }

        @Override
        public void unanswered(final CarrierLink link, final long ticket, final Unanswered cause) {
            heard.add("unanswered");
        }

        @Override
        public int receipt(final CarrierLink link, final ReceiptNotice receipt) {
            return CommandStatus.ESME_ROK;
        }

        @Override
        public int inbound(final CarrierLink link, final InboundNotice message) {
            return CommandStatus.ESME_ROK;
        }
    }
}
