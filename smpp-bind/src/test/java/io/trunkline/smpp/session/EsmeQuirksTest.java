package io.trunkline.smpp.session;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.PduEncoder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What carriers do that the specification does not foresee, as far as it concerns sessions. */
class EsmeQuirksTest {
    private EsmeRig rig = new EsmeRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x806A179B, 0x80000000, 0xFFFFFFFF, 0x7FFFFFFF})
    void quirk29_anySequenceNumberOfTheMcIsEchoed(final int sequence) {
        rig.bound();
        rig.receive(Wire.deliver(sequence, "x")).receive(Wire.pdu(CommandId.ENQUIRE_LINK, 0, sequence));
        assertThat(rig.sentNames()).containsExactly("deliver_sm_resp 0 " + sequence, "enquire_link_resp 0 " + sequence);
    }

    @Test
    void quirk29_ourOwnNumbersGoRoundAndSkipThoseStillOpen() {
        final SequenceNumbers numbers = new SequenceNumbers(Integer.MAX_VALUE - 1);
        final SubmitWindow window = new SubmitWindow(4, 0);
        window.sent(1, 0, 0);
        assertThat(numbers.nextUnknownTo(window)).isEqualTo(Integer.MAX_VALUE);
        assertThat(numbers.nextUnknownTo(window)).isEqualTo(2);
    }

    @Test
    void quirk30_anAnswerToNothingIsCountedAndNotNacked() {
        rig.bound();
        rig.answer(4711, 0, "id");
        rig.receive(Wire.pdu(CommandId.QUERY_SM_RESP, 0, 4712));
        rig.receive(Wire.pdu(CommandId.BIND_TRANSCEIVER_RESP, 0, 4713));
        rig.receive(Wire.pdu(0x80001234, 0, 4714));
        assertThat(rig.sent()).isEmpty();
        assertThat(rig.bind.counters().answersUnknown).isEqualTo(4);
        assertThat(rig.bind.state()).isEqualTo(EsmeState.BOUND);
    }

    @Test
    void quirk31_aGenericNackAnswersTheRequestItNames() {
        rig.bound();
        final int sequence = rig.submit(9);
        rig.receive(Wire.pdu(CommandId.GENERIC_NACK, CommandStatus.ESME_RTHROTTLED, sequence));
        assertThat(rig.events.all).endsWith("answered 9 88  -1");
        assertThat(rig.bind.canSubmit(rig.clock.nanoTime())).isFalse();
        assertThat(rig.bind.counters().slowDowns).isEqualTo(1);
    }

    @Test
    void quirk31_aGenericNackWithSequence0IsHeardWhereItSaysThrottled() {
        rig.close();
        rig = new EsmeRig(
                EsmeSettings.to("mc.example", 2775, BindRequest.of("us", "x")).withRate(100_000, 0));
        rig.bound();
        rig.submit(9);
        rig.receive(Wire.pdu(CommandId.GENERIC_NACK, CommandStatus.ESME_RTHROTTLED, 0));
        assertThat(rig.bind.rateMillis()).isLessThan(100_000);
        assertThat(rig.bind.awaiting()).isEqualTo(1);
        assertThat(rig.events.count("answered")).isZero();
    }

    @Test
    void quirk31_aGenericNackThatSaysOkIsARefusalAllTheSame() {
        rig.bound();
        final int sequence = rig.submit(9);
        rig.receive(Wire.pdu(CommandId.GENERIC_NACK, 0, sequence));
        assertThat(rig.events.all).endsWith("answered 9 255  -1");
    }

    @Test
    void quirk32_anUnknownCommandIsNackedAndTheLinkStays() {
        rig.bound();
        rig.receive(Wire.pdu(0x00012345, 0, 77, (byte) 1, (byte) 2));
        assertThat(rig.sentNames()).containsExactly("generic_nack 3 77");
        assertThat(rig.bind.state()).isEqualTo(EsmeState.BOUND);
        assertThat(rig.bind.counters().unknownCommands).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void quirk32_anImpossibleLengthIsNackedWithSequence0AndEndsTheLink(final int length) {
        rig.bound();
        rig.submit(1);
        rig.sent();
        rig.receive(Wire.header(length, CommandId.DELIVER_SM, 5));
        assertThat(rig.sentNames()).containsExactly("generic_nack 2 0");
        assertThat(rig.events.all).endsWith("unanswered 1 PROTOCOL_ERROR", "unbound PROTOCOL_ERROR 0");
        assertThat(rig.bind.state()).isEqualTo(EsmeState.WAITING);
    }

    @Test
    void quirk36_enquireLinkIsAnsweredBeforeTheBindIs() {
        rig.bind.enable();
        rig.advance(0, NANOSECONDS).connected();
        final Wire.Pdu request = rig.sent().get(0);
        rig.receive(Wire.pdu(CommandId.ENQUIRE_LINK, 0, 1));
        assertThat(rig.sentNames()).containsExactly("enquire_link_resp 0 1");
        rig.receive(Wire.encoded(out -> PduEncoder.bindResp(out, request.commandId(), request.sequence(), "mc", 0x34)));
        assertThat(rig.bind.state()).isEqualTo(EsmeState.BOUND);
    }

    @Test
    void quirk36_aPeerThatNeverAnswersEnquireLinkButSendsMessagesLives() {
        rig.bound();
        for (int i = 0; i < 20; i++) {
            rig.advance(30, SECONDS);
            rig.advance(5, SECONDS);
            rig.receive(Wire.deliver(i + 1, "x"));
        }
        assertThat(rig.bind.state()).isEqualTo(EsmeState.BOUND);
        assertThat(rig.bind.counters().enquireLinksOut).isPositive();
    }

    @Test
    void quirk36_enquireLinkEverySecondIsAnsweredEverySecond() {
        rig.bound();
        for (int i = 1; i <= 100; i++) {
            rig.advance(1, SECONDS).receive(Wire.pdu(CommandId.ENQUIRE_LINK, 0, i));
        }
        assertThat(rig.sentNames()).hasSize(100).allMatch(name -> name.startsWith("enquire_link_resp 0"));
    }

    @Test
    void quirk37_alreadyBoundIsNoBindAndIsNotStormed() {
        rig.bind.enable();
        rig.advance(0, NANOSECONDS).connected();
        final Wire.Pdu request = rig.sent().get(0);
        rig.receive(
                Wire.pdu(CommandId.responseOf(request.commandId()), CommandStatus.ESME_RALYBND, request.sequence()));
        assertThat(rig.events.all).containsExactly("unbound BIND_REFUSED 5");
        assertThat(rig.bind.retryAtNs() - rig.clock.nanoTime()).isGreaterThanOrEqualTo(SECONDS.toNanos(15));
        rig.advance(14, SECONDS);
        assertThat(rig.attempts).isEqualTo(1);
    }

    @Test
    void quirk38_aBindAnswerMayLackItsVersionOrItsSystemIdOrAllOfItsBody() {
        for (final byte[] body :
                List.of(Wire.cString("mc"), new byte[0], new byte[] {0, 0x02, 0x10, 0, 1, 0x50}, new byte[] {0})) {
            rig.close();
            rig = new EsmeRig();
            rig.bind.enable();
            rig.advance(0, NANOSECONDS).connected();
            final Wire.Pdu request = rig.sent().get(0);
            rig.receive(Wire.pdu(CommandId.responseOf(request.commandId()), 0, request.sequence(), body));
            assertThat(rig.bind.state()).isEqualTo(EsmeState.BOUND);
        }
        assertThat(rig.events.all).hasSize(1);
    }

    @Test
    void quirk39_theMcUnbindsAndWeAnswerAndComeBack() {
        rig.bound();
        rig.submit(1);
        rig.sent();
        rig.receive(Wire.pdu(CommandId.UNBIND, 0, 6));
        assertThat(rig.sentNames()).containsExactly("unbind_resp 0 6");
        assertThat(rig.events.all).endsWith("unanswered 1 PEER_UNBOUND", "unbound PEER_UNBOUND 0");
        rig.advance(4, SECONDS);
        assertThat(rig.attempts).isEqualTo(2);
    }

    @Test
    void quirk39_anMcThatClosesInsteadOfAnsweringUnbindIsNoTrouble() {
        rig.bound();
        rig.bind.disable();
        rig.advance(1, MILLISECONDS);
        rig.drop();
        assertThat(rig.bind.stopped()).isTrue();
    }

    @Test
    void quirk40_longPasswordsAndSystemIdsAndEmptyFieldsAreSentAsTheyAre() {
        rig.close();
        final String password = "p".repeat(64);
        rig = new EsmeRig(EsmeSettings.to("mc.example", 2775, BindRequest.of("sixteen_chars_id", password)));
        rig.bind.enable();
        rig.advance(0, NANOSECONDS).connected();
        final String body = rig.sent().get(0).body();
        assertThat(body).startsWith("sixteen_chars_id\0" + password + "\0\0" + (char) 0x34);
    }

    @Test
    void quirk41_vendorStatusesComeThroughAsTheyAre() {
        rig.bound();
        rig.answer(rig.submit(1), 0x4FF, "");
        rig.answer(rig.submit(2), -1, "");
        assertThat(rig.events.all).endsWith("answered 1 1279  -1", "answered 2 -1  -1");
    }

    @Test
    void quirk41_throttledOnBindIsARefusalToBeTriedAgain() {
        rig.bind.enable();
        rig.advance(0, NANOSECONDS).connected();
        final Wire.Pdu request = rig.sent().get(0);
        rig.receive(
                Wire.pdu(CommandId.responseOf(request.commandId()), CommandStatus.ESME_RTHROTTLED, request.sequence()));
        assertThat(rig.events.all).containsExactly("unbound BIND_REFUSED 88");
        rig.advance(3, SECONDS);
        assertThat(rig.attempts).isEqualTo(2);
    }
}
