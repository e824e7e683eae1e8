package io.trunkline.sip.call;

import static io.trunkline.sip.call.DeskRig.CALLEE;
import static io.trunkline.sip.call.DeskRig.CALLER;
import static io.trunkline.sip.call.DeskRig.DESK;
import static io.trunkline.sip.call.DeskRig.SECOND;
import static io.trunkline.sip.call.DeskRig.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.call.CallNetwork.Sent;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From INVITE to answer or refusal. */
class CallSetupTest {
    private final DeskRig rig = new DeskRig();

    private void twoTargets(final FailoverPolicy failover) {
        rig.router = (call, invite) -> call.route(
                CallPlan.of(target(CALLEE).with(failover), target(SECOND).with(failover)));
    }

    @Test
    void aCallIsAnsweredAndEndsWhenTheCallerHangsUp() {
        rig.callee.onInvite = (line, invite) -> {
            line.respond(180, "", "");
            rig.network.after(2_000, () -> line.answer(Phone.SDP, Phone.ANSWER));
        };
        final Phone.Line line = rig.call();
        rig.network.run(3_000);
        rig.network.after(10_000, line::bye);
        final DeskRig.End end = rig.finish();
        assertThat(rig.heard)
                .containsExactly(
                        "attempt sip:+49303@carrier.example", "progress 180", "answered", "ended CALLER_HUNG_UP");
        assertThat(end.outcome()).isEqualTo(CallOutcome.COMPLETED);
        assertThat(end.status()).isEqualTo(200);
        assertThat(end.cause()).isEqualTo(16);
        final long answered =
                rig.network.sent(DESK, CALLER, "SIP/2.0 200").get(0).atMs();
        assertThat(end.answeredAtMs()).isEqualTo(answered);
        assertThat(end.durationMs())
                .isEqualTo(rig.network.sent(DESK, CALLEE, "BYE").get(0).atMs() - answered);
        assertThat(rig.callee.line().byesReceived).isEqualTo(1);
        assertThat(rig.callee.line().acked).isTrue();
        assertThat(rig.network.last(DESK, CALLEE, "BYE").header("Reason")).isEqualTo("Q.850;cause=16");
    }

    @Test
    void topologyIsHidden() {
        rig.caller.invite(
                DESK,
                "sip:+49301@edge.example",
                "Record-Route: <sip:inner-proxy.phones.example;lr>\r\nX-Internal: rack-7\r\nServer: Phone/1.0\r\n"
                        + "P-Asserted-Identity: <sip:alice@phones.example>\r\n" + Phone.SDP,
                Phone.OFFER);
        rig.network.run(300);
        final Sent in = rig.network.last(CALLER, DESK, "INVITE");
        final Sent out = rig.network.last(DESK, CALLEE, "INVITE");
        assertThat(out.text()).doesNotContain("phones.example", "192.0.2.1:2", "rack-7", "Phone/1.0");
        assertThat(out.header("Call-ID")).isNotEqualTo(in.header("Call-ID"));
        assertThat(out.header("From")).startsWith("\"alice\" <sip:alice@edge.example>;tag=");
        assertThat(out.header("To")).isEqualTo("<sip:+49303@carrier.example>");
        assertThat(out.header("Contact")).isEqualTo("<sip:192.0.2.1:1>");
        assertThat(out.header("Max-Forwards")).isEqualTo("69");
        assertThat(out.body()).isEqualTo(Phone.OFFER);
        final Sent answer = rig.network.last(DESK, CALLER, "SIP/2.0 200");
        assertThat(answer.text()).doesNotContain("192.0.2.1:3", rig.callee.line().localTag);
        assertThat(answer.header("Record-Route")).isEqualTo("<sip:inner-proxy.phones.example;lr>");
        assertThat(answer.body()).isEqualTo(Phone.ANSWER);
        // In the dialog the route that the caller's proxy asked for is followed (RFC 3261 §12.1.1).
        rig.callee.line().bye();
        rig.finish();
        final Sent bye = rig.network.last(DESK, CALLER, "BYE");
        assertThat(bye.header("Route")).isEqualTo("<sip:inner-proxy.phones.example;lr>");
        assertThat(bye.startLine()).isEqualTo("BYE sip:alice@192.0.2.1:2 SIP/2.0");
    }

