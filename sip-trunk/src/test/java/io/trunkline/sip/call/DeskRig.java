package io.trunkline.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.dialog.DialogHops;
import io.trunkline.sip.dialog.LocalEnd;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.TimerValues;
import io.trunkline.sip.transaction.TransactionLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** A desk at end 1 of a network, a caller at end 2 and two callees at ends 3 and 4; and what the desk's owner heard. */
final class DeskRig implements CallListener, DialogHops {
    static final int DESK = 1;
    static final int CALLER = 2;
    static final int CALLEE = 3;
    static final int SECOND = 4;

    /** How a call ended. */
    record End(
            long id,
            EndReason reason,
            int status,
            int cause,
            CallOutcome outcome,
            long answeredAtMs,
            long durationMs) {}

    final CallNetwork network;
    final CallDesk desk;
    final TransactionLayer layer;
    final Phone caller;
    final Phone callee;
    final Phone second;
    final List<String> heard = new ArrayList<>();
    final List<End> ends = new ArrayList<>();
    /** What the router does; without anything else the first callee is called. */
    BiConsumer<Call, SipMessage> router = (call, invite) -> call.route(CallPlan.of(target(CALLEE)));

    /** How INVITEs are rejected before they are offered; null: they are not. */
    Rejection rejection;

    /** What anchored targets are anchored at. */
    MediaAnchor media = MediaAnchor.NONE;

    private final MediaAnchor relay = new MediaAnchor() {
        @Override
        public void offer(final String call, final String from, final String sdp, final Consumer<String> then) {
            media.offer(call, from, sdp, then);
        }

        @Override
        public void answer(
                final String call, final String from, final String to, final String sdp, final Consumer<String> then) {
            media.answer(call, from, to, sdp, then);
        }

        @Override
        public void end(final String call) {
            media.end(call);
        }
    };

    Call last;
    private final LocalEnd end = new LocalEnd("UDP 192.0.2.1:1;rport", "sip:192.0.2.1:1", "edge.example");

    DeskRig() {
        this(new CallNetwork(1, CallNetwork.Weather.FINE), CallLimits.DEFAULT, LegPolicy.DEFAULT, OtherRequests.NONE);
    }

    DeskRig(final CallNetwork network, final CallLimits limits, final LegPolicy callers, final OtherRequests others) {
        this.network = network;
        desk = new CallDesk(new CallContext(
                limits,
                TimerValues.DEFAULT,
                callers,
                network,
                network.random::nextLong,
                this::send,
                this,
                new CallRouter() {
                    @Override
                    public Rejection rejects(final SipMessage invite) {
                        return rejection;
                    }

                    @Override
                    public void onOffer(final Call call, final SipMessage invite) {
                        last = call;
                        router.accept(call, invite);
                    }
                },
                this,
                others,
                relay));
        layer = network.layer(desk);
        desk.serve(layer);
        network.everyStep(() -> desk.poll(Integer.MAX_VALUE));
        caller = new Phone(network, "alice", CALLER);
        callee = new Phone(network, "bob", CALLEE);
        second = new Phone(network, "carol", SECOND);
    }

    private boolean send(final Hop hop, final DirectBuffer buffer, final int offset, final int length) {
        return network.send(DESK, hop, buffer, offset, length);
    }

    static Target target(final int callee) {
        return Target.of(new CallNetwork.Address(callee), "sip:+4930" + callee + "@carrier.example");
    }

    /** Alice calls with an offer. */
    Phone.Line call() {
        return caller.invite(DESK, "sip:+49301@edge.example", Phone.SDP, Phone.OFFER);
    }

    /** Alice calls, and Bob has answered, and both are content. */
    Phone.Line established() {
        final Phone.Line line = call();
        network.run(200);
        assertThat(line.established).as(network.toString()).isTrue();
        assertThat(callee.line().acked).as(network.toString()).isTrue();
        return line;
    }

    /** Lets everything end, and looks whether anything is left. */
    End finish() {
        network.run(70_000);
        assertEmpty();
        assertThat(ends).as(network.toString()).hasSize(1);
        return ends.get(0);
    }

    void assertEmpty() {
        assertThat(desk.audit().isEmpty())
                .as(() -> desk.audit() + " after\n" + network)
                .isTrue();
        final int left = layer.clientTransactions() + layer.serverTransactions() + layer.timersSet();
        assertThat(left + layer.messagesStored())
                .as(() -> "transactions left after\n" + network)
                .isZero();
    }

    @Override
    public void onAttempt(final Call call, final Target target) {
        heard.add("attempt " + target.requestUri());
    }

    @Override
    public void onProgress(final Call call, final int status) {
        heard.add("progress " + status);
    }

    @Override
    public void onAttemptFailed(final Call call, final Target target, final int status, final int cause) {
        heard.add("failed " + status + " " + cause);
    }

    @Override
    public void onAnswered(final Call call) {
        heard.add("answered");
    }

    @Override
    public void onEnded(final Call call) {
        heard.add("ended " + call.endReason());
        ends.add(new End(
                call.id(),
                call.endReason(),
                call.endStatus(),
                call.endCause(),
                call.outcome(),
                call.answeredAtMs(),
                call.durationMs()));
    }

    @Override
    public Hop next(final Hop established, final SipUri next) {
        return established;
    }

    @Override
    public LocalEnd localEnd(final Hop hop) {
        return end;
    }
}
