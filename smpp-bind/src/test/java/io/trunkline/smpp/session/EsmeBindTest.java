package io.trunkline.smpp.session;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.PduEncoder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EsmeBindTest {
    private static final EsmeSettings SETTINGS = EsmeSettings.to("mc.example", 2775, BindRequest.of("us", "secret"));

    private EsmeRig rig = new EsmeRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void rig(final EsmeSettings settings) {
        rig.close();
        rig = new EsmeRig(settings);
    }

    @Test
    void doesNothingUntilItIsEnabled() {
        rig.advance(1, SECONDS);
        assertThat(rig.attempts).isZero();
        assertThat(rig.bind.stopped()).isTrue();
    }

    @Test
    void everyTicketComesBackOnceWhenTheConnectionDrops() {
        rig.bound();
        rig.submit(1);
        final int second = rig.submit(2);
        rig.submit(3);
        rig.answer(second, 0, "id");
        rig.drop();
        assertThat(rig.events.all)
                .containsExactly(
                        "bound mc 52",
                        "answered 2 0 id -1",
                        "unanswered 1 PEER_CLOSED",
                        "unanswered 3 PEER_CLOSED",
                        "unbound PEER_CLOSED 0");
        assertThat(rig.bind.awaiting()).isZero();
        assertThat(rig.bind.counters().unanswered).isEqualTo(2);
    }

    @Test
    void aListenerMayNotSubmitAgainWhileTicketsComeBack() {
        rig.bound();
        rig.submit(1);
        final boolean[] could = {true};
        rig.events.whenUnanswered = () -> could[0] = rig.bind.canSubmit(rig.clock.nanoTime());
        rig.drop();
        assertThat(could[0]).isFalse();
    }

    @Test
    void aRequestThatTimesOutIsReportedOnceAndItsLateAnswerApart() {
        rig.bound();
        final int sequence = rig.submit(7);
        rig.advance(29, SECONDS);
        assertThat(rig.events.count("unanswered")).isZero();
        rig.advance(1, SECONDS);
        rig.advance(1, SECONDS);
        assertThat(rig.events.count("unanswered 7 RESPONSE_TIMEOUT")).isEqualTo(1);
        rig.answer(sequence, 0, "id").answer(sequence, 0, "id");
        assertThat(rig.events.count("late 7 0")).isEqualTo(1);
        assertThat(rig.bind.counters().answersUnknown).isEqualTo(1);
        assertThat(rig.bind.state()).isEqualTo(EsmeState.BOUND);
    }

    @Test
    void anAnswerAfterTheGraceIsCountedAndNoMore() {
        rig.bound();
        final int sequence = rig.submit(7);
        // An answer to enquire_link now and then keeps the link up meanwhile.
        for (int i = 0; i < 20; i++) {
            rig.advance(10, SECONDS);
            rig.receive(Wire.pdu(CommandId.ENQUIRE_LINK_RESP, 0, 1));
        }
        rig.answer(sequence, 0, "id");
        assertThat(rig.events.count("late")).isZero();
        assertThat(rig.bind.counters().answersUnknown).isEqualTo(1);
    }

    @Test
    void theWindowStopsSubmitsAndAnAnswerOpensIt() {
        rig(SETTINGS.withWindow(2));
        rig.bound();
        final int first = rig.submit(1);
        rig.submit(2);
        assertThat(rig.bind.canSubmit(rig.clock.nanoTime())).isFalse();
        rig.answer(first, 0, "id");
        assertThat(rig.bind.canSubmit(rig.clock.nanoTime())).isTrue();
    }

    @Test
    void aReceiverDoesNotSubmit() {
        rig(SETTINGS.withBindType(BindType.RECEIVER));
        rig.bound();
        assertThat(rig.bind.canSubmit(rig.clock.nanoTime())).isFalse();
    }

    @Test
    void pacesToOnePercentWithTicksOfTenMilliseconds() {
        rig(SETTINGS.withRate(500_000, 0).withWindow(10_000));
        rig.bound();
        final long from = rig.clock.nanoTime();
        int sent = 0;
        while (rig.clock.nanoTime() - from < SECONDS.toNanos(10)) {
            while (rig.bind.canSubmit(rig.clock.nanoTime())) {
                rig.submit(sent++);
            }
            rig.advance(10, MILLISECONDS);
            for (final Wire.Pdu pdu : rig.sent()) {
                rig.answer(pdu.sequence(), 0, "id");
            }
        }
        assertThat(sent).isBetween(4950, 5050);
    }

    @Test
    void segmentsOfOneLongMessageArePacedAsSoMany() {
        rig(SETTINGS.withRate(10_000, 1));
        rig.bound();
        rig.bind.submit(1, Wire.message("long"), 5, rig.clock.nanoTime());
        assertThat(rig.bind.paceReadyAtNs(rig.clock.nanoTime()) - rig.clock.nanoTime())
                .isEqualTo(MILLISECONDS.toNanos(500));
    }

    @Test
    void aSilentPeerIsAskedAndThenGivenUp() {
        rig.bound();
        rig.submit(1);
        rig.sent();
        rig.advance(29, SECONDS);
        assertThat(rig.sentNames()).isEmpty();
        rig.advance(1, SECONDS);
        assertThat(rig.sent())
                .singleElement()
                .satisfies(pdu -> assertThat(pdu.commandId()).isEqualTo(CommandId.ENQUIRE_LINK));
        rig.advance(9, SECONDS);
        assertThat(rig.bind.state()).isEqualTo(EsmeState.BOUND);
        rig.advance(1, SECONDS);
        assertThat(rig.events.all).contains("unbound DEAD_PEER 0");
        assertThat(rig.bind.state()).isEqualTo(EsmeState.WAITING);
        assertThat(rig.events.count("unanswered 1")).isEqualTo(1);
    }

    @Test
    void aPeerThatAnswersEnquireLinkIsKept() {
        rig.bound();
        for (int i = 0; i < 10; i++) {
            rig.advance(30, SECONDS);
            for (final Wire.Pdu pdu : rig.sent()) {
                rig.advance(1, SECONDS);
                rig.receive(Wire.pdu(CommandId.ENQUIRE_LINK_RESP, 0, pdu.sequence()));
            }
        }
        assertThat(rig.bind.state()).isEqualTo(EsmeState.BOUND);
        assertThat(rig.bind.counters().enquireLinksOut).isEqualTo(10);
    }

    @Test
    void givesUpABindThatIsNotAnswered() {
        rig.bind.enable();
        rig.advance(0, NANOSECONDS).connected();
        rig.advance(10, SECONDS);
        assertThat(rig.events.all).containsExactly("unbound BIND_TIMEOUT 0");
        assertThat(rig.bind.state()).isEqualTo(EsmeState.WAITING);
    }

    @Test
    void givesUpAConnectThatTakesTooLong() {
        rig.bind.enable();
        rig.advance(0, NANOSECONDS);
        assertThat(rig.bind.state()).isEqualTo(EsmeState.CONNECTING);
        rig.advance(10, SECONDS);
        assertThat(rig.events.all).containsExactly("unbound CONNECT_FAILED 0");
        rig.connected();
        assertThat(rig.channel.isOpen()).isFalse();
    }

    @Test
    void triesAgainAndAgainButNeverFasterThanTheFloor() {
        rig.bind.enable();
        rig.advance(0, NANOSECONDS);
        for (int i = 0; i < 50; i++) {
            final int before = rig.attempts;
            rig.bind.onConnectFailed();
            final long failedNs = rig.clock.nanoTime();
            while (rig.attempts == before) {
                rig.advance(50, MILLISECONDS);
            }
            assertThat(rig.clock.nanoTime() - failedNs).isBetween(SECONDS.toNanos(1), SECONDS.toNanos(31));
        }
        assertThat(rig.bind.failures()).isEqualTo(50);
    }

    @Test
    void drainingAwaitsTheAnswersThenUnbinds() {
        rig.bound();
        final int sequence = rig.submit(1);
        rig.sent();
        rig.bind.disable();
        assertThat(rig.bind.canSubmit(rig.clock.nanoTime())).isFalse();
        rig.advance(1, SECONDS);
        assertThat(rig.sent()).isEmpty();
        rig.answer(sequence, 0, "id").advance(10, MILLISECONDS);
        final List<Wire.Pdu> sent = rig.sent();
        assertThat(sent)
                .singleElement()
                .satisfies(pdu -> assertThat(pdu.commandId()).isEqualTo(CommandId.UNBIND));
        rig.receive(Wire.pdu(CommandId.UNBIND_RESP, 0, sent.get(0).sequence()));
        assertThat(rig.bind.stopped()).isTrue();
        assertThat(rig.events.all).containsExactly("bound mc 52", "answered 1 0 id -1", "unbound DISABLED 0");
    }

    @Test
    void drainingHasALimitAndSoHasUnbinding() {
        rig.bound();
        final int sequence = rig.submit(1);
        rig.sent();
        rig.bind.disable();
        rig.advance(10, SECONDS);
        assertThat(rig.sentNames()).hasSize(1);
        // It may still be answered while the unbind is on its way.
        assertThat(rig.events.count("unanswered")).isZero();
        assertThat(sequence).isPositive();
        rig.advance(5, SECONDS);
        rig.run();
        assertThat(rig.bind.stopped()).isTrue();
        assertThat(rig.events.all).endsWith("unanswered 1 DISABLED", "unbound DISABLED 0");
    }

    @Test
    void disablingWhileItConnectsOrWaitsStopsAtOnce() {
        rig.bind.enable();
        rig.advance(0, NANOSECONDS);
        rig.bind.disable();
        assertThat(rig.bind.stopped()).isTrue();
        rig.bind.enable();
        rig.bind.disable();
        assertThat(rig.bind.stopped()).isTrue();
        rig.advance(60, SECONDS);
        assertThat(rig.attempts).isEqualTo(1);
    }

    @Test
    void enabledAgainWhileDrainingItComesBack() {
        rig.bound();
        rig.bind.disable();
        rig.bind.enable();
        rig.advance(1, MILLISECONDS);
        rig.receive(Wire.pdu(CommandId.UNBIND_RESP, 0, rig.sent().get(0).sequence()));
        assertThat(rig.bind.state()).isEqualTo(EsmeState.WAITING);
    }

    @Test
    void aBadMessageLeavesNoHalfPduBehind() {
        rig.bound();
        final OutboundSm tooLong = Wire.message("x".repeat(255));
        assertThatThrownBy(() -> rig.bind.submit(1, tooLong, rig.clock.nanoTime()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(rig.bind.awaiting()).isZero();
        rig.submit(2);
        assertThat(rig.sent())
                .singleElement()
                .satisfies(pdu -> assertThat(pdu.commandId()).isEqualTo(CommandId.SUBMIT_SM));
    }

    @Test
    void moreUnansweredDeliveriesThanAllowedAreToldToComeBack() {
        rig(SETTINGS.withInboundWindow(2));
        rig.bound();
        rig.events.deliverStatus = EsmeListener.DEFER;
        rig.receive(Wire.concat(Wire.deliver(1, "a"), Wire.deliver(2, "b"), Wire.deliver(3, "c")));
        assertThat(rig.sentNames()).containsExactly("deliver_sm_resp 88 3");
        assertThat(rig.bind.answerDeliver(rig.events.exchanges.get(1), 0)).isTrue();
        rig.receive(Wire.deliver(4, "d"));
        assertThat(rig.bind.answerDeliver(rig.events.exchanges.get(2), CommandStatus.ESME_RSYSERR))
                .isTrue();
        assertThat(rig.sentNames()).containsExactly("deliver_sm_resp 0 2", "deliver_sm_resp 8 4");
    }

    @Test
    void anAnswerForAnOldConnectionDoesNotGoOutOnTheNewOne() {
        rig.bound();
        rig.events.deliverStatus = EsmeListener.DEFER;
        rig.receive(Wire.deliver(1, "a"));
        rig.drop();
        rig.advance(30, SECONDS).connected().answerBind();
        rig.receive(Wire.deliver(1, "b"));
        assertThat(rig.bind.answerDeliver(rig.events.exchanges.get(0), 0)).isFalse();
        assertThat(rig.bind.answerDeliver(rig.events.exchanges.get(1), 0)).isTrue();
        assertThat(rig.sentNames()).containsExactly("deliver_sm_resp 0 1");
    }

    @Test
    void dataSmIsAnsweredAsDataSmAlsoWhenDeferred() {
        rig.bound();
        rig.events.deliverStatus = EsmeListener.DEFER;
        rig.receive(Wire.encoded(out -> PduEncoder.dataSm(out, 5, Wire.message("x"))));
        rig.bind.answerDeliver(rig.events.exchanges.get(0), 0);
        assertThat(rig.events.all).contains("data x");
        assertThat(rig.sentNames()).containsExactly("data_sm_resp 0 5");
    }

    @Test
    void aListenerThatFailsEndsItsConnectionOnly() {
        rig.bound();
        final int sequence = rig.submit(1);
        rig.events.onAnswered = () -> {
            throw new IllegalStateException("a fault in the listener, made for this test");
        };
        rig.answer(sequence, 0, "id");
        assertThat(rig.bind.state()).isEqualTo(EsmeState.WAITING);
        assertThat(rig.bind.counters().exceptions).isEqualTo(1);
        assertThat(rig.events.all).contains("unbound INTERNAL_ERROR 0");
    }

    @Test
    void aCarrierThatReadsNothingStopsSubmitsAndIsClosedInTheEnd() {
        rig.bound();
        rig.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        assertThat(rig.bind.canSubmit(rig.clock.nanoTime())).isFalse();
        for (int i = 0; i < 31; i++) {
            rig.advance(1, SECONDS);
            if (rig.channel.isOpen()) {
                rig.receive(Wire.pdu(CommandId.ENQUIRE_LINK, 0, i));
            }
        }
        assertThat(rig.events.all).contains("unbound SLOW_READER 0");
    }

    @Test
    void idleBindsAreUnboundWhereTheSettingsSaySo() {
        final EsmeSettings.Timing t = EsmeSettings.Timing.DEFAULT;
        rig(SETTINGS.withTiming(new EsmeSettings.Timing(
                t.connectNs(),
                t.bindNs(),
                t.responseNs(),
                t.lateGraceNs(),
                t.enquireNs(),
                t.enquireResponseNs(),
                SECONDS.toNanos(20),
                t.drainNs(),
                t.unbindNs(),
                t.stallNs())));
        rig.bound();
        rig.advance(19, SECONDS);
        assertThat(rig.bind.state()).isEqualTo(EsmeState.BOUND);
        rig.advance(1, SECONDS).advance(1, MILLISECONDS);
        final Wire.Pdu unbind = rig.sent().get(0);
        assertThat(unbind.commandId()).isEqualTo(CommandId.UNBIND);
        rig.receive(Wire.pdu(CommandId.UNBIND_RESP, 0, unbind.sequence()));
        assertThat(rig.events.all).endsWith("unbound IDLE 0");
        assertThat(rig.bind.state()).isEqualTo(EsmeState.WAITING);
    }
}
