package io.trunkline.sip.call;

import static io.trunkline.sip.call.DeskRig.CALLEE;
import static io.trunkline.sip.call.DeskRig.CALLER;
import static io.trunkline.sip.call.DeskRig.DESK;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.call.CallNetwork.Sent;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.SipMethod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that cross, are lost or come twice, by the clause that says what is right. */
class CallRaceTest {
    private final DeskRig rig = new DeskRig();

    private static String tag(final Sent sent, final String header) {
        final String value = sent.header(header);
        return value.substring(value.indexOf(";tag=") + 5);
    }

    @Test
    void rfc3261Section9_2_cancelEndsARingingCall() {
        rig.callee.onInvite = (line, invite) -> line.respond(180, "", "");
        final Phone.Line line = rig.call();
        rig.network.run(500);
        line.clientInvite.cancel();
        final DeskRig.End end = rig.finish();
        assertThat(line.heard).containsExactly("180 INVITE", "487 INVITE");
        assertThat(rig.callee.line().heard).containsExactly("CANCEL");
        assertThat(end.reason()).isEqualTo(EndReason.CALLER_CANCELLED);
        assertThat(end.outcome()).isEqualTo(CallOutcome.CANCELLED);
        assertThat(rig.network.sent(DESK, CALLER, "SIP/2.0 200")).hasSize(1);
    }

    @Test
    void rfc3261Section9_1_cancelWaitsForAProvisionalAndNoOtherTargetIsTried() {
        rig.router = (call, invite) -> call.route(CallPlan.of(DeskRig.target(CALLEE), DeskRig.target(DeskRig.SECOND)));
        rig.network.lose(CALLEE, DESK, "SIP/2.0 100", Integer.MAX_VALUE);
        rig.callee.onInvite = (line, invite) -> rig.network.after(1_000, () -> line.respond(180, "", ""));
        final Phone.Line line = rig.call();
        rig.network.run(300);
        line.clientInvite.cancel();
        rig.network.run(100);
        assertThat(rig.network.sent(DESK, CALLEE, "CANCEL")).isEmpty();
        assertThat(line.heard).containsExactly("100 INVITE", "487 INVITE");
        rig.finish();
        assertThat(rig.network.sent(DESK, CALLEE, "CANCEL")).hasSize(1);
        assertThat(rig.second.lines).isEmpty();
    }

    @Test
    void rfc3326_aCancelGoesOnWithItsReasonAlsoWhereItWaitsForAProvisional() {
        rig.network.lose(CALLEE, DESK, "SIP/2.0 100", Integer.MAX_VALUE);
        rig.callee.onInvite = (line, invite) -> rig.network.after(1_000, () -> line.respond(180, "", ""));
        final Phone.Line line = rig.call();
        rig.network.run(300);
        line.clientInvite.cancel(
                Octets.ascii("Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\nReason: Q.850;cause=26\r\n"));
        assertThat(rig.finish().cause()).isEqualTo(26);
        assertThat(rig.network.sent(DESK, CALLEE, "CANCEL").get(0).text())
                .contains("\r\nReason: SIP;cause=200;text=\"Call completed elsewhere\"\r\n")
                .contains("\r\nReason: Q.850;cause=26\r\n");
        assertThat(rig.network.sent(DESK, CALLER, "SIP/2.0 487").get(0).text()).contains("Reason: Q.850;cause=26\r\n");
    }

    @Test
    void rfc3326_aCancelWithoutReasonGoesOnWithoutOneAndOneOfOursSaysACause() {
        rig.callee.onInvite = (line, invite) -> line.respond(180, "", "");
        final Phone.Line line = rig.call();
        rig.network.run(300);
        line.clientInvite.cancel();
        rig.finish();
        assertThat(rig.network.sent(DESK, CALLEE, "CANCEL").get(0).text()).doesNotContain("Reason");
        rig.ends.clear();
        rig.call();
        rig.network.run(300);
        rig.last.end(ReleaseCause.TEMPORARY_FAILURE);
        rig.finish();
        assertThat(rig.network.sent(DESK, CALLEE, "CANCEL").get(1).text()).contains("\r\nReason: Q.850;cause=41\r\n");
    }

    @Test
    void rfc3326_theReasonOfAByeIsACauseToTheOtherSideWhicheverProtocolItIsOf() {
        final Phone.Line line = rig.established();
        line.over = true;
        line.request(SipMethod.BYE, "Reason: SIP;cause=480;text=\"no media\"\r\n", "");
        assertThat(rig.finish().cause()).isEqualTo(18);
        assertThat(rig.network.sent(DESK, CALLEE, "BYE").get(0).text()).contains("\r\nReason: Q.850;cause=18\r\n");
    }

