package io.trunkline.sip.call;

import static io.trunkline.sip.call.DeskRig.CALLEE;
import static io.trunkline.sip.call.DeskRig.CALLER;
import static io.trunkline.sip.call.DeskRig.DESK;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.call.CallNetwork.Sent;
import io.trunkline.sip.message.SipMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Session timers (RFC 4028), each leg with its own. */
class SessionTimerTest {
    private final DeskRig rig = new DeskRig();

    private Phone.Line call(final String headers) {
        final Phone.Line line = rig.caller.invite(DESK, "sip:1@edge.example", headers + Phone.SDP, Phone.OFFER);
        rig.network.run(200);
        return line;
    }

    @Test
    void section9_tooShortAnIntervalIs422WithMinSe() {
        final Phone.Line line = call("Supported: timer\r\nx: 60;refresher=uac\r\n");
        assertThat(line.heard).containsExactly("422 INVITE");
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 422").header("Min-SE"))
                .isEqualTo("90");
        assertThat(rig.desk.counters().offered()).isZero();
    }

    @Test
    void section9_theCallerRefreshesIfItCan() {
        final Phone.Line line = call("Supported: timer\r\nSession-Expires: 300\r\n");
        final Sent answer = rig.network.last(DESK, CALLER, "SIP/2.0 200");
        assertThat(answer.header("Session-Expires")).isEqualTo("300;refresher=uac");
        assertThat(answer.header("Require")).isEqualTo("timer");
        line.bye();
        rig.finish();
    }

    @Test
    void section9_aCallerThatKnowsNoTimersGetsNoneOfItsOwn() {
        final Phone.Line line = call("");
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 200").header("Session-Expires"))
                .isNull();
        // A proxy on the way may have asked: then the refreshes are ours.
        line.bye();
        rig.finish();
        rig.ends.clear();
        call("Session-Expires: 300\r\n");
        final Sent answer = rig.network.last(DESK, CALLER, "SIP/2.0 200");
        assertThat(answer.header("Session-Expires")).isEqualTo("300;refresher=uas");
        assertThat(answer.header("Require")).isNull();
        rig.last.end(16);
        rig.finish();
    }

    @Test
    void section10_withoutARefreshBothAreHungUpBeforeTheIntervalEnds() {
        call("Supported: timer\r\nSession-Expires: 120\r\n");
        rig.network.run(120_000);
        assertThat(rig.ends).hasSize(1);
        assertThat(rig.ends.get(0).reason()).isEqualTo(EndReason.SESSION_EXPIRED);
        assertThat(rig.ends.get(0).durationMs()).isEqualTo(88_000);
        assertThat(rig.network.sent(DESK, CALLER, "BYE")).hasSize(1);
        assertThat(rig.callee.line().byesReceived).isEqualTo(1);
        rig.finish();
    }

    @Test
    void section10_aRefreshByUpdateIsAnsweredHereAndKeepsTheCall() {
        final Phone.Line line = call("Supported: timer\r\nSession-Expires: 120\r\n");
        for (int i = 0; i < 5; i++) {
            rig.network.run(60_000);
            line.request(SipMethod.UPDATE, "Supported: timer\r\nSession-Expires: 120;refresher=uac\r\n", "");
        }
        rig.network.run(1_000);
        assertThat(rig.ends).isEmpty();
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 200").header("Session-Expires"))
                .isEqualTo("120;refresher=uac");
        assertThat(rig.network.sent(DESK, CALLEE, "UPDATE")).isEmpty();
        line.bye();
        rig.finish();
    }

    @Test
    void section7_4_whereItIsOursWeRefreshAtHalfTheIntervalByUpdate() {
        rig.callee.onInvite = (l, invite) ->
                l.answer("Session-Expires: 200;refresher=uac\r\nAllow: INVITE, UPDATE\r\n" + Phone.SDP, Phone.ANSWER);
        rig.callee.otherHeaders = "Session-Expires: 200;refresher=uac\r\n";
        final Phone.Line line = call("");
        rig.network.run(310_000);
        final List<Sent> updates = rig.network.sent(DESK, CALLEE, "UPDATE");
        assertThat(updates).hasSize(3);
        assertThat(updates.get(0).header("Session-Expires")).isEqualTo("200;refresher=uac");
        assertThat(updates.get(0).body()).isEmpty();
        final long answered =
                rig.network.sent(DESK, CALLER, "SIP/2.0 200").get(0).atMs();
        assertThat(updates.get(0).atMs()).isEqualTo(answered + 100_000);
        line.bye();
        rig.finish();
    }

    @Test
    void section7_4_aPeerThatDoesNotTakeUpdateIsRefreshedByReinviteWithTheSameDescription() {
        rig.callee.onInvite =
                (l, invite) -> l.answer("Session-Expires: 200;refresher=uac\r\n" + Phone.SDP, Phone.ANSWER);
        final Phone.Line line = call("");
        rig.network.run(110_000);
        final Sent refresh = rig.network.last(DESK, CALLEE, "INVITE");
        assertThat(refresh.header("CSeq")).isEqualTo("2 INVITE");
        assertThat(refresh.body()).isEqualTo(Phone.OFFER);
        assertThat(rig.network.last(DESK, CALLEE, "ACK").header("CSeq")).isEqualTo("2 ACK");
        assertThat(rig.network.sent(DESK, CALLER, "INVITE")).isEmpty();
        line.bye();
        rig.finish();
    }

    @Test
    void rfc3261Section14_1_aRefreshThatMeetsAnOfferBacksOffLongerAsTheCallIdIsOurs() {
        rig.callee.onInvite = (l, invite) -> {
            if (l.established && l.heard.stream().filter("INVITE"::equals).count() == 1) {
                l.respond(491, "", "");
            } else {
                l.answer("Session-Expires: 200;refresher=uac\r\n" + Phone.SDP, Phone.ANSWER);
            }
        };
        final Phone.Line line = call("");
        rig.network.run(110_000);
        final List<Sent> refreshes = rig.network.sent(DESK, CALLEE, "INVITE");
        assertThat(refreshes).hasSize(3);
        assertThat(refreshes.get(2).atMs() - refreshes.get(1).atMs()).isBetween(2_100L, 4_020L);
        line.bye();
        rig.finish();
    }

    @Test
    void aRefreshThatIsUnknownThereEndsTheCall() {
        rig.callee.onInvite = (l, invite) ->
                l.answer("Session-Expires: 200;refresher=uac\r\nAllow: INVITE, UPDATE\r\n" + Phone.SDP, Phone.ANSWER);
        rig.callee.otherStatus = 481;
        call("");
        rig.network.run(110_000);
        assertThat(rig.ends.get(0).reason()).isEqualTo(EndReason.DIALOG_LOST);
        assertThat(rig.ends.get(0).durationMs()).isEqualTo(100_010);
        rig.finish();
    }

    @Test
    void aPeerThatVanishesEndsTheCallByItsSessionTimer() {
        rig.callee.onInvite = (l, invite) ->
                l.answer("Session-Expires: 90;refresher=uas\r\nRequire: timer\r\n" + Phone.SDP, Phone.ANSWER);
        call("");
        rig.network.run(90_000);
        assertThat(rig.ends.get(0).reason()).isEqualTo(EndReason.SESSION_EXPIRED);
        assertThat(rig.ends.get(0).durationMs()).isEqualTo(60_000);
        rig.finish();
    }
}
