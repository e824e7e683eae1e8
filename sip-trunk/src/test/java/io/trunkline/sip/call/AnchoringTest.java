package io.trunkline.sip.call;

import static io.trunkline.sip.call.DeskRig.CALLEE;
import static io.trunkline.sip.call.DeskRig.CALLER;
import static io.trunkline.sip.call.DeskRig.DESK;
import static io.trunkline.sip.call.DeskRig.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.SipMethod;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls whose media goes through a relay that takes its time. */
class AnchoringTest {
    private final DeskRig rig = new DeskRig();
    private final ScriptedRelay relay = new ScriptedRelay(rig.network);

    @BeforeEach
    void anchor() {
        rig.media = relay;
        rig.router =
                (call, invite) -> call.route(CallPlan.of(DeskRig.target(CALLEE).anchor(), DeskRig.target(SECOND)));
    }

    private DeskRig.End finish() {
        final DeskRig.End end = rig.finish();
        assertThat(relay.open).as("calls that the relay still has").isEmpty();
        return end;
    }

    private static String marked(final String sdp) {
        return sdp + ScriptedRelay.MARK;
    }

    @Test
    void offerAndAnswerNameTheRelayAndTheCallIsTakenAwayThere() {
        final Phone.Line line = rig.established();
        assertThat(rig.network.last(DESK, CALLEE, "INVITE").body()).isEqualTo(marked(Phone.OFFER));
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 200").body()).isEqualTo(marked(Phone.ANSWER));
        assertThat(relay.asked).containsExactly("offer a", "answer a b");
        line.bye();
        finish();
        assertThat(relay.asked).endsWith("end");
    }

    @Test
    void aTargetThatIsNotAnchoredIsSpokenToAsBefore() {
        rig.router = (call, invite) -> call.route(CallPlan.of(DeskRig.target(CALLEE)));
        rig.established().bye();
        finish();
        assertThat(relay.asked).isEmpty();
    }

    @Test
    void reinvitesOfBothSidesGoThroughTheRelayAndItsAnswersBack() {
        final Phone.Line line = rig.established();
        rig.callee.onInvite = (l, invite) -> l.answer(Phone.SDP, "v=0\r\ns=hold\r\n");
        rig.caller.onInvite = (l, invite) -> l.answer(Phone.SDP, "v=0\r\ns=back\r\n");
        line.request(SipMethod.INVITE, Phone.SDP, "v=0\r\ns=please hold\r\n");
        rig.network.run(500);
        assertThat(rig.network.last(DESK, CALLEE, "INVITE").body()).isEqualTo(marked("v=0\r\ns=please hold\r\n"));
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 200").body()).isEqualTo(marked("v=0\r\ns=hold\r\n"));
        rig.callee.line().request(SipMethod.INVITE, Phone.SDP, "v=0\r\ns=and back\r\n");
        rig.network.run(500);
        assertThat(rig.network.last(DESK, CALLER, "INVITE").body()).isEqualTo(marked("v=0\r\ns=and back\r\n"));
        assertThat(rig.network.last(DESK, CALLEE, "SIP/2.0 200").body()).isEqualTo(marked("v=0\r\ns=back\r\n"));
        assertThat(relay.asked.subList(2, 6)).containsExactly("offer a", "answer a b", "offer b", "answer b a");
        line.bye();
        finish();
    }

    @Test
    void aLateOfferIsAnOfferOfTheTargetAndTheCallersAckAnswersIt() {
        rig.caller.ackBody = Phone.ANSWER;
        rig.callee.onInvite = (l, invite) -> l.answer(Phone.SDP, Phone.OFFER);
        final Phone.Line line = rig.caller.invite(DESK, "sip:1@edge.example", "", "");
        rig.network.run(2_000);
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 200").body()).isEqualTo(marked(Phone.OFFER));
        assertThat(rig.network.last(DESK, CALLEE, "ACK").body()).isEqualTo(marked(Phone.ANSWER));
        assertThat(relay.asked).containsExactly("offer b", "answer b a");
        line.bye();
        finish();
    }

