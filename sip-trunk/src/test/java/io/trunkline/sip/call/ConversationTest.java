package io.trunkline.sip.call;

import static io.trunkline.sip.call.DeskRig.CALLEE;
import static io.trunkline.sip.call.DeskRig.CALLER;
import static io.trunkline.sip.call.DeskRig.DESK;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.call.CallNetwork.Sent;
import io.trunkline.sip.message.SipMethod;
import org.junit.jupiter.api.Test;

/** What passes between the legs of a call, and what does not. */
class ConversationTest {
    private final DeskRig rig = new DeskRig();

    @Test
    void aReinvitePassesInBothDirectionsWithItsDescription() {
        final Phone.Line line = rig.established();
        final Phone.Line other = rig.callee.line();
        rig.callee.onInvite = (l, invite) -> l.answer(Phone.SDP, "v=0\r\ns=hold\r\n");
        rig.caller.onInvite = (l, invite) -> l.answer(Phone.SDP, "v=0\r\ns=back\r\n");
        line.request(SipMethod.INVITE, Phone.SDP, "v=0\r\ns=please hold\r\n");
        rig.network.run(500);
        assertThat(line.heard).endsWith("200 INVITE");
        assertThat(rig.network.last(DESK, CALLEE, "INVITE").body()).isEqualTo("v=0\r\ns=please hold\r\n");
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 200").body()).isEqualTo("v=0\r\ns=hold\r\n");
        assertThat(other.heard).containsExactly("ACK", "INVITE", "ACK");
        other.request(SipMethod.INVITE, Phone.SDP, "v=0\r\ns=and back\r\n");
        rig.network.run(500);
        assertThat(rig.network.last(DESK, CALLER, "INVITE").body()).isEqualTo("v=0\r\ns=and back\r\n");
        assertThat(other.heard).endsWith("200 INVITE");
        assertThat(line.heard).endsWith("INVITE", "ACK");
        line.bye();
        rig.finish();
    }

    @Test
    void aRefusedReinviteLeavesTheCallAsItWas() {
        final Phone.Line line = rig.established();
        rig.callee.onInvite = (l, invite) -> l.respond(488, "", "");
        line.request(SipMethod.INVITE, Phone.SDP, Phone.OFFER);
        rig.network.run(500);
        assertThat(line.heard).endsWith("488 INVITE");
        assertThat(rig.ends).isEmpty();
        line.bye();
        rig.finish();
    }

    @Test
    void aReinviteMayBeCancelled() {
        final Phone.Line line = rig.established();
        rig.callee.onInvite = (l, invite) -> l.respond(180, "", "");
        final var transaction = line.request(SipMethod.INVITE, Phone.SDP, Phone.OFFER);
        rig.network.run(100);
        transaction.cancel();
        rig.network.run(100);
        assertThat(line.heard).endsWith("180 INVITE", "487 INVITE");
        assertThat(rig.ends).isEmpty();
        line.bye();
        rig.finish();
    }

    @Test
    void aReinviteMovesTheTarget() {
        final Phone.Line line = rig.established();
        rig.callee.onInvite = (l, invite) -> l.answer(Phone.SDP, Phone.ANSWER);
        rig.callee.contactParameters = ";moved=elsewhere-and-longer-than-before";
        line.request(SipMethod.INVITE, Phone.SDP, Phone.OFFER);
        rig.network.run(100);
        assertThat(line.heard).endsWith("200 INVITE");
        line.bye();
        rig.finish();
        assertThat(rig.network.last(DESK, CALLEE, "BYE").startLine())
                .isEqualTo("BYE sip:bob@192.0.2.1:3;moved=elsewhere-and-longer-than-before SIP/2.0");
    }

    @Test
    void aLateOfferIsAnsweredByTheCallersAck() {
        rig.caller.ackBody = Phone.ANSWER;
        rig.callee.onInvite = (l, invite) -> l.answer(Phone.SDP, Phone.OFFER);
        rig.network.lose(DESK, CALLEE, "ACK", 1);
        final Phone.Line line = rig.caller.invite(DESK, "sip:1@edge.example", "", "");
        rig.network.run(2_000);
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 200").body()).isEqualTo(Phone.OFFER);
        assertThat(rig.network.sent(DESK, CALLEE, "ACK"))
                .hasSize(2)
                .allSatisfy(ack -> assertThat(ack.body()).isEqualTo(Phone.ANSWER));
        assertThat(rig.callee.line().heard).containsExactly("ACK+");
        line.bye();
        rig.finish();
    }

