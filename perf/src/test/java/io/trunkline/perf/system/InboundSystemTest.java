package io.trunkline.perf.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.roles.InboundPlan;
import io.trunkline.perf.roles.InboundRole;
import io.trunkline.perf.sim.McConfig;
import io.trunkline.perf.sim.McSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handsets write through a simulated carrier, and the tenant has each message once. */
@Tag("one-jvm")
class InboundSystemTest {
    private static final long NUMBER = 12025550100L;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    @Timeout(60)
    void eachMessageOfAHandsetReachesTheTenantOnce(final int parts) throws Exception {
        try (McSimulator carrier = McSimulator.start(McConfig.named("alpha"))) {
            final DaemonSetup setup = new DaemonSetup(directory)
                    .tenant("acme", "tps: 100000", "burst: 100000")
                    .number(NUMBER + ",acme")
                    .route("*,,,alpha")
                    .carrier(carrier, 1, List.of("reconnect: {min: 50ms, max: 200ms}"), List.of());
            final InboundPlan plan = new InboundPlan(
                    "127.0.0.1",
                    setup.binaryPort(),
                    "acme",
                    DaemonSetup.SECRET,
                    "mo",
                    new Schedule.Constant(1000),
                    NUMBER,
                    parts,
                    1000,
                    300,
                    Duration.ofSeconds(20),
                    80_000_000_001L);
            try (Daemon daemon = new Daemon(setup).start();
                    InboundRole role = new InboundRole(plan, carrier)) {
                role.start();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> role.state() == RoleState.SETTLED && carrier.pending() == 0);
                final RoleCounts counts = role.counts();
                assertThat(daemon.isAlive()).isTrue();
                assertThat(counts.sent()).isEqualTo(300);
                assertThat(counts.acknowledged()).isEqualTo(300);
                assertThat(counts.ended()).isEqualTo(300);
                assertThat(counts.repeated()).isZero();
            }
        }
    }
}
