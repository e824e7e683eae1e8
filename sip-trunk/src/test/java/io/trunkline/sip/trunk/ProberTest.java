package io.trunkline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** OPTIONS to every address, and what follows from the answers and their absence. */
class ProberTest {
    private final TrunkRig rig = new TrunkRig();

    private Trunk trunk(final int failuresDown, final int answersUp) {
        rig.zone.address(TrunkRig.NAME, 3_600, "192.0.2.2");
        rig.peers.put("192.0.2.1", request -> "200 OK");
        rig.peers.put("192.0.2.2", request -> "404 Not Found");
        return rig.trunks.add(TrunkRig.settings().withProbing(Probing.DEFAULT, failuresDown, answersUp));
    }

    @Test
    void anyAnswerShowsThatSomebodyIsThere() {
        final Trunk trunk = trunk(1, 1);
        rig.run(61_000);
        assertThat(rig.sentTo("192.0.2.1")).isEqualTo(3);
        assertThat(rig.sentTo("192.0.2.2")).isEqualTo(3);
        assertThat(trunk.counters().probesAnswered()).isEqualTo(6);
        assertThat(trunk.state(rig.time())).isEqualTo(Refusal.NONE);
        final TrunkRig.Sent options = rig.sent.get(0);
        assertThat(options.text()).startsWith("OPTIONS sip:carrier.example:5060 SIP/2.0\r\n");
        assertThat(options.header("Via")).startsWith("SIP/2.0/UDP 198.51.100.1:5060;rport;branch=z9hG4bK");
        assertThat(TrunkRig.index(options.text().replace("\r\n", "\n")).fault().status())
                .isZero();
    }

    @Test
    void anAddressGoesDownAfterSoManyFailuresAndComesUpAfterSoManyAnswers() {
        final Trunk trunk = trunk(2, 3);
        rig.peers.remove("192.0.2.1");
        // First probe at 0, silent until 4 s; second at 30 s, silent until 34 s.
        rig.run(33_000);
        assertThat(trunk.addresses().health().isDown(TrunkRig.destination(1))).isFalse();
        rig.run(2_000);
        assertThat(trunk.addresses().health().isDown(TrunkRig.destination(1))).isTrue();
        assertThat(trunk.state(rig.time())).as("the other one is there").isEqualTo(Refusal.NONE);
        final ArrayList<io.trunkline.sip.transport.Destination> candidates = new ArrayList<>();
        trunk.acquire(rig.time(), false, candidates);
        assertThat(candidates).containsExactly(TrunkRig.destination(2));
        rig.peers.put("192.0.2.1", request -> "200 OK");
        // Probes every 10 s now: at 40, 50 and 60 s.
        rig.run(16_000);
        assertThat(trunk.addresses().health().isDown(TrunkRig.destination(1))).isTrue();
        rig.run(10_000);
        assertThat(trunk.addresses().health().isDown(TrunkRig.destination(1))).isFalse();
        assertThat(trunk.counters().addressesDown()).isEqualTo(1);
        assertThat(trunk.counters().addressesUp()).isEqualTo(1);
    }

    @Test
    void statusesThatMeanAbsenceAreFailures() {
        final Trunk trunk = rig.trunks.add(
                TrunkRig.settings().withProbing(new Probing(30_000, 10_000, 4_000, Set.of(404, 503)), 1, 1));
        rig.peers.put("192.0.2.1", request -> "404 Not Found");
        rig.run(1_000);
        assertThat(trunk.state(rig.time())).isEqualTo(Refusal.DOWN);
        assertThat(trunk.acquire(rig.time(), false, new ArrayList<>())).isNull();
        rig.peers.put("192.0.2.1", request -> "405 Method Not Allowed");
        rig.run(10_000);
        assertThat(trunk.state(rig.time())).isEqualTo(Refusal.NONE);
    }

    @Test
    void lateAnswersAndEndsCountOnce() {
        final Trunk trunk = rig.trunks.add(TrunkRig.settings().withProbing(Probing.DEFAULT, 1, 1));
        rig.run(5_000);
        assertThat(trunk.counters().probesFailed()).isEqualTo(1);
        rig.answer(rig.sent.get(0), "200 OK");
        assertThat(trunk.addresses().health().isDown(TrunkRig.destination(1)))
                .as("too late to count")
                .isTrue();
        rig.run(60_000);
        assertThat(rig.layer.clientTransactions()).isLessThan(5);
        assertThat(trunk.counters().probesFailed())
                .isLessThanOrEqualTo(trunk.counters().probesSent());
    }

    @Test
    void callsHearNothingOfProbes() {
        trunk(1, 1);
        rig.run(100_000);
        assertThat(rig.calls.heard).isEmpty();
    }
}