    @Test
    void headersPassByParsedNameOnly() {
        final HeaderPolicy policy =
                new HeaderPolicy(EnumSet.of(HeaderName.SUBJECT, HeaderName.CONTENT_TYPE), List.of("X-Account"));
        rig.router =
                (call, invite) -> call.route(CallPlan.of(target(CALLEE).with(new LegPolicy(policy, false, 0, 90))));
        rig.caller.invite(
                DESK,
                "sip:1@edge.example",
                "s: hello\r\nx-ACCOUNT: 7\r\nX-Account-Other: 8\r\nPriority: urgent\r\nc: application/sdp\r\n",
                Phone.OFFER);
        rig.network.run(300);
        final String out = rig.network.last(DESK, CALLEE, "INVITE").text();
        assertThat(out).contains("s: hello\r\n", "x-ACCOUNT: 7\r\n", "c: application/sdp\r\n");
        assertThat(out).doesNotContain("Other", "urgent", "Session-Expires");
    }

    @Test
    void theNextTargetIsTriedAfterAStatusOfTheSet() {
        twoTargets(FailoverPolicy.DEFAULT);
        rig.callee.onInvite = (line, invite) -> line.respond(503, "", "");
        final Phone.Line line = rig.call();
        rig.network.run(500);
        line.bye();
        final DeskRig.End end = rig.finish();
        assertThat(rig.heard)
                .containsExactly(
                        "attempt sip:+49303@carrier.example",
                        "failed 503 41",
                        "attempt sip:+49304@carrier.example",
                        "answered",
                        "ended CALLER_HUNG_UP");
        assertThat(end.outcome()).isEqualTo(CallOutcome.COMPLETED);
        assertThat(line.heard).containsExactly("200 INVITE", "200 BYE");
    }

    @Test
    void aRefusalOutsideOfTheSetIsTheCallersWithItsCause() {
        twoTargets(FailoverPolicy.DEFAULT);
        rig.callee.onInvite =
                (line, invite) -> line.respond(404, "Reason: SIP;cause=1, Q.850;cause=3;text=\"a,b\"\r\n", "");
        final Phone.Line line = rig.call();
        final DeskRig.End end = rig.finish();
        assertThat(line.heard).containsExactly("404 INVITE");
        assertThat(end.cause()).isEqualTo(3);
        assertThat(end.outcome()).isEqualTo(CallOutcome.FAILED);
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 404").header("Reason"))
                .isEqualTo("SIP;cause=1, Q.850;cause=3;text=\"a,b\"");
        assertThat(rig.second.lines).isEmpty();
    }

    @Test
    void forHowLongATargetIsOutOfServiceIsNotForTheCaller() {
        for (final int status : new int[] {503, 480}) {
            rig.callee.onInvite = (line, invite) -> line.respond(status, "Retry-After: 600\r\n", "");
            rig.call();
            rig.network.run(70_000);
            assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 " + status).header("Retry-After"))
                    .isEqualTo(status == 503 ? null : "600");
        }
    }

    @Test
    void busyIsBusyAndGetsACauseFromTheTable() {
        rig.callee.onInvite = (line, invite) -> line.respond(486, "", "");
        rig.call();
        final DeskRig.End end = rig.finish();
        assertThat(end.outcome()).isEqualTo(CallOutcome.BUSY);
        assertThat(end.cause()).isEqualTo(ReleaseCause.BUSY);
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 486").header("Reason"))
                .isEqualTo("Q.850;cause=17");
    }

    @Test
    void noTargetIsTriedAfterAProvisionalUnlessThePolicySaysSo() {
        twoTargets(FailoverPolicy.DEFAULT);
        rig.callee.onInvite = (line, invite) -> {
            line.respond(180, "", "");
            rig.network.after(100, () -> line.respond(503, "", ""));
        };
        final Phone.Line line = rig.call();
        rig.finish();
        assertThat(line.heard).containsExactly("180 INVITE", "503 INVITE");
        assertThat(rig.second.lines).isEmpty();
        rig.ends.clear();
        twoTargets(new FailoverPolicy(StatusSet.WAY_FAILED, true, 8_000, 60_000));
        final Phone.Line again = rig.call();
        rig.network.run(500);
        again.bye();
        rig.finish();
        assertThat(again.heard).containsExactly("180 INVITE", "200 INVITE", "200 BYE");
    }

