package io.trunkline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whether a trunk takes a call, and where it may go. */
class TrunkTest {
    private final TrunkRig rig = new TrunkRig();
    private final List<Destination> candidates = new ArrayList<>();

    private Trunk trunk(final TrunkSettings settings) {
        final Trunk trunk = rig.trunks.add(settings);
        rig.run(100);
        return trunk;
    }

    private static SipMessage response(final int status, final String viaParameters, final String headers) {
        return Messages.index(Messages.OK
                .replace("200 OK", status + " Reason")
                .replace(";rport=5062", ";rport=5062" + viaParameters)
                .replace("Content-Length", headers + "Content-Length"));
    }

    @Test
    void aTrunkThatIsNotLocatedIsDown() {
        rig.zone.slow = true;
        final Trunk trunk = trunk(TrunkRig.settings());
        assertThat(trunk.acquire(rig.time(), false, candidates)).isNull();
        assertThat(trunk.refusal()).isEqualTo(Refusal.DOWN);
        rig.zone.answerAll();
        assertThat(trunk.acquire(rig.time(), false, candidates)).isNotNull();
        assertThat(candidates).containsExactly(TrunkRig.destination(1));
    }

    @Test
    void callsAtATimeAreLimitedAndEveryPlaceIsGivenBackOnce() {
        final Trunk trunk = trunk(TrunkRig.settings().withLimits(new CallLimits(2, 0, 0)));
        final Permit one = trunk.acquire(rig.time(), false, candidates);
        final Permit in = trunk.acquireInbound(rig.time());
        assertThat(trunk.acquire(rig.time(), false, candidates)).isNull();
        assertThat(trunk.refusal()).isEqualTo(Refusal.CONCURRENCY);
        assertThat(candidates).isEmpty();
        assertThat(one.release()).isTrue();
        assertThat(one.release()).isFalse();
        assertThat(trunk.admission().calls()).isEqualTo(1);
        assertThat(trunk.acquire(rig.time(), false, candidates)).isNotNull();
        assertThat(trunk.acquireInbound(rig.time())).isNull();
        assertThat(in.release()).isTrue();
    }

