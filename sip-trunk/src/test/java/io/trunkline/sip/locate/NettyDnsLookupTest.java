package io.trunkline.sip.locate;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.trunkline.sip.locate.DnsAnswer.Outcome;
import io.trunkline.sip.locate.DnsRecord.Address;
import io.trunkline.sip.locate.DnsRecord.Pointer;
import io.trunkline.sip.locate.DnsRecord.Service;
import io.trunkline.sip.transport.Loop;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records asked for over real sockets, from a name server in this process. */
class NettyDnsLookupTest {
    private final Loop loop = new Loop();
    private NameServer server;
    private NettyDnsLookup lookup;

    @BeforeEach
    void start() throws IOException {
        server = new NameServer();
        lookup = new NettyDnsLookup(
                loop.eventLoop(),
                EpollDatagramChannel::new,
                EpollSocketChannel::new,
                new SingletonDnsServerAddressStreamProvider(server.address()),
                300);
    }

    @AfterEach
    void stop() throws InterruptedException {
        lookup.close();
        loop.close();
        server.stop();
    }

    private DnsAnswer ask(final String name, final RecordType type) {
        final List<DnsAnswer> told = new ArrayList<>();
        lookup.query(name, type, told::add);
        loop.turnUntil(() -> !told.isEmpty());
        return told.get(0);
    }

    @Test
    void everyTypeIsRead() throws IOException {
        server.answers(
                "carrier.example", 35, 120, NameServer.naptr(10, 20, "s", "SIP+D2U", "_sip._udp.carrier.example"));
        server.answers("_sip._udp.carrier.example", 33, 90, NameServer.srv(1, 50, 5070, "Host.Carrier.Example"));
        server.answers(
                "host.carrier.example",
                1,
                60,
                InetAddress.getByName("192.0.2.1").getAddress());
        server.answers(
                "host.carrier.example",
                28,
                60,
                InetAddress.getByName("2001:db8::1").getAddress());
        assertThat(ask("carrier.example", RecordType.NAPTR))
                .isEqualTo(DnsAnswer.found(
                        List.of(new Pointer(10, 20, "s", "SIP+D2U", "_sip._udp.carrier.example")), 120));
        assertThat(ask("_sip._udp.carrier.example", RecordType.SRV))
                .isEqualTo(DnsAnswer.found(List.of(new Service(1, 50, 5070, "host.carrier.example")), 90));
        assertThat(ask("host.carrier.example", RecordType.A).records())
                .containsExactly(new Address(InetAddress.getByName("192.0.2.1")));
        assertThat(ask("host.carrier.example", RecordType.AAAA).records())
                .containsExactly(new Address(InetAddress.getByName("2001:db8::1")));
    }

    @Test
    void nothingSilenceAndErrorsAreToldApart() {
        server.answers("empty.example", 1, 60);
        server.fails("broken.example", 2);
        server.ignores("silent.example");
        assertThat(ask("unknown.example", RecordType.A).outcome()).isEqualTo(Outcome.NONE);
        assertThat(ask("empty.example", RecordType.SRV).outcome()).isEqualTo(Outcome.NONE);
        assertThat(ask("broken.example", RecordType.SRV).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ask("silent.example", RecordType.SRV).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void recordsThatAreNoneAreLeftOut() {
        server.answers("odd.example", 33, 60, new byte[] {0, 1, 0}, NameServer.srv(1, 1, 5060, "good.example"));
        assertThat(ask("odd.example", RecordType.SRV).records())
                .containsExactly(new Service(1, 1, 5060, "good.example"));
    }
}
