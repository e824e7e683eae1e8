package io.trunkline.perf.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.sim.CallBehaviour;
import io.trunkline.perf.sim.CallCounters.Counter;
import io.trunkline.perf.sim.Latency;
import io.trunkline.perf.sim.TrunkSimulator;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A platform of ours calls a simulated trunk of ours, with nothing between them. */
class CallerRoleTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final long CALLS = 100;

    private static TrunkSimulator trunk(final CallBehaviour behaviour) {
        return TrunkSimulator.start("alpha", ANY, 1, behaviour);
    }

    private static CallerPlan plan(
            final TrunkSimulator trunk, final TransportProtocol protocol, final Latency hold, final double cancelled) {
        return new CallerPlan(
                new Destination(protocol, trunk.address(), ""),
                ANY,
                new Schedule.Constant(200),
                "12025550100",
                List.of("4930", "4420"),
                hold,
                cancelled,
                Latency.parse("5ms"),
                1000,
                CALLS,
                Duration.ofSeconds(60),
                1);
    }

    private static RoleCounts run(final CallerPlan plan) {
        try (CallerRole role = new CallerRole(plan, 1)) {
            role.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> role.state() == RoleState.SETTLED);
            assertThat(role.trouble()).isEmpty();
            assertThat(role.stages().get(LoadStage.RINGING).total().getTotalCount())
                    .isEqualTo(CALLS);
            return role.counts();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP"})
    void callsAreAnsweredAndHungUp(final TransportProtocol protocol) {
        try (TrunkSimulator trunk = trunk(CallBehaviour.answering())) {
            final RoleCounts counts = run(plan(trunk, protocol, Latency.parse("20ms"), 0));
            assertThat(counts.acknowledged()).isEqualTo(CALLS);
            assertThat(counts.delivered()).isEqualTo(CALLS);
            assertThat(trunk.counters().get(Counter.ANSWERED)).isEqualTo(CALLS);
            assertThat(trunk.counters().get(Counter.ENDED_BY_CALLER)).isEqualTo(CALLS);
        }
    }

    @Test
    void theCalledSideHangsUpToo() {
        final CallBehaviour behaviour = CallBehaviour.answering().with("hang-up", "20ms");
        try (TrunkSimulator trunk = trunk(behaviour)) {
            assertThat(run(plan(trunk, TransportProtocol.UDP, null, 0)).delivered())
                    .isEqualTo(CALLS);
            await().until(() -> trunk.counters().get(Counter.ENDED_BY_CALLEE) == CALLS);
        }
    }

    @Test
    void refusalsAreCountedByTheirStatus() {
        final CallBehaviour behaviour = CallBehaviour.answering().with("answers", "486=100");
        try (TrunkSimulator trunk = trunk(behaviour);
                CallerRole role = new CallerRole(plan(trunk, TransportProtocol.UDP, null, 0), 1)) {
            role.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> role.state() == RoleState.SETTLED);
            assertThat(role.errors()).containsEntry("refused, status 486", CALLS);
        }
    }

    @Test
    void callsAreGivenUpWhileTheyRing() {
        final CallBehaviour behaviour = CallBehaviour.answering().with("answers", "ring=100");
        try (TrunkSimulator trunk = trunk(behaviour)) {
            final RoleCounts counts = run(plan(trunk, TransportProtocol.UDP, null, 1));
            assertThat(counts.refused()).isEqualTo(CALLS);
            assertThat(trunk.counters().get(Counter.CANCELLED)).isEqualTo(CALLS);
        }
    }
}