    @Test
    void noSecondHasMoreCallsThanAllowedButForATenth() {
        final Trunk trunk = trunk(TrunkRig.settings().withLimits(new CallLimits(0, 50_000, 0)));
        final List<Long> granted = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            for (int attempt = 0; attempt < 3; attempt++) {
                final Permit permit = trunk.acquire(rig.time(), false, candidates);
                if (permit != null) {
                    granted.add(rig.time());
                    permit.release();
                } else {
                    assertThat(trunk.refusal()).isEqualTo(Refusal.RATE);
                }
            }
            rig.run(10);
        }
        assertThat(granted.size()).isBetween(495, 510);
        for (int i = 0; i + 55 < granted.size(); i++) {
            assertThat(granted.get(i + 55) - granted.get(i)).isGreaterThanOrEqualTo(1_000L);
        }
    }

    @Test
    void whatIsRefusedUsesNothingUp() {
        final Trunk trunk = trunk(TrunkRig.settings().withLimits(new CallLimits(1, 1_000, 0)));
        final Permit permit = trunk.acquire(rig.time(), false, candidates);
        rig.run(2_000);
        for (int i = 0; i < 100; i++) {
            assertThat(trunk.acquire(rig.time(), false, candidates)).isNull();
        }
        permit.release();
        assertThat(trunk.acquire(rig.time(), false, candidates))
                .as("a hundred refusals took nothing of the rate")
                .isNotNull();
        assertThat(trunk.admission().granted()).isEqualTo(2);
    }

    @Test
    void anyMixOfCallsLeavesNoPlaceBehind() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final Trunk trunk = trunk(TrunkRig.settings().withLimits(new CallLimits(10, 0, 0)));
        final List<Permit> open = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            if (random.nextBoolean()) {
                final Permit permit = random.nextBoolean()
                        ? trunk.acquire(rig.time(), false, candidates)
                        : trunk.acquireInbound(rig.time());
                assertThat(permit == null).as("seed %d", seed).isEqualTo(open.size() == 10);
                if (permit != null) {
                    open.add(permit);
                }
            } else if (!open.isEmpty()) {
                final Permit permit = open.remove(random.nextInt(open.size()));
                permit.release();
                permit.release();
            }
            assertThat(trunk.admission().calls()).as("seed %d", seed).isEqualTo(open.size());
        }
        open.forEach(Permit::release);
        assertThat(trunk.admission().calls()).isZero();
        assertThat(trunk.admission().granted()).isEqualTo(trunk.admission().releases());
    }

    @Test
    void retryAfterIsObeyedForAsLongAsIsSane() {
        rig.zone.address(TrunkRig.NAME, 3_600, "192.0.2.2");
        final Trunk trunk = trunk(TrunkRig.settings());
        final Destination one = TrunkRig.destination(1);
        final Destination two = TrunkRig.destination(2);
        trunk.heard(one, response(503, "", "Retry-After: 30 (upgrading);duration=3600\n"), rig.time());
        trunk.acquire(rig.time(), false, candidates);
        assertThat(candidates).containsExactly(two);
        trunk.heard(two, response(503, "", "Retry-After: 99999999999999999999\n"), rig.time());
        assertThat(trunk.acquire(rig.time(), false, candidates)).isNull();
        assertThat(trunk.refusal()).isEqualTo(Refusal.RETRY_LATER);
        rig.run(30_000);
        trunk.acquire(rig.time(), false, candidates);
        assertThat(candidates).containsExactly(one);
        rig.run(270_000);
        trunk.acquire(rig.time(), false, candidates);
        assertThat(candidates).hasSize(2);
    }

    @Test
    void a503WithoutRetryAfterSaysNothingOfTheNextCall() {
        final Trunk trunk = trunk(TrunkRig.settings());
        trunk.heard(TrunkRig.destination(1), response(503, "", ""), rig.time());
        trunk.heard(TrunkRig.destination(1), response(503, "", "Retry-After: soon\n"), rig.time());
        assertThat(trunk.acquire(rig.time(), false, candidates)).isNotNull();
    }

    @Test
    void aPeerThatShedsLoadGetsSoMuchLessAndUrgentCallsPass() {
        final Trunk trunk = trunk(TrunkRig.settings());
        final Destination one = TrunkRig.destination(1);
        trunk.heard(one, response(200, ";oc=40;oc-algo=\"loss\";oc-validity=10000;oc-seq=1.5", ""), rig.time());
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            taken += trunk.acquire(rig.time(), false, candidates) == null ? 0 : 1;
        }
        assertThat(trunk.refusal()).isIn(Refusal.OVERLOADED, Refusal.NONE);
        assertThat(taken).isBetween(5_700, 6_300);
        trunk.heard(one, response(200, ";oc=100;oc-algo=\"loss\";oc-validity=10000;oc-seq=1.4", ""), rig.time());
        assertThat(trunk.acquire(rig.time(), true, candidates)).isNotNull();
        taken = 0;
        for (int i = 0; i < 1_000; i++) {
            taken += trunk.acquire(rig.time(), false, candidates) == null ? 0 : 1;
        }
        assertThat(taken).as("a report that was overtaken says nothing").isGreaterThan(400);
        trunk.heard(one, response(200, ";oc=100;oc-algo=\"loss\";oc-validity=10000;oc-seq=1.6", ""), rig.time());
        assertThat(trunk.acquire(rig.time(), false, candidates)).isNull();
        assertThat(trunk.refusal()).isEqualTo(Refusal.OVERLOADED);
        assertThat(trunk.acquire(rig.time(), true, candidates)).as("urgent").isNotNull();
        rig.run(10_000);
        assertThat(trunk.acquire(rig.time(), false, candidates)).isNotNull();
    }

    @Test
    void largeRequestsGoOverTcpWhereThePeerSpeaksIt() {
        final Trunk trunk = trunk(TrunkRig.settings());
        final Destination udp = TrunkRig.destination(1);
        assertThat(trunk.forLength(udp, 1_300)).isSameAs(udp);
        assertThat(trunk.forLength(udp, 1_301).protocol()).isEqualTo(TransportProtocol.TCP);
        assertThat(trunk.forLength(udp, 1_301).address()).isEqualTo(udp.address());
    }

    @Test
    void outOfServiceIsOutOfService() {
        final Trunk trunk = trunk(TrunkRig.settings());
        trunk.enable(false);
        assertThat(trunk.acquire(rig.time(), true, candidates)).isNull();
        assertThat(trunk.refusal()).isEqualTo(Refusal.DISABLED);
        assertThat(trunk.acquireInbound(rig.time())).isNull();
        trunk.enable(true);
        assertThat(trunk.acquire(rig.time(), false, candidates)).isNotNull();
    }
}