    @Test
    void aLateOfferThatIsNeverAcknowledgedIsAcknowledgedAndEnded() {
        rig.caller.acksAnswers = false;
        rig.callee.onInvite = (l, invite) -> l.answer(Phone.SDP, Phone.OFFER);
        rig.caller.invite(DESK, "sip:1@edge.example", "", "");
        rig.network.run(20_000);
        assertThat(rig.callee.line().acked).isFalse();
        rig.last.end(16);
        assertThat(rig.finish().reason()).isEqualTo(EndReason.OWNER_ENDED);
        assertThat(rig.callee.line().heard).containsExactly("ACK", "BYE");
    }

    @Test
    void rfc3262_reliableProvisionalsAreAcknowledgedEndToEnd() {
        rig.callee.onInvite =
                (l, invite) -> l.respond(183, "Require: 100rel\r\nRSeq: 77\r\n" + Phone.SDP, Phone.ANSWER);
        final Phone.Line line =
                rig.caller.invite(DESK, "sip:1@edge.example", "Supported: 100rel\r\n" + Phone.SDP, Phone.OFFER);
        rig.network.run(100);
        assertThat(rig.network.last(DESK, CALLEE, "INVITE").header("Supported")).isEqualTo("timer, 100rel");
        final Sent progress = rig.network.last(DESK, CALLER, "SIP/2.0 183");
        assertThat(progress.header("RSeq")).isEqualTo("77");
        assertThat(progress.header("Require")).isEqualTo("100rel");
        assertThat(progress.body()).isEqualTo(Phone.ANSWER);
        line.adopt(progress);
        line.request(SipMethod.PRACK, "RAck: 77 " + line.inviteCseq + " INVITE\r\n", "");
        rig.network.run(100);
        final Sent prack = rig.network.last(DESK, CALLEE, "PRACK");
        assertThat(prack.header("RAck")).isEqualTo("77 1 INVITE");
        assertThat(prack.header("CSeq")).isEqualTo("2 PRACK");
        assertThat(line.heard).containsExactly("183 INVITE", "200 PRACK");
        line.request(SipMethod.PRACK, "RAck: 77 " + (line.inviteCseq + 1) + " INVITE\r\n", "");
        line.request(SipMethod.PRACK, "RAck: seven\r\n", "");
        rig.network.run(100);
        assertThat(line.heard).endsWith("481 PRACK", "400 PRACK");
        rig.callee.line().answer("", "");
        rig.network.run(100);
        assertThat(line.heard).endsWith("200 INVITE");
        line.bye();
        rig.finish();
    }

    @Test
    void whatWasAskedInAnEarlyDialogIsAnsweredThoughItsTargetWasGivenUpMeanwhile() {
        final FailoverPolicy always = new FailoverPolicy(StatusSet.WAY_FAILED, true, 8_000, 60_000);
        rig.router = (call, invite) ->
                call.route(CallPlan.of(DeskRig.target(CALLEE).with(always), DeskRig.target(DeskRig.SECOND)));
        rig.callee.onInvite =
                (l, invite) -> l.respond(183, "Require: 100rel\r\nRSeq: 77\r\n" + Phone.SDP, Phone.ANSWER);
        rig.network.lose(CALLEE, DESK, "SIP/2.0 200", 2);
        final Phone.Line line =
                rig.caller.invite(DESK, "sip:1@edge.example", "Supported: 100rel\r\n" + Phone.SDP, Phone.OFFER);
        rig.network.run(100);
        line.adopt(rig.network.last(DESK, CALLER, "SIP/2.0 183"));
        line.request(SipMethod.PRACK, "RAck: 77 " + line.inviteCseq + " INVITE\r\n", "");
        line.request(SipMethod.UPDATE, Phone.SDP, Phone.OFFER);
        rig.network.run(100);
        rig.callee.line().respond(503, "", "");
        line.remoteTag = "";
        rig.network.run(2_000);
        assertThat(line.heard).contains("200 PRACK", "481 UPDATE", "200 INVITE");
        line.bye();
        rig.finish();
    }

    @Test
    void rfc3262_a100relThatTheCallerDoesNotDoIsNotOffered() {
        rig.call();
        rig.network.run(100);
        assertThat(rig.network.last(DESK, CALLEE, "INVITE").header("Supported")).isEqualTo("timer");
        rig.caller.line().bye();
        rig.finish();
    }

    @Test
    void rfc3311_anUpdateWithAnOfferPassesInTheEarlyDialog() {
        rig.callee.onInvite = (l, invite) -> l.respond(183, Phone.SDP, Phone.ANSWER);
        final Phone.Line line = rig.call();
        rig.network.run(100);
        line.adopt(rig.network.last(DESK, CALLER, "SIP/2.0 183"));
        line.request(SipMethod.UPDATE, Phone.SDP, "v=0\r\ns=new\r\n");
        rig.network.run(100);
        assertThat(rig.network.last(DESK, CALLEE, "UPDATE").body()).isEqualTo("v=0\r\ns=new\r\n");
        assertThat(line.heard).endsWith("200 UPDATE");
        line.clientInvite.cancel();
        rig.finish();
    }

