package io.trunkline.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.CommandId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutbindTest {
    private final LiveLoop loop = new LiveLoop();
    private final EsmeEvents events = new EsmeEvents();
    private EsmeBind bind;
    private InetSocketAddress address;

    @BeforeEach
    void listen() {
        final EsmeSettings settings = EsmeSettings.to("mc.example", 2775, BindRequest.of("us", "secret"))
                .withBindType(BindType.RECEIVER)
                .withAwaitsOutbind(true);
        bind = loop.bind(settings, events);
        loop.run(bind::enable);
        final OutbindListener listener = new OutbindListener(
                loop.esmeContext(),
                NioServerSocketChannel::new,
                null,
                2,
                (mc, systemId, password) -> systemId.equals("carrier") && password.equals("knock") ? bind : null);
        final Channel channel = listener.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        address = (InetSocketAddress) channel.localAddress();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void theMcCallsAndTheBindAnswers() {
        final McDesk desk = new McDesk();
        final McServer mc = loop.server(McSettings.DEFAULT, desk);
        mc.outbind(address, "carrier", "knock").syncUninterruptibly();
        await().untilAsserted(() -> assertThat(events.count("bound")).isEqualTo(1));
        assertThat(desk.all).contains("bind RECEIVER us");
        loop.run(() -> desk.bound.get(0).deliver(1, Wire.message("mo"), System.nanoTime()));
        await().untilAsserted(() -> assertThat(desk.all).contains("delivered 1 0"));
        assertThat(events.all).contains("deliver mo");
    }

    @Test
    void aWrongPasswordAndAnythingButOutbindAreClosed() throws IOException {
        for (final byte[] octets : new byte[][] {
            Wire.pdu(CommandId.OUTBIND, 0, 1, Wire.concat(Wire.cString("carrier"), Wire.cString("wrong"))),
            Wire.pdu(CommandId.ENQUIRE_LINK, 0, 1),
            Wire.header(Integer.MAX_VALUE, CommandId.OUTBIND, 1),
            Wire.header(0, CommandId.OUTBIND, 1)
        }) {
            try (RawPeer peer = new RawPeer(new java.net.Socket(address.getAddress(), address.getPort()))) {
                peer.send(octets);
                assertThat(peer.closedByPeer()).isTrue();
            }
        }
        assertThat(loop.call(bind::state)).isEqualTo(EsmeState.WAITING);
    }

    @Test
    void noMoreCallersWaitThanAllowed() throws IOException {
        try (RawPeer first = new RawPeer(address);
                RawPeer second = new RawPeer(address)) {
            try (RawPeer third = new RawPeer(address)) {
                assertThat(third.closedByPeer()).isTrue();
            }
            // Half a header: it goes on waiting.
            first.send(new byte[] {0, 0, 0, 30});
            second.send(Wire.pdu(CommandId.OUTBIND, 0, 1, Wire.concat(Wire.cString("carrier"), Wire.cString("knock"))));
            assertThat(second.receive().commandId()).isEqualTo(CommandId.BIND_RECEIVER);
        }
    }
}