    @Test
    void rfc3261Section9_1_anAnswerThatCrossesTheCancelIsAcknowledgedAndEnded() {
        rig.callee.onInvite = (line, invite) -> line.respond(180, "", "");
        final Phone.Line line = rig.call();
        rig.network.run(500);
        line.clientInvite.cancel();
        rig.network.after(5, () -> rig.callee.line().answer(Phone.SDP, Phone.ANSWER));
        assertThat(rig.finish().reason()).isEqualTo(EndReason.CALLER_CANCELLED);
        assertThat(line.heard).containsExactly("180 INVITE", "487 INVITE");
        assertThat(rig.callee.line().heard).containsExactly("CANCEL", "ACK", "BYE");
        assertThat(rig.network.sent(DESK, CALLEE, "BYE")).hasSize(1);
    }

    @Test
    void rfc3261Section9_2_aCancelAfterTheAnswerHasNoEffect() {
        rig.callee.onInvite = (line, invite) -> {
            line.respond(180, "", "");
            rig.network.after(500, () -> line.answer(Phone.SDP, Phone.ANSWER));
        };
        final Phone.Line line = rig.call();
        // The desk has the answer at 515 ms and the CANCEL at 520 ms, as the caller has the answer.
        rig.network.after(515, line.clientInvite::cancel);
        rig.network.run(1_000);
        assertThat(rig.network.sent(CALLER, DESK, "CANCEL")).hasSize(1);
        assertThat(line.heard).containsExactly("180 INVITE", "200 INVITE");
        assertThat(rig.ends).isEmpty();
        line.bye();
        rig.finish();
    }

    @Test
    void rfc3261Section13_3_1_4_anAnswerIsRepeatedUntilItsAckComes() {
        rig.network.lose(CALLER, DESK, "ACK", 3);
        final Phone.Line line = rig.call();
        rig.network.run(10_000);
        final List<Sent> answers = rig.network.sent(DESK, CALLER, "SIP/2.0 200");
        assertThat(answers).hasSize(4);
        assertThat(answers.get(1).atMs() - answers.get(0).atMs()).isEqualTo(500);
        assertThat(answers.get(2).atMs() - answers.get(1).atMs()).isEqualTo(1_000);
        assertThat(answers.get(3).atMs() - answers.get(2).atMs()).isEqualTo(2_000);
        assertThat(answers.get(3).text()).isEqualTo(answers.get(0).text());
        line.bye();
        rig.finish();
    }

    @Test
    void rfc3261Section13_3_1_4_withoutAnAckBothAreHungUpAfter64T1() {
        rig.caller.acksAnswers = false;
        rig.call();
        final DeskRig.End end = rig.finish();
        assertThat(end.reason()).isEqualTo(EndReason.NO_ACK);
        assertThat(end.durationMs()).isEqualTo(32_000);
        assertThat(rig.network.sent(DESK, CALLER, "BYE")).hasSize(1);
        assertThat(rig.callee.line().byesReceived).isEqualTo(1);
    }

    @Test
    void rfc3261Section13_2_2_4_aRepeatedAnswerIsAcknowledgedAgain() {
        rig.network.lose(DESK, CALLEE, "ACK", 2);
        final Phone.Line line = rig.call();
        rig.network.run(5_000);
        assertThat(rig.network.sent(CALLEE, DESK, "SIP/2.0 200")).hasSize(3);
        assertThat(rig.network.sent(DESK, CALLEE, "ACK")).hasSize(3);
        assertThat(rig.network.sent(DESK, CALLER, "SIP/2.0 200")).hasSize(1);
        line.bye();
        rig.finish();
    }

    @Test
    void rfc3261Section13_2_2_4_aRepeatedAnswerIsAcknowledgedEvenAfterTheEnd() {
        rig.network.lose(DESK, CALLEE, "ACK", 1);
        final Phone.Line line = rig.call();
        rig.network.run(100);
        line.bye();
        rig.finish();
        assertThat(rig.network.sent(DESK, CALLEE, "ACK")).hasSizeGreaterThan(1);
        assertThat(rig.callee.line().acked).isTrue();
        assertThat(rig.network.sent(DESK, CALLEE, "BYE")).hasSize(1);
    }

