package io.trunkline.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.testing.Certificates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS on real sockets: the certificate by the name that was asked for, names that must be right, and both sides proved. */
class TlsTransportTest {
    private static final UnsafeBuffer INVITE = new UnsafeBuffer(Messages.octets(Messages.INVITE));

    @TempDir
    private static Path directory;

    private static Path carrier;
    private static Path own;
    private static Path trustsCarrier;
    private static Path trustsUs;

    private final Loop loop = new Loop();
    private final Heard here = new Heard();
    private final Heard there = new Heard();
    private final List<String> namesAskedFor = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        final Certificates certificates = new Certificates(directory);
        carrier = certificates.keyStore("carrier", "sip.carrier.example");
        own = certificates.keyStore("own", "edge.trunkline.example");
        trustsCarrier = certificates.trustStore("carrier", carrier);
        trustsUs = certificates.trustStore("own", own);
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private Destination peer(final SipTransport of, final SslContext context, final String host) {
        final SipTls tls = new SipTls(
                name -> {
                    namesAskedFor.add(name);
                    return context;
                },
                name -> true);
        final InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new Destination(
                TransportProtocol.TLS, loop.listen(of, new Listener(TransportProtocol.TLS, any, null, tls)), host);
    }

    @Test
    void bothSidesKnowWhoTheOtherOneIs() throws Exception {
        final SslContext server = Certificates.server(carrier, trustsUs);
        final SslContext client = Certificates.client(trustsCarrier, own);
        final SipTransport theirs = loop.transport(TransportLimits.DEFAULT, null, there);
        final SipTransport ours = loop.transport(TransportLimits.DEFAULT, SipTls.of(client), here);
        final Destination destination = peer(theirs, server, "SIP.carrier.example");
        there.answer = (message, source) -> theirs.send(source, INVITE, 0, INVITE.capacity());
        final Flow flow = ours.flow(destination);
        ours.send(flow, INVITE, 0, INVITE.capacity());
        loop.turnUntil(() -> here.messages.size() == 1);
        assertThat(namesAskedFor).containsExactly("sip.carrier.example");
        assertThat(there.lastSource().peerNames()).containsExactly("edge.trunkline.example");
        assertThat(flow.peerNames()).containsExactly("sip.carrier.example");
        assertThat(flow.protocol()).isEqualTo(TransportProtocol.TLS);
    }

    @Test
    void aPeerThatOffersItsConnectionIsSentRequestsOverIt() throws Exception {
        final SslContext server = Certificates.server(carrier, trustsUs);
        final SslContext client = Certificates.client(trustsCarrier, own);
        final SipTransport theirs = loop.transport(TransportLimits.DEFAULT, SipTls.of(client), there);
        final SipTransport ours = loop.transport(TransportLimits.DEFAULT, SipTls.of(client), here);
        final Flow way = ours.flow(peer(theirs, server, "sip.carrier.example"));
        ours.send(way, INVITE, 0, INVITE.capacity());
        loop.turnUntil(() -> there.messages.size() == 1);
        final InetSocketAddress listening = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5070);
        final Destination back = new Destination(TransportProtocol.TLS, listening, "edge.trunkline.example");
        assertThat(theirs.flow(back)).as("not offered").isNotSameAs(there.lastSource());
        final UnsafeBuffer offering = new UnsafeBuffer(Messages.octets(
                Messages.INVITE.replaceFirst("Via: .*", "Via: SIP/2.0/TLS any.example:5070;alias;branch=z9hG4bKa")));
        ours.send(way, offering, 0, offering.capacity());
        loop.turnUntil(() -> there.messages.size() == 2);
        assertThat(theirs.flow(back)).isSameAs(there.lastSource());
        assertThat(theirs.flow(new Destination(TransportProtocol.TLS, listening, "else.example")))
                .as("a name that its certificate has not")
                .isNotSameAs(there.lastSource());
        theirs.send(theirs.flow(back), INVITE, 0, INVITE.capacity());
        loop.turnUntil(() -> here.messages.size() == 1);
        assertThat(ours.counters().accepted()).isZero();
        loop.skip(TransportLimits.DEFAULT.idleMs());
        loop.turnUntil(() -> theirs.connections() == 0);
        assertThat(theirs.flow(back)).as("gone with its connection").isNotSameAs(there.lastSource());
    }

    @Test
    void nothingIsSentToAServerOfAnotherName() throws Exception {
        final SslContext client = Certificates.client(trustsCarrier, null);
        final SipTransport theirs = loop.transport(TransportLimits.DEFAULT, null, there);
        final SipTransport ours = loop.transport(TransportLimits.DEFAULT, SipTls.of(client), here);
        final Destination destination = peer(theirs, Certificates.server(carrier, null), "sip.other.example");
        final Flow flow = ours.flow(destination);
        ours.send(flow, INVITE, 0, INVITE.capacity());
        loop.turnUntil(() -> here.failed.size() == 1);
        assertThat(ours.counters().tlsFailed()).isEqualTo(1);
        assertThat(ours.connections()).isZero();
        assertThat(there.messages).isEmpty();
    }

    @Test
    void aClientWithoutACertificateIsSentAwayWhereOneIsRequired() throws Exception {
        final SslContext server = Certificates.server(carrier, trustsUs);
        final SslContext client = Certificates.client(trustsCarrier, null);
        final SipTransport theirs = loop.transport(TransportLimits.DEFAULT, null, there);
        final SipTransport ours = loop.transport(TransportLimits.DEFAULT, SipTls.of(client), here);
        ours.send(ours.flow(peer(theirs, server, "sip.carrier.example")), INVITE, 0, INVITE.capacity());
        loop.turnUntil(() -> theirs.connections() == 0 && here.failed.size() == 1);
        assertThat(theirs.counters().tlsFailed()).isEqualTo(1);
        assertThat(there.messages).isEmpty();
    }

    @Test
    void withoutTlsOfOurOwnThereIsNoWay() {
        final SipTransport ours = loop.transport(TransportLimits.DEFAULT, null, here);
        assertThat(ours.flow(new Destination(
                        TransportProtocol.TLS,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 5061),
                        "sip.carrier.example")))
                .isNull();
    }
}
