package io.trunkline.client;

import io.trunkline.upstream.codec.InboundMessageDecoder;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import io.trunkline.upstream.codec.SubmitAcceptedDecoder;
import io.trunkline.upstream.codec.SubmitRefusedDecoder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a client tells, one line each. */
class RecordingListener implements ClientListener {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void onConnected(final Welcome welcome) {
        lines.add("connected after " + welcome.resumedAfter());
    }

    @Override
    public void onDisconnected(final Refusal refusal, final String text, final boolean reconnecting) {
        lines.add("disconnected " + (refusal == null ? "" : refusal.code() + " ")
                + (reconnecting ? "again" : "for good"));
    }

    @Override
    public void onAccepted(final SubmitAcceptedDecoder accepted) {
        lines.add("accepted " + accepted.referenceLo() + " as " + accepted.unitId());
    }

    @Override
    public void onRefused(final SubmitRefusedDecoder refused) {
        lines.add("refused " + refused.referenceLo() + " with " + refused.code());
    }

    @Override
    public void onAbandoned(final long referenceHi, final long referenceLo) {
        lines.add("abandoned " + referenceLo);
    }

    @Override
    public void onCredit(final int available) {
        lines.add("credit " + available);
    }

    @Override
    public void onStatus(final MessageStatusDecoder status) {
        lines.add("status " + status.sequence() + " " + status.state());
    }

    @Override
    public void onInbound(final InboundMessageDecoder inbound) {
        lines.add("inbound " + inbound.sequence() + " from " + inbound.from() + " to " + inbound.to());
    }
}
