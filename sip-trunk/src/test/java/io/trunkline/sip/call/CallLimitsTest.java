package io.trunkline.sip.call;

import static io.trunkline.sip.call.DeskRig.CALLEE;
import static io.trunkline.sip.call.DeskRig.CALLER;
import static io.trunkline.sip.call.DeskRig.DESK;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ServerTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is refused, for want of room, time or understanding. */
class CallLimitsTest {
    private static DeskRig rig(final CallLimits limits) {
        return new DeskRig(new CallNetwork(1, CallNetwork.Weather.FINE), limits, LegPolicy.DEFAULT, OtherRequests.NONE);
    }

    @Test
    void callsBeyondTheLimitAre503WithRetryAfter() {
        final DeskRig rig = rig(new CallLimits(2, 4, 8, 4_096, 1 << 20, 8_192, 7, 10_000, 0));
        rig.callee.onInvite = (line, invite) -> line.respond(180, "", "");
        rig.call();
        rig.call();
        final Phone.Line third = rig.call();
        rig.network.run(200);
        assertThat(third.heard).containsExactly("503 INVITE");
        assertThat(rig.layer.serverTransactions()).as("those that are up").isEqualTo(2);
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 503").header("Retry-After"))
                .isEqualTo("7");
        rig.caller.lines.get(0).clientInvite.cancel();
        rig.network.run(200);
        final Phone.Line fourth = rig.call();
        rig.network.run(200);
        assertThat(fourth.heard).containsExactly("180 INVITE");
        fourth.clientInvite.cancel();
        rig.caller.lines.get(1).clientInvite.cancel();
        rig.network.run(70_000);
        rig.assertEmpty();
        assertThat(rig.ends).hasSize(3);
    }

    @Test
    void whatTheRouterRejectsIsAnsweredOnceForEachCopyAndMayComeInLater() {
        final DeskRig rig = new DeskRig();
        rig.rejection = Rejection.busy(3);
        final Phone.Line line = rig.call();
        rig.network.run(40_000);
        assertThat(line.heard).containsExactly("503 INVITE");
        assertThat(rig.network.sent(DESK, CALLER, "")).hasSize(1);
        // Another branch than that of the phone's own transaction: nobody acknowledges what it is answered with.
        final byte[] invite = rig.network
                .last(CALLER, DESK, "INVITE")
                .text()
                .replace("z9hG4bK", "z9hG4bKx")
                .getBytes(StandardCharsets.US_ASCII);
        rig.network.deliver(CALLER, DESK, invite);
        rig.network.deliver(CALLER, DESK, invite);
        assertThat(rig.layer.serverTransactions()).isZero();
        assertThat(rig.desk.audit().isEmpty()).isTrue();
        rig.network.run(40_000);
        final List<CallNetwork.Sent> refusals = rig.network.sent(DESK, CALLER, "SIP/2.0 503");
        assertThat(refusals).hasSize(3);
        assertThat(refusals.get(2).text())
                .as("with the same tag")
                .isEqualTo(refusals.get(1).text());
        assertThat(refusals.get(2).header("Retry-After")).isEqualTo("3");
        assertThat(refusals.get(2).header("To")).contains(";tag=");
        assertThat(rig.ends).isEmpty();

        rig.rejection = null;
        rig.network.deliver(CALLER, DESK, invite);
        rig.rejection = Rejection.busy(3);
        rig.network.deliver(CALLER, DESK, invite);
        rig.network.run(200);
        assertThat(rig.network.sent(DESK, CALLER, "SIP/2.0 503")).hasSize(3);
        assertThat(rig.network.sent(DESK, CALLEE, "INVITE")).hasSize(1);
        rig.network.run(110_000);
        rig.assertEmpty();
        assertThat(rig.ends).hasSize(1);
    }

    @Test
    void whereTheStoreIsFullCallsAreRefusedAndNothingBreaks() {
        final DeskRig rig = rig(new CallLimits(100, 4, 8, 4_096, 2_048, 8_192, 5, 10_000, 0));
        for (int i = 0; i < 10; i++) {
            rig.call();
        }
        rig.network.run(2_000);
        assertThat(rig.desk.counters().refusedAtLimit()).isPositive();
        rig.caller.lines.forEach(line -> {
            if (line.established) {
                line.bye();
            }
        });
        rig.network.run(110_000);
        rig.assertEmpty();
        assertThat(rig.ends).hasSize((int) rig.desk.counters().offered());
    }

