package io.trunkline.sip.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.sip.locate.DnsAnswer.Outcome;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3263 §4, case by case, against a zone of records. */
class LocatorTest {
    private static final Set<TransportProtocol> ALL =
            EnumSet.of(TransportProtocol.UDP, TransportProtocol.TCP, TransportProtocol.TLS);
    private static final String NAME = "carrier.example";

    private final Zone zone = new Zone();

    private static Target target(final boolean secure, final int port, final TransportProtocol transport) {
        return new Target(secure, NAME, port, transport);
    }

    private Located locate(final Target target) {
        return locate(target, ALL, List.of(RecordType.A, RecordType.AAAA), LocateLimits.DEFAULT);
    }

    private Located locate(
            final Target target,
            final Set<TransportProtocol> transports,
            final List<RecordType> types,
            final LocateLimits limits) {
        final List<Located> told = new ArrayList<>();
        new Locator(zone, limits, transports, types).locate(target, told::add);
        zone.answerAll();
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    private static List<String> destinations(final Located located) {
        final List<Destination> ordered = new ArrayList<>();
        located.order(() -> 0, ordered);
        return ordered.stream().map(Destination::toString).toList();
    }

    @Test
    void anAddressIsWhereItSays() {
        assertThat(destinations(locate(new Target(false, "192.0.2.7", 0, null))))
                .containsExactly("UDP 192.0.2.7:5060");
        assertThat(destinations(locate(new Target(true, "192.0.2.7", 0, null))))
                .containsExactly("TLS 192.0.2.7:5061 (192.0.2.7)");
        assertThat(destinations(locate(new Target(false, "[2001:db8::7]", 5070, TransportProtocol.TCP))))
                .containsExactly("TCP 2001:db8:0:0:0:0:0:7:5070");
        assertThat(zone.asked).isEmpty();
    }

    @Test
    void aPortMeansTheHostItself() {
        zone.address(NAME, 60, "192.0.2.1").address(NAME, 60, "2001:db8::1");
        zone.service("_sip._udp." + NAME, 0, 0, 5080, "elsewhere.example");
        assertThat(destinations(locate(target(false, 5090, null))))
                .containsExactly("UDP 192.0.2.1:5090", "UDP 2001:db8:0:0:0:0:0:1:5090");
    }

    @Test
    void aTransportMeansItsServices() {
        zone.service("_sip._tcp." + NAME, 10, 1, 5080, "b.example")
                .service("_sip._tcp." + NAME, 5, 1, 5081, "a.example");
        zone.address("a.example", 60, "192.0.2.1").address("b.example", 60, "192.0.2.2");
        assertThat(destinations(locate(target(false, 0, TransportProtocol.TCP))))
                .containsExactly("TCP 192.0.2.1:5081", "TCP 192.0.2.2:5080");
        assertThat(zone.asked).doesNotContain(NAME + " NAPTR");
    }

    @Test
    void thePointersOfADomainSayWhichTransportsItPrefers() {
        zone.pointer(NAME, 20, 1, "SIP+D2U", "_sip._udp." + NAME)
                .pointer(NAME, 10, 2, "SIP+D2T", "_sip._tcp." + NAME)
                .pointer(NAME, 10, 1, "SIPS+D2T", "_sips._tcp." + NAME)
                .pointer(NAME, 1, 1, "E2U+sip", "nonsense." + NAME);
        zone.service("_sip._udp." + NAME, 0, 0, 5060, "u.example")
                .service("_sip._tcp." + NAME, 0, 0, 5060, "t.example")
                .service("_sips._tcp." + NAME, 0, 0, 5061, "s.example");
        zone.address("u.example", 60, "192.0.2.1")
                .address("t.example", 60, "192.0.2.2")
                .address("s.example", 60, "192.0.2.3");
        assertThat(destinations(locate(target(false, 0, null))))
                .containsExactly("TLS 192.0.2.3:5061 (carrier.example)", "TCP 192.0.2.2:5060", "UDP 192.0.2.1:5060");
        assertThat(destinations(locate(target(true, 0, null))))
                .as("sips takes TLS or nothing")
                .containsExactly("TLS 192.0.2.3:5061 (carrier.example)");
        assertThat(destinations(locate(
                        target(false, 0, null),
                        EnumSet.of(TransportProtocol.UDP),
                        List.of(RecordType.A),
                        LocateLimits.DEFAULT)))
                .as("what we cannot speak is passed over")
                .containsExactly("UDP 192.0.2.1:5060");
    }

    @Test
    void withoutPointersServicesAreTriedAndWithoutServicesTheHost() {
        zone.address(NAME, 60, "192.0.2.9");
        assertThat(destinations(locate(target(false, 0, null)))).containsExactly("UDP 192.0.2.9:5060");
        zone.service("_sip._tcp." + NAME, 0, 0, 5080, NAME);
        assertThat(destinations(locate(target(false, 0, null)))).containsExactly("TCP 192.0.2.9:5080");
        assertThat(destinations(locate(target(true, 0, null)))).containsExactly("TLS 192.0.2.9:5061 (carrier.example)");
    }

    @Test
    void aServiceThatIsDecidedlyNotThereIsNotReplacedByTheHost() {
        zone.address(NAME, 60, "192.0.2.9").service("_sip._tcp." + NAME, 0, 0, 5060, "");
        assertThat(locate(target(false, 0, TransportProtocol.TCP)).outcome()).isEqualTo(Outcome.NONE);
    }

    @Test
    void moreThanEightServicesAreNoTrouble() {
        for (int i = 0; i < 20; i++) {
            zone.service("_sip._udp." + NAME, i, 0, 5060, "h" + i + ".example");
            zone.address("h" + i + ".example", 60, "192.0.2." + i);
        }
        assertThat(destinations(locate(target(false, 0, null)))).hasSize(20);
        final LocateLimits few = new LocateLimits(1, 5, 3, 1, 1_000, 1_000);
        assertThat(destinations(locate(target(false, 0, null), ALL, List.of(RecordType.A), few)))
                .containsExactly("UDP 192.0.2.0:5060", "UDP 192.0.2.1:5060", "UDP 192.0.2.2:5060");
    }

    @Test
    void whatFailsIsNotTakenForNothing() {
        zone.fail(NAME, RecordType.NAPTR).address(NAME, 60, "192.0.2.9");
        final Located despite = locate(target(false, 0, null));
        assertThat(destinations(despite)).containsExactly("UDP 192.0.2.9:5060");
        assertThat(despite.ttlMs()).isEqualTo(LocateLimits.DEFAULT.retryMs());
        zone.fail(NAME, RecordType.A).fail(NAME, RecordType.AAAA);
        assertThat(locate(target(false, 0, null)).outcome()).isEqualTo(Outcome.FAILED);
        zone.mend().remove(NAME, RecordType.A);
        assertThat(locate(target(false, 0, null)).outcome()).isEqualTo(Outcome.NONE);
    }

    @Test
    void theShortestTimeToLiveCountsWithinOurLimits() {
        zone.address(NAME, 60, "192.0.2.9").address(NAME, 60, "2001:db8::1");
        assertThat(locate(target(false, 5060, null)).ttlMs()).isEqualTo(60_000);
        zone.address(NAME, 0, "192.0.2.10");
        assertThat(locate(target(false, 5060, null)).ttlMs()).isEqualTo(LocateLimits.DEFAULT.minTtlMs());
    }

    @Test
    void answersMayComeLateAndInAnyOrder() {
        zone.slow = true;
        zone.pointer(NAME, 1, 1, "SIP+D2U", "_sip._udp." + NAME)
                .service("_sip._udp." + NAME, 0, 0, 5060, "a.example")
                .service("_sip._udp." + NAME, 1, 0, 5060, "b.example")
                .address("a.example", 60, "192.0.2.1")
                .address("b.example", 60, "192.0.2.2");
        assertThat(destinations(locate(target(false, 0, null))))
                .containsExactly("UDP 192.0.2.1:5060", "UDP 192.0.2.2:5060");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "exämple", "a\r\nVia: x"})
    void whatIsNoHostIsRefused(final String host) {
        assertThatThrownBy(() -> new Target(false, host, 0, null)).isInstanceOf(IllegalArgumentException.class);
    }
}
