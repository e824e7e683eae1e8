package io.trunkline.perf.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McConfig;
import io.trunkline.perf.sim.McSimulator;
import io.trunkline.perf.sim.SimCounters.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EsmeRoleTest {
    private McSimulator simulator;
    private EsmeRole role;

    @AfterEach
    void stop() {
        if (role != null) {
            role.close();
        }
        if (simulator != null) {
            simulator.close();
        }
    }

    private RoleCounts play(final Faults faults, final EsmePlan.Ids ids, final long count) {
        simulator = McSimulator.start(McConfig.named("test").withFaults(faults));
        role = new EsmeRole(plan(ids).endingAfter(count));
        role.start();
        await().until(() -> role.state() == RoleState.SETTLED);
        return role.counts();
    }

    private EsmePlan plan(final EsmePlan.Ids ids) {
        final EsmePlan plain = EsmePlan.to("127.0.0.1", simulator.port(), "esme", "secret");
        return new EsmePlan(
                plain.host(),
                plain.port(),
                plain.systemId(),
                plain.password(),
                "",
                2,
                50,
                plain.schedule(),
                plain.mix(),
                plain.from(),
                true,
                0,
                ids,
                plain.units(),
                plain.duration(),
                plain.answerTimeout(),
                1);
    }

    @ParameterizedTest
    @CsvSource({
        "decimal, SAME",
        "upper-in-receipt, SAME",
        "zeros-in-receipt, SAME",
        "uuid, SAME",
        "hex-then-decimal, HEX_THEN_DECIMAL",
        "decimal-then-hex, DECIMAL_THEN_HEX"
    })
    void findsTheReceiptOfEachMessageHoweverItsIdIsSpelled(final String form, final EsmePlan.Ids ids) {
        final RoleCounts counts = play(Faults.none().with("message-ids", form), ids, 1000);
        assertThat(counts.acknowledged()).isEqualTo(1000);
        assertThat(counts.delivered()).isEqualTo(1000);
        assertThat(counts.repeated()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"text", "tlv", "both"})
    void readsReceiptsInEveryFormAndTellsBadEndsFromGoodOnes(final String form) {
        final RoleCounts counts = play(
                Faults.none().with("receipt-form", form).with("receipt-states", "UNDELIV=50"), EsmePlan.Ids.SAME, 1000);
        assertThat(counts.ended()).isEqualTo(1000);
        assertThat(counts.delivered()).isBetween(400L, 600L);
        assertThat(role.errors()).containsEntry("receipt with message_state 5", 1000 - counts.delivered());
    }

    @Test
    void takesReceiptsThatComeBeforeTheAnswerAndCountsRefusals() {
        final RoleCounts counts = play(
                Faults.none().with("receipt-early", "100").with("answer-errors", "0x58=20"), EsmePlan.Ids.SAME, 1000);
        assertThat(counts.refused()).isBetween(100L, 300L);
        assertThat(counts.ended()).isEqualTo(1000 - counts.refused());
        assertThat(role.errors()).containsEntry("refused, command_status 0x00000058", counts.refused());
    }

    @Test
    void comesBackAfterALostConnectionAndGivesUpWhatWasUnanswered() {
        simulator = McSimulator.start(
                McConfig.named("test").withFaults(Faults.none().with("answer-missing", "100")));
        role = new EsmeRole(plan(EsmePlan.Ids.SAME).at(new Schedule.Constant(2000)));
        role.start();
        await().until(() -> role.counts().sent() >= 100);
        simulator.disconnect();
        await().until(() -> role.counts().abandoned() == 100);
        await().until(() -> simulator.counters().get(Counter.BINDS) == 4);
    }

    @Test
    void saysWhyItCannotBind() {
        simulator = McSimulator.start(
                McConfig.named("test").withFaults(Faults.none().with("bind-status", "0x0e")));
        role = new EsmeRole(plan(EsmePlan.Ids.SAME));
        role.start();
        await().until(() -> role.trouble().contains("0x0000000E"));
        assertThat(role.state()).isEqualTo(RoleState.CONNECTING);
    }
}