    @Test
    void anInviteThatIsTooLongIs513() {
        final DeskRig rig = rig(new CallLimits(100, 4, 8, 1_024, 1 << 20, 8_192, 5, 10_000, 0));
        final Phone.Line line =
                rig.caller.invite(DESK, "sip:1@edge.example", Phone.SDP, "v=0\r\n" + "a=x\r\n".repeat(300));
        rig.network.run(200);
        assertThat(line.heard).containsExactly("513 INVITE");
        assertThat(rig.layer.serverTransactions()).isZero();
        rig.network.run(40_000);
        rig.assertEmpty();
    }

    @Test
    void whileDrainingNewCallsAreRefusedAndRunningOnesGoOn() {
        final DeskRig rig = new DeskRig();
        final Phone.Line line = rig.established();
        rig.desk.drain(true);
        final Phone.Line refused = rig.call();
        rig.network.run(200);
        assertThat(refused.heard).containsExactly("503 INVITE");
        assertThat(rig.desk.counters().refusedDraining()).isEqualTo(1);
        line.request(SipMethod.INFO, "", "");
        rig.network.run(200);
        assertThat(line.heard).endsWith("200 INFO");
        assertThat(rig.desk.calls()).isEqualTo(1);
        line.bye();
        rig.finish();
        assertThat(rig.desk.calls()).isZero();
    }

    @Test
    void theLongestDurationIsExact() {
        final DeskRig rig = new DeskRig();
        rig.router =
                (call, invite) -> call.route(CallPlan.of(DeskRig.target(CALLEE)).within(60_000, 12_345));
        rig.established();
        final DeskRig.End end = rig.finish();
        assertThat(end.reason()).isEqualTo(EndReason.MAX_DURATION);
        assertThat(end.durationMs()).isEqualTo(12_345);
        assertThat(rig.network.last(DESK, CALLER, "BYE").header("Reason")).isEqualTo("Q.850;cause=16");
    }

    @Test
    void rfc3261Section8_2_2_3_extensionsThatAreNotOursAre420() {
        final DeskRig rig = new DeskRig();
        final Phone.Line line = rig.caller.invite(
                DESK, "sip:1@edge.example", "Require: TIMER ,precondition, x\r\n" + Phone.SDP, Phone.OFFER);
        rig.network.run(200);
        assertThat(line.heard).containsExactly("420 INVITE");
        assertThat(rig.layer.serverTransactions()).isZero();
        assertThat(rig.network.last(DESK, CALLER, "SIP/2.0 420").header("Unsupported"))
                .isEqualTo("precondition");
    }

    @Test
    void requestsOutsideOfDialogsAreTheOthersOrRefused() {
        final List<String> taken = new ArrayList<>();
        final DeskRig[] rig = new DeskRig[1];
        final OtherRequests others = new OtherRequests() {
            @Override
            public boolean onRequest(final ServerTransaction transaction, final SipMessage request) {
                if (request.method() != SipMethod.MESSAGE) {
                    return false;
                }
                taken.add(Phone.text(request, request.body()));
                rig[0].desk.bench.answer(transaction, request, 202, 1);
                return true;
            }
        };
        rig[0] = new DeskRig(
                new CallNetwork(1, CallNetwork.Weather.FINE), CallLimits.DEFAULT, LegPolicy.DEFAULT, others);
        final Phone.Line line = rig[0].caller.invite(9, "sip:1@edge.example", "", "");
        line.hop = new CallNetwork.Address(DESK);
        line.request(SipMethod.MESSAGE, "Content-Type: text/plain\r\n", "hello");
        line.request(SipMethod.OPTIONS, "", "");
        line.request(SipMethod.REGISTER, "", "");
        line.request(SipMethod.BYE, "", "");
        rig[0].network.run(200);
        assertThat(taken).containsExactly("hello");
        assertThat(line.heard).containsExactly("202 MESSAGE", "200 OPTIONS", "405 REGISTER", "481 BYE");
    }
}