    @Test
    void aTargetThatSaysNothingIsGivenUpAndAnAnswerThatComesLaterIsEnded() {
        twoTargets(new FailoverPolicy(StatusSet.WAY_FAILED, false, 3_000, 60_000));
        rig.network.lose(CALLEE, DESK, "SIP/2.0 100", Integer.MAX_VALUE);
        rig.callee.onInvite = (line, invite) -> rig.network.after(4_000, () -> line.answer(Phone.SDP, Phone.ANSWER));
        final Phone.Line line = rig.call();
        rig.network.run(6_000);
        assertThat(rig.heard).contains("failed 408 102", "answered");
        assertThat(rig.second.line().established).isTrue();
        assertThat(rig.callee.line().acked).isTrue();
        assertThat(rig.callee.line().byesReceived).isEqualTo(1);
        assertThat(rig.desk.counters().orphanAnswers()).isEqualTo(1);
        line.bye();
        rig.finish();
    }

    @Test
    void nobodyThereIsATimeoutForTheCaller() {
        rig.router = (call, invite) -> call.route(CallPlan.of(target(9)));
        final Phone.Line line = rig.call();
        final DeskRig.End end = rig.finish();
        assertThat(line.heard).containsExactly("100 INVITE", "408 INVITE");
        assertThat(end.reason()).isEqualTo(EndReason.TARGET_REFUSED);
    }

    @Test
    void ringingEndsAtTheTargetsLimitAndTheTargetIsCancelled() {
        rig.router = (call, invite) -> call.route(
                CallPlan.of(target(CALLEE).with(new FailoverPolicy(StatusSet.WAY_FAILED, false, 8_000, 30_000))));
        rig.callee.onInvite = (line, invite) -> line.respond(180, "", "");
        final Phone.Line line = rig.call();
        final DeskRig.End end = rig.finish();
        assertThat(line.heard).containsExactly("180 INVITE", "480 INVITE");
        assertThat(end.outcome()).isEqualTo(CallOutcome.NO_ANSWER);
        assertThat(end.cause()).isEqualTo(ReleaseCause.NO_ANSWER);
        assertThat(rig.callee.line().heard).containsExactly("CANCEL");
        final long rang = rig.network.sent(DESK, CALLER, "SIP/2.0 180").get(0).atMs();
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 480").atMs()).isEqualTo(rang + 30_000);
    }

    @Test
    void setupEndsAtThePlansLimitHoweverManyTargetsThereAre() {
        rig.router = (call, invite) ->
                call.route(CallPlan.of(target(9), target(9), target(9)).within(10_000, 60_000));
        final long from = rig.network.time();
        rig.call();
        final DeskRig.End end = rig.finish();
        assertThat(end.reason()).isEqualTo(EndReason.RING_TIMEOUT);
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 480").atMs()).isEqualTo(from + 5 + 10_000);
    }

    @Test
    void theRouterMayAnswerLaterOrRefuseOrForget() {
        rig.router = (call, invite) -> rig.network.after(
                1_000,
                () -> assertThat(call.refuse(403, "Warning: 399 edge \"no\"\r\n"))
                        .isTrue());
        final Phone.Line line = rig.call();
        rig.finish();
        assertThat(line.heard).containsExactly("100 INVITE", "403 INVITE");
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 403").header("Warning"))
                .isEqualTo("399 edge \"no\"");
        rig.ends.clear();
        rig.router = (call, invite) -> {};
        final Phone.Line forgotten = rig.call();
        assertThat(rig.finish().reason()).isEqualTo(EndReason.OFFER_TIMEOUT);
        assertThat(forgotten.heard).containsExactly("100 INVITE", "503 INVITE");
    }