    @Test
    void rfc3261Section13_2_2_4_aSecondAnswerOfAForkIsAcknowledgedAndEnded() {
        final Phone.Line line = rig.established();
        final Phone.Line answered = rig.callee.line();
        answered.respond(answered.serverInvite, answered.head, "other", 200, Phone.SDP, Phone.ANSWER);
        rig.network.run(200);
        assertThat(tag(rig.network.last(DESK, CALLEE, "ACK"), "To")).isEqualTo("other");
        final Sent bye = rig.network.last(DESK, CALLEE, "BYE");
        assertThat(tag(bye, "To")).isEqualTo("other");
        assertThat(bye.header("CSeq")).isEqualTo("2 BYE");
        assertThat(rig.ends).isEmpty();
        assertThat(rig.network.sent(DESK, CALLER, "SIP/2.0 200")).hasSize(1);
        line.bye();
        rig.finish();
    }

    @Test
    void aTargetThatAnswersOnAndOnIsAcknowledgedButTakesNoMoreTransactionsThanItMayHaveForks() {
        final Phone.Line line = rig.established();
        final Phone.Line answered = rig.callee.line();
        for (int i = 0; i < 100; i++) {
            answered.respond(answered.serverInvite, answered.head, "fork" + i, 200, Phone.SDP, Phone.ANSWER);
        }
        rig.network.run(100);
        assertThat(rig.network.sent(DESK, CALLEE, "ACK")).hasSize(1 + 100);
        assertThat(rig.network.sent(DESK, CALLEE, "BYE")).hasSize(CallLimits.DEFAULT.maxForks());
        line.bye();
        rig.finish();
    }

    @Test
    void rfc3261Section12_1_2_eachForkOfATargetIsAnEarlyDialogOfTheCallers() {
        rig.callee.onInvite = (line, invite) -> {
            line.respond(line.serverInvite, line.head, "one", 180, "", "");
            line.respond(line.serverInvite, line.head, "two", 183, Phone.SDP, Phone.ANSWER);
            rig.network.after(500, () -> line.answer(Phone.SDP, Phone.ANSWER));
        };
        final Phone.Line line = rig.call();
        rig.network.run(1_000);
        final String one = tag(rig.network.last(DESK, CALLER, "SIP/2.0 180"), "To");
        final String two = tag(rig.network.last(DESK, CALLER, "SIP/2.0 183"), "To");
        final String third = tag(rig.network.last(DESK, CALLER, "SIP/2.0 200"), "To");
        assertThat(List.of(one, two, third)).doesNotHaveDuplicates();
        assertThat(rig.desk.audit().dialogs()).isEqualTo(2);
        line.bye();
        rig.finish();
    }

