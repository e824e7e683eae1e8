package io.trunkline.sip.call;

import static io.trunkline.sip.call.DeskRig.CALLEE;
import static io.trunkline.sip.call.DeskRig.CALLER;
import static io.trunkline.sip.call.DeskRig.DESK;
import static io.trunkline.sip.call.DeskRig.SECOND;
import static io.trunkline.sip.call.DeskRig.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.call.CallNetwork.Sent;
import io.trunkline.sip.message.SipMethod;
import org.junit.jupiter.api.Test;

/** Calls that the owner places between two others (RFC 3725 §4.1). */
class PlacedCallTest {
    private final DeskRig rig = new DeskRig();

    private Call place(final Target... targets) {
        final Target plain = target(CALLER);
        final Target first = new Target(
                plain.hop(),
                plain.requestUri(),
                "<sip:platform@edge.example>",
                null,
                "",
                plain.leg(),
                plain.failover(),
                null,
                null);
        return rig.desk.place(new PlaceOrder(first, "\"Shop\" <sip:+4940@edge.example>", CallPlan.of(targets)));
    }

    private void offering() {
        rig.caller.onInvite = (line, invite) -> line.answer(Phone.SDP, Phone.OFFER);
    }

    @Test
    void flowI_theFirstPartysOfferGoesToTheSecondAndTheAnswerIntoItsAck() {
        offering();
        rig.callee.onInvite = (line, invite) -> rig.network.after(1_000, () -> line.answer(Phone.SDP, Phone.ANSWER));
        final long id = place(target(CALLEE)).id();
        rig.network.run(3_000);
        final Sent first = rig.network.last(DESK, CALLER, "INVITE");
        assertThat(first.body()).isEmpty();
        assertThat(first.header("From")).startsWith("<sip:platform@edge.example>;tag=");
        final Sent second = rig.network.last(DESK, CALLEE, "INVITE");
        assertThat(second.body()).isEqualTo(Phone.OFFER);
        assertThat(second.header("From")).startsWith("\"Shop\" <sip:+4940@edge.example>;tag=");
        assertThat(rig.network.last(DESK, CALLER, "ACK").body()).isEqualTo(Phone.ANSWER);
        assertThat(rig.caller.line().heard).containsExactly("ACK+");
        assertThat(rig.callee.line().heard).containsExactly("ACK");
        rig.caller.line().request(SipMethod.INFO, "", "");
        rig.network.run(100);
        assertThat(rig.callee.line().heard).endsWith("INFO");
        rig.callee.line().bye();
        final DeskRig.End end = rig.finish();
        assertThat(end.id()).isEqualTo(id);
        assertThat(end.reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
        assertThat(rig.caller.line().byesReceived).isEqualTo(1);
    }

    @Test
    void aLostAckWithTheAnswerIsSentAgain() {
        offering();
        rig.network.lose(DESK, CALLER, "ACK", 1);
        place(target(CALLEE));
        rig.network.run(3_000);
        assertThat(rig.caller.line().heard).containsExactly("ACK+");
        rig.caller.line().bye();
        assertThat(rig.finish().reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void whoDoesNotAnswerFirstIsNotConnected() {
        rig.caller.onInvite = (line, invite) -> line.respond(486, "", "");
        place(target(CALLEE));
        final DeskRig.End end = rig.finish();
        assertThat(end.outcome()).isEqualTo(CallOutcome.BUSY);
        assertThat(rig.callee.lines).isEmpty();
    }

    @Test
    void whereNoTargetAnswersTheFirstPartyIsAcknowledgedAndHungUp() {
        offering();
        rig.callee.onInvite = (line, invite) -> line.respond(503, "", "");
        rig.second.onInvite = (line, invite) -> line.respond(486, "", "");
        place(target(CALLEE), target(SECOND));
        final DeskRig.End end = rig.finish();
        assertThat(end.outcome()).isEqualTo(CallOutcome.BUSY);
        assertThat(rig.caller.line().heard).containsExactly("ACK", "BYE");
    }

    @Test
    void theFirstPartyMayHangUpWhileTheSecondRings() {
        offering();
        rig.callee.onInvite = (line, invite) -> line.respond(180, "", "");
        place(target(CALLEE));
        rig.network.run(1_000);
        rig.caller.line().bye();
        assertThat(rig.finish().reason()).isEqualTo(EndReason.CALLER_CANCELLED);
        assertThat(rig.callee.line().heard).containsExactly("CANCEL");
    }

    @Test
    void theOwnerMayEndItAtAnyTimeAndTheSecondMayNotRingForEver() {
        rig.caller.onInvite = (line, invite) -> line.respond(180, "", "");
        place(target(CALLEE)).end(16);
        rig.finish();
        rig.network.run(100);
        rig.ends.clear();
        offering();
        rig.callee.onInvite = (line, invite) -> line.respond(180, "", "");
        place(target(CALLEE));
        assertThat(rig.finish().reason()).isEqualTo(EndReason.RING_TIMEOUT);
    }

    @Test
    void noCallIsPlacedWhileDraining() {
        rig.desk.drain(true);
        assertThat(place(target(CALLEE))).isNull();
    }
}
