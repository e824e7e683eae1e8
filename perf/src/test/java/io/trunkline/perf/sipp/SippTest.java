package io.trunkline.perf.sipp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.CallBehaviour;
import io.trunkline.perf.sim.TrunkSimulator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What we read of SIPp's files is what it has done. */
@Timeout(60)
class SippTest {
    private static final String CALLER = "127.0.0.2";
    private static final String CALLEE = "127.0.0.3";
    private static final int CALLS = 40;

    @TempDir
    Path directory;

    private SippPlan caller(final SippScenario scenario, final String target) throws IOException {
        return SippPlan.caller("caller", scenario, CALLER, ProveContext.freePorts(1)[0], target, 100, CALLS)
                .logging();
    }

    private Sipp calls(final SippScenario calling, final String target) throws Exception {
        final Sipp caller = Sipp.start(caller(calling, target), directory);
        final int exit = caller.awaitEnd(Duration.ofSeconds(30));
        assertThat(exit).as(caller.errors()).isZero();
        return caller;
    }

    private Sipp pair(final SippScenario calling, final SippScenario called) throws Exception {
        final int port = ProveContext.freePorts(1)[0];
        try (Sipp callee = Sipp.start(SippPlan.callee("callee", called, CALLEE, port), directory)) {
            callee.awaitListening();
            final Sipp caller = calls(calling, CALLEE + ":" + port);
            callee.finish();
            assertThat(callee.figures().failed()).as(callee.errors()).isZero();
            assertThat(callee.figures().succeeded()).isEqualTo(CALLS);
            return caller;
        }
    }

    @Test
    void callsBetweenTwoOfThemAreCountedAndTimed() throws Exception {
        final Sipp caller = pair(SippScenario.caller("12025550100", "49301", 200), SippScenario.callee(100));
        assertThat(caller.figures()).isEqualTo(new SippFigures(CALLS, CALLS, 0, 0, 0));
        assertThat(SetupDelays.read(caller.responseTimes().orElseThrow()).getTotalCount())
                .isEqualTo(CALLS);
        final SippCalls calls = SippCalls.read(caller.messages());
        assertThat(calls.all()).hasSize(CALLS).allSatisfy(call -> {
            assertThat(call.called()).startsWith("49301");
            assertThat(call.status()).isEqualTo(200);
            assertThat(call.durationMs()).isBetween(199.0, 2000.0);
            assertThat((call.answered() - call.ringing()) * 1000).isCloseTo(100, within(90.0));
        });
    }

    @Test
    void refusalsAndCancelledCallsHaveTheirEnds() throws Exception {
        final Sipp refused = pair(SippScenario.refusedCaller("1202", "49302", 486), SippScenario.refusingCallee(486));
        assertThat(SippCalls.read(refused.messages()).all())
                .hasSize(CALLS)
                .allMatch(call -> call.status() == 486 && call.answered() == 0 && call.ended() > call.invited());
        final Sipp cancelled = pair(SippScenario.cancellingCaller("1202", "49303", 50), SippScenario.ringingCallee());
        assertThat(SippCalls.read(cancelled.messages()).all())
                .hasSize(CALLS)
                .allMatch(call -> call.status() == 487 && call.ringing() > 0);
    }

    @Test
    void theSimulatedTrunkServesSipp() throws Exception {
        try (TrunkSimulator trunk =
                TrunkSimulator.start("alpha", new InetSocketAddress(CALLEE, 0), 1, CallBehaviour.answering())) {
            final Sipp caller = calls(
                    SippScenario.caller("12025550100", "49301", 50, 100),
                    CALLEE + ":" + trunk.address().getPort());
            assertThat(caller.figures().succeeded()).isEqualTo(CALLS);
        }
    }

    @Test
    void theSimulatedTrunkIsCancelledWithoutRepeatingItself() throws Exception {
        try (TrunkSimulator trunk = TrunkSimulator.start(
                "alpha",
                new InetSocketAddress(CALLEE, 0),
                1,
                CallBehaviour.answering().with("answers", "ring=100"))) {
            final Sipp caller = calls(
                    SippScenario.cancellingCaller("12025550100", "49301", 50),
                    CALLEE + ":" + trunk.address().getPort());
            assertThat(caller.figures()).isEqualTo(new SippFigures(CALLS, CALLS, 0, 0, 0));
        }
    }
}