    @Test
    void rfc3261Section15_byeWaitsUntilTheAnswerIsAcknowledged() {
        rig.caller.acksAnswers = false;
        final Phone.Line line = rig.call();
        rig.network.run(100);
        rig.callee.line().bye();
        rig.network.run(1_000);
        assertThat(rig.ends).hasSize(1);
        assertThat(rig.ends.get(0).reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
        assertThat(rig.network.sent(DESK, CALLER, "BYE")).isEmpty();
        line.ack(line.inviteCseq, "");
        rig.network.run(100);
        assertThat(line.byesReceived).isEqualTo(1);
        rig.finish();
    }

    @Test
    void rfc3261Section15_byesThatCrossEndTheCallOnce() {
        final Phone.Line line = rig.established();
        line.bye();
        rig.callee.line().bye();
        rig.finish();
        assertThat(line.heard).contains("200 BYE");
        assertThat(rig.callee.line().heard).contains("200 BYE");
    }

    @Test
    void rfc3261Section15_aByeBeforeTheAnswerCancels() {
        rig.callee.onInvite = (line, invite) -> line.respond(180, "", "");
        final Phone.Line line = rig.call();
        rig.network.run(200);
        line.adopt(rig.network.last(DESK, CALLER, "SIP/2.0 180"));
        line.request(SipMethod.BYE, "", "");
        assertThat(rig.finish().reason()).isEqualTo(EndReason.CALLER_CANCELLED);
        assertThat(line.heard).containsExactly("180 INVITE", "200 BYE", "487 INVITE");
        assertThat(rig.callee.line().heard).containsExactly("CANCEL");
    }

    @Test
    void rfc3261Section12_2_2_unknownDialogsAre481() {
        final Phone.Line line = rig.established();
        final String tag = line.remoteTag;
        line.remoteTag = "0123456789abcdef";
        line.request(SipMethod.INFO, "", "");
        rig.network.run(100);
        assertThat(line.heard).endsWith("481 INFO");
        // The tag of this call with the Call-ID of another one is no dialog either.
        final Sent info = rig.network.last(CALLER, DESK, "INFO");
        final String other = info.text()
                .replace("0123456789abcdef", tag)
                .replace("Call-ID: ", "Call-ID: x")
                .replace("branch=z9hG4bK", "branch=z9hG4bKx");
        rig.network.deliver(CALLER, DESK, other.getBytes(StandardCharsets.UTF_8));
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 481").header("Call-ID"))
                .startsWith("x");
        assertThat(rig.desk.counters().unknownDialogs()).isEqualTo(2);
        line.remoteTag = tag;
        line.bye();
        rig.finish();
    }

    @Test
    void rfc3261Section12_2_2_requestsOutOfOrderAre500() {
        final Phone.Line line = rig.established();
        line.cseq -= 1;
        line.request(SipMethod.INFO, "", "");
        rig.network.run(100);
        assertThat(line.heard).endsWith("500 INFO");
        assertThat(rig.callee.line().heard).doesNotContain("INFO");
        line.bye();
        rig.finish();
    }

    @Test
    void rfc3261Section14_2_offersThatMeetAre491OnOneSide() {
        final Phone.Line line = rig.established();
        final Phone.Line other = rig.callee.line();
        rig.callee.onInvite = (l, invite) -> rig.network.after(100, () -> l.answer(Phone.SDP, Phone.ANSWER));
        line.request(SipMethod.INVITE, Phone.SDP, Phone.OFFER);
        other.request(SipMethod.INVITE, Phone.SDP, Phone.OFFER);
        rig.network.run(1_000);
        assertThat(line.heard).endsWith("200 INVITE");
        assertThat(other.heard).contains("491 INVITE");
        assertThat(rig.desk.counters().glares()).isEqualTo(1);
        line.bye();
        rig.finish();
    }

    @Test
    void rfc3261Section14_2_aSecondInviteBeforeTheFirstIsAnsweredIs500WithRetryAfter() {
        final Phone.Line line = rig.established();
        rig.callee.onInvite = (l, invite) -> {};
        line.request(SipMethod.INVITE, Phone.SDP, Phone.OFFER);
        rig.network.run(50);
        line.request(SipMethod.INVITE, Phone.SDP, Phone.OFFER);
        rig.network.run(50);
        final Sent refusal = rig.network.last(DESK, CALLER, "SIP/2.0 500");
        assertThat(Integer.parseInt(refusal.header("Retry-After"))).isBetween(0, 10);
        line.bye();
        rig.finish();
        assertThat(line.heard).contains("487 INVITE");
    }

    @Test
    void rfc3261Section8_2_2_2_theSameInviteByAnotherWayIs482() {
        rig.callee.onInvite = (line, invite) -> line.respond(180, "", "");
        final Phone.Line line = rig.call();
        rig.network.run(100);
        final String merged =
                rig.network.last(CALLER, DESK, "INVITE").text().replace("branch=z9hG4bK", "branch=z9hG4bKx");
        rig.network.deliver(CALLER, DESK, merged.getBytes(StandardCharsets.UTF_8));
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0").startLine()).isEqualTo("SIP/2.0 482 Loop Detected");
        // And so is one of ours that comes back.
        rig.network.run(10);
        final String ours = rig.network.last(DESK, CALLEE, "INVITE").text();
        rig.network.deliver(CALLEE, DESK, ours.getBytes(StandardCharsets.UTF_8));
        assertThat(rig.network.last(DESK, CALLEE, "SIP/2.0").startLine()).isEqualTo("SIP/2.0 482 Loop Detected");
        assertThat(rig.desk.counters().loops()).isEqualTo(2);
        line.clientInvite.cancel();
        rig.finish();
    }

    @Test
    void rfc3261Section16_3_anInviteWithoutHopsLeftIs483() {
        final String last = rig.network.toString();
        assertThat(last).isEmpty();
        rig.call();
        final String none =
                rig.network.last(CALLER, DESK, "INVITE").text().replace("Max-Forwards: 70", "Max-Forwards: 0");
        final DeskRig other = new DeskRig();
        other.network.deliver(CALLER, DESK, none.getBytes(StandardCharsets.UTF_8));
        assertThat(other.network.last(DESK, CALLER, "SIP/2.0").startLine()).isEqualTo("SIP/2.0 483 Too Many Hops");
        assertThat(other.desk.counters().offered()).isZero();
    }
}