    @Test
    void infoPassesBothWaysAndItsRefusalToo() {
        final Phone.Line line = rig.established();
        final Phone.Line other = rig.callee.line();
        line.request(SipMethod.INFO, "Content-Type: application/dtmf-relay\r\n", "Signal=5\r\n");
        rig.network.run(100);
        final Sent info = rig.network.last(DESK, CALLEE, "INFO");
        assertThat(info.body()).isEqualTo("Signal=5\r\n");
        assertThat(info.header("Content-Type")).isEqualTo("application/dtmf-relay");
        assertThat(line.heard).endsWith("200 INFO");
        rig.caller.otherStatus = 415;
        other.request(SipMethod.INFO, "Content-Type: x/y\r\n", "?");
        rig.network.run(100);
        assertThat(other.heard).endsWith("415 INFO");
        line.bye();
        rig.finish();
    }

    @Test
    void rfc3515_referIsDeclinedUnlessThePolicyPassesIt() {
        final Phone.Line line = rig.established();
        line.request(SipMethod.REFER, "Refer-To: <sip:x@y.example>\r\n", "");
        rig.network.run(100);
        assertThat(line.heard).endsWith("603 REFER");
        assertThat(rig.callee.line().heard).doesNotContain("REFER");
        line.bye();
        rig.finish();
        rig.ends.clear();
        rig.caller.lines.clear();
        rig.callee.lines.clear();
        rig.router = (call, invite) ->
                call.route(CallPlan.of(DeskRig.target(CALLEE).with(new LegPolicy(HeaderPolicy.DEFAULT, true, 0, 90))));
        rig.callee.otherStatus = 202;
        final Phone.Line second = rig.established();
        second.request(SipMethod.REFER, "Refer-To: <sip:x@y.example>\r\n", "");
        rig.network.run(100);
        assertThat(second.heard).endsWith("202 REFER");
        assertThat(rig.network.last(DESK, CALLEE, "REFER").header("Refer-To")).isEqualTo("<sip:x@y.example>");
        second.bye();
        rig.finish();
    }

    @Test
    void optionsInTheDialogIsAnsweredHere() {
        final Phone.Line line = rig.established();
        line.request(SipMethod.OPTIONS, "", "");
        rig.network.run(100);
        assertThat(line.heard).endsWith("200 OPTIONS");
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 200").header("Allow"))
                .contains("UPDATE");
        assertThat(rig.network.sent(DESK, CALLEE, "OPTIONS")).isEmpty();
        line.bye();
        rig.finish();
    }

    @Test
    void rfc3261Section12_2_1_2_aPeerThatKnowsNothingOfTheDialogEndsTheCall() {
        final Phone.Line line = rig.established();
        rig.callee.otherStatus = 481;
        line.request(SipMethod.INFO, "", "");
        assertThat(rig.finish().reason()).isEqualTo(EndReason.DIALOG_LOST);
        assertThat(line.heard).contains("481 INFO", "BYE");
    }

    @Test
    void rfc3261Section12_2_1_2_aPeerThatDoesNotAnswerEndsTheCall() {
        final Phone.Line line = rig.established();
        rig.network.lose(DESK, CALLEE, "INFO", Integer.MAX_VALUE);
        rig.network.lose(DESK, CALLEE, "BYE", Integer.MAX_VALUE);
        line.request(SipMethod.INFO, "", "");
        rig.network.run(40_000);
        assertThat(rig.ends.get(0).reason()).isEqualTo(EndReason.DIALOG_LOST);
        assertThat(rig.ends.get(0).durationMs()).isBetween(32_000L, 32_400L);
        rig.finish();
    }

    @Test
    void unansweredRequestsOfOneCallAreBounded() {
        final Phone.Line line = rig.established();
        rig.network.lose(DESK, CALLEE, "INFO", Integer.MAX_VALUE);
        for (int i = 0; i < 10; i++) {
            line.request(SipMethod.INFO, "", "");
        }
        rig.network.run(1_000);
        assertThat(line.heard.stream().filter("500 INFO"::equals).count())
                .isEqualTo(10 - CallLimits.DEFAULT.maxPending());
        line.bye();
        rig.finish();
        assertThat(line.heard.stream().filter("487 INFO"::equals).count()).isEqualTo(CallLimits.DEFAULT.maxPending());
    }
}