    @Test
    void earlyMediaComesFromTheRelayAndTheAnswerAfterIt() {
        rig.callee.onInvite = (l, invite) -> {
            l.respond(183, Phone.SDP, Phone.ANSWER);
            rig.network.after(5, () -> l.answer(Phone.SDP, Phone.ANSWER));
        };
        final Phone.Line line = rig.call();
        rig.network.run(500);
        assertThat(line.heard).containsExactly("183 INVITE", "200 INVITE");
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 183").body()).isEqualTo(marked(Phone.ANSWER));
        line.bye();
        finish();
    }

    @Test
    void aCallThatIsCancelledWhileTheRelayHasItsOfferNeverReachesTheTarget() {
        relay.delayMs = () -> 1_000;
        final Phone.Line line = rig.call();
        rig.network.run(500);
        line.clientInvite.cancel();
        assertThat(finish().reason()).isEqualTo(EndReason.CALLER_CANCELLED);
        assertThat(rig.callee.lines).isEmpty();
    }

    @Test
    void aCallThatIsCancelledWhileTheRelayHasItsAnswerIsHungUpAtTheTarget() {
        relay.delayMs = () -> relay.asked.size() == 1 ? 10 : 3_000;
        final Phone.Line line = rig.call();
        rig.network.run(1_500);
        assertThat(rig.callee.line().answered).isTrue();
        line.clientInvite.cancel();
        assertThat(finish().reason()).isEqualTo(EndReason.CALLER_CANCELLED);
        assertThat(rig.callee.line().byesReceived).isEqualTo(1);
    }

    @Test
    void whereTheOfferCannotBeAnchoredTheNextTargetIsTried() {
        relay.refuses = () -> true;
        rig.call();
        rig.network.run(500);
        assertThat(rig.callee.lines).isEmpty();
        assertThat(rig.heard).contains("failed 503 41");
        assertThat(rig.network.last(DESK, SECOND, "INVITE").body()).isEqualTo(Phone.OFFER);
        rig.caller.line().bye();
        finish();
    }

    @Test
    void whereTheAnswerCannotBeAnchoredTheCallEndsOnBothSides() {
        relay.refuses = () -> relay.asked.size() > 1;
        final Phone.Line line = rig.call();
        assertThat(finish().reason()).isEqualTo(EndReason.LOCAL_FAILURE);
        assertThat(line.heard).endsWith("503 INVITE");
        assertThat(rig.callee.line().byesReceived).isEqualTo(1);
        assertThat(rig.callee.line().acked).isTrue();
    }

    @Test
    void aReinviteThatCannotBeAnchoredIsRefusedAndTheCallGoesOn() {
        final Phone.Line line = rig.established();
        relay.refuses = () -> true;
        line.request(SipMethod.INVITE, Phone.SDP, Phone.OFFER);
        rig.network.run(500);
        assertThat(line.heard).endsWith("503 INVITE");
        assertThat(rig.ends).isEmpty();
        line.bye();
        finish();
    }

    @Test
    void aPlacedCallIsAnchoredTowardsItsTarget() {
        rig.caller.onInvite = (l, invite) -> l.answer(Phone.SDP, Phone.OFFER);
        rig.desk.place(new PlaceOrder(
                new Target(
                        new CallNetwork.Address(CALLER),
                        "sip:alice@phones.example",
                        "<sip:platform@edge.example>",
                        null,
                        "",
                        LegPolicy.DEFAULT,
                        FailoverPolicy.DEFAULT,
                        null,
                        null),
                "<sip:shop@edge.example>",
                CallPlan.of(DeskRig.target(CALLEE).anchor())));
        rig.network.run(1_000);
        assertThat(rig.network.last(DESK, CALLEE, "INVITE").body()).isEqualTo(marked(Phone.OFFER));
        assertThat(rig.network.last(DESK, CALLER, "ACK").body()).isEqualTo(marked(Phone.ANSWER));
        rig.callee.line().bye();
        finish();
    }
}
