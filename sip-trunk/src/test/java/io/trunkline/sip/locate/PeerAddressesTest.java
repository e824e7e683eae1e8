package io.trunkline.sip.locate;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The addresses of a peer over time: fresh, kept while DNS is away, and healthy. */
class PeerAddressesTest {
    private static final String NAME = "carrier.example";
    private static final Destination ONE = at(1);
    private static final Destination TWO = at(2);

    private final Zone zone = new Zone().address(NAME, 60, "192.0.2.1").address(NAME, 60, "192.0.2.2");
    private final PeerAddresses peer = peer(AddressHealth.Policy.DEFAULT);

    private PeerAddresses peer(final AddressHealth.Policy policy) {
        final Locator locator =
                new Locator(zone, LocateLimits.DEFAULT, EnumSet.of(TransportProtocol.UDP), List.of(RecordType.A));
        return new PeerAddresses(new Target(false, NAME, 5060, null), locator, policy, new Random(1)::nextLong);
    }

    private static Destination at(final int last) {
        return new Destination(TransportProtocol.UDP, new InetSocketAddress("192.0.2." + last, 5060), "");
    }

    private List<Destination> candidates(final long nowMs) {
        final List<Destination> candidates = new ArrayList<>();
        peer.candidates(nowMs, candidates);
        return candidates;
    }

    @Test
    void namesAreAskedForAgainWhenTheirTimeIsOver() {
        assertThat(peer.isUsable(0)).isFalse();
        peer.poll(0);
        assertThat(peer.all()).containsExactly(ONE, TWO);
        final long changes = peer.changes();
        peer.poll(59_999);
        assertThat(peer.lookups()).isEqualTo(1);
        assertThat(peer.changes()).isEqualTo(changes);
        zone.remove(NAME, RecordType.A).address(NAME, 60, "192.0.2.3");
        peer.poll(60_000);
        assertThat(peer.all()).containsExactly(at(3));
        assertThat(peer.changes()).isGreaterThan(changes);
    }

    @Test
    void whileNameServersAreAwayTheOldAddressesServe() {
        peer.poll(0);
        zone.fail(NAME, RecordType.A);
        peer.poll(60_000);
        assertThat(peer.failures()).isEqualTo(1);
        assertThat(candidates(60_000)).containsExactlyInAnyOrder(ONE, TWO);
        zone.mend().remove(NAME, RecordType.A);
        peer.poll(60_000 + LocateLimits.DEFAULT.retryMs());
        assertThat(peer.all()).as("that there is nothing is believed").isEmpty();
    }

    @Test
    void slowNameServersAreAskedOnce() {
        zone.slow = true;
        peer.poll(0);
        peer.poll(100_000);
        assertThat(zone.asked).hasSize(1);
        zone.answerAll();
        assertThat(peer.all()).hasSize(2);
    }

    @Test
    void anAddressThatFailsIsLeftOutUntilItsTimeComes() {
        peer.poll(0);
        peer.health().failed(ONE, 0);
        assertThat(candidates(0)).as("one failure is that call's").hasSize(2);
        assertThat(peer.health().failed(ONE, 0)).isTrue();
        assertThat(candidates(4_999)).containsExactly(TWO);
        assertThat(candidates(5_000)).hasSize(2);
        peer.health().failed(ONE, 5_000);
        peer.health().failed(ONE, 5_001);
        assertThat(candidates(14_999)).as("the time doubles once per try").containsExactly(TWO);
        assertThat(candidates(15_000)).hasSize(2);
        assertThat(peer.health().answered(ONE)).isTrue();
        assertThat(peer.health().isDown(ONE)).isFalse();
        peer.health().failed(ONE, 20_000);
        assertThat(candidates(20_000)).as("it begins anew").hasSize(2);
    }

    @Test
    void aProbedAddressComesUpByAnswersOnly() {
        final AddressHealth health = new AddressHealth(new AddressHealth.Policy(1, 3, true, 1_000, 1_000));
        health.failed(ONE, 0);
        assertThat(health.isUsable(ONE, 1_000_000)).isFalse();
        assertThat(health.answered(ONE)).isFalse();
        assertThat(health.answered(ONE)).isFalse();
        health.failed(ONE, 1);
        assertThat(health.answered(ONE)).isFalse();
        assertThat(health.answered(ONE)).isFalse();
        assertThat(health.answered(ONE)).as("three in a row").isTrue();
        assertThat(health.isUsable(ONE, 2)).isTrue();
    }

    @Test
    void whoAsksToBeLeftAloneIs() {
        peer.poll(0);
        peer.health().holdOff(ONE, 10_000);
        peer.health().holdOff(ONE, 5_000);
        assertThat(candidates(9_999)).containsExactly(TWO);
        assertThat(candidates(10_000)).hasSize(2);
    }

    @Test
    void nothingIsKeptOfAddressesThatHaveGone() {
        peer.poll(0);
        peer.health().failed(ONE, 0);
        peer.health().failed(TWO, 0);
        zone.remove(NAME, RecordType.A).address(NAME, 60, "192.0.2.2");
        peer.poll(60_000);
        assertThat(peer.health().size()).isEqualTo(1);
    }
}