    @Test
    void theOwnerEndsCallsInEveryState() {
        rig.router = (call, invite) -> {};
        rig.call();
        rig.network.run(100);
        rig.last.end(41);
        assertThat(rig.finish().status()).isEqualTo(503);
        rig.ends.clear();
        rig.router = (call, invite) -> call.route(CallPlan.of(target(CALLEE)));
        rig.callee.onInvite = (line, invite) -> line.respond(180, "", "");
        rig.call();
        rig.network.run(100);
        rig.last.end(41);
        assertThat(rig.finish().outcome()).isEqualTo(CallOutcome.CANCELLED);
        assertThat(rig.callee.line().heard).containsExactly("CANCEL");
        rig.ends.clear();
        rig.callee.lines.clear();
        rig.callee.onInvite = (line, invite) -> line.answer(Phone.SDP, Phone.ANSWER);
        rig.established();
        rig.last.end(41);
        assertThat(rig.finish().reason()).isEqualTo(EndReason.OWNER_ENDED);
        assertThat(rig.network.last(DESK, CALLEE, "BYE").header("Reason")).isEqualTo("Q.850;cause=41");
        assertThat(rig.network.sent(DESK, CALLER, "BYE")).hasSize(1);
    }

    @Test
    void redirectionsAndChallengesOfATargetAreNotTheCallersBusiness() {
        rig.callee.onInvite = (line, invite) -> line.respond(302, "Contact: <sip:elsewhere@evil.example>\r\n", "");
        final Phone.Line line = rig.call();
        rig.finish();
        assertThat(line.heard).containsExactly("502 INVITE");
        rig.ends.clear();
        rig.callee.onInvite =
                (l, invite) -> l.respond(407, "Proxy-Authenticate: Digest realm=\"x\", nonce=\"y\"\r\n", "");
        rig.call();
        rig.finish();
        final String toCaller = rig.network.last(DESK, CALLER, "SIP/2.0 502").text();
        assertThat(toCaller).doesNotContain("Digest", "evil");
    }

    @Test
    void aChallengeIsAnsweredOnceInTheSameDialogToBe() {
        final Credentials credentials = new Credentials() {
            private boolean known;

            @Override
            public boolean challenged(final SipMessage response) {
                final boolean first = !known;
                known = true;
                return first;
            }

            @Override
            public void authorize(final SipMethod method, final String requestUri, final MessageWriter out) {
                if (known) {
                    out.header(HeaderName.AUTHORIZATION, "Digest " + method + " " + requestUri);
                }
            }
        };
        rig.router = (call, invite) -> call.route(CallPlan.of(target(CALLEE).with(credentials)));
        rig.callee.onInvite = (line, invite) -> {
            if (invite.first(HeaderName.AUTHORIZATION) < 0) {
                line.respond(401, "WWW-Authenticate: Digest realm=\"x\", nonce=\"y\"\r\n", "");
            } else {
                line.answer(Phone.SDP, Phone.ANSWER);
            }
        };
        final Phone.Line line = rig.call();
        rig.network.run(300);
        final List<Sent> invites = rig.network.sent(DESK, CALLEE, "INVITE");
        assertThat(invites).hasSize(2);
        assertThat(invites.get(1).header("Call-ID")).isEqualTo(invites.get(0).header("Call-ID"));
        assertThat(invites.get(1).header("From")).isEqualTo(invites.get(0).header("From"));
        assertThat(invites.get(1).header("CSeq")).isEqualTo("2 INVITE");
        line.bye();
        rig.finish();
        assertThat(rig.network.last(DESK, CALLEE, "BYE").header("Authorization"))
                .isEqualTo("Digest BYE sip:bob@192.0.2.1:3");
    }

    @Test
    void aTargetThatWantsLongerSessionsGetsThem() {
        rig.callee.onInvite = (line, invite) -> {
            if (Phone.header(invite, HeaderName.MIN_SE).equals("3600")) {
                line.answer(Phone.SDP, Phone.ANSWER);
            } else {
                line.respond(422, "Min-SE: 3600\r\n", "");
            }
        };
        final Phone.Line line = rig.call();
        rig.network.run(300);
        assertThat(rig.network.last(DESK, CALLEE, "INVITE").header("Session-Expires"))
                .isEqualTo("3600");
        line.bye();
        rig.finish();
    }
}
