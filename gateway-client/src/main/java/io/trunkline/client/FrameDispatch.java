package io.trunkline.client;

import io.trunkline.upstream.codec.CallAcceptedDecoder;
import io.trunkline.upstream.codec.CallEventDecoder;
import io.trunkline.upstream.codec.CancelResultDecoder;
import io.trunkline.upstream.codec.CreditDecoder;
import io.trunkline.upstream.codec.GoodbyeDecoder;
import io.trunkline.upstream.codec.InboundMessageDecoder;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import io.trunkline.upstream.codec.PingDecoder;
import io.trunkline.upstream.codec.PongDecoder;
import io.trunkline.upstream.codec.RejectDecoder;
import io.trunkline.upstream.codec.ReplayEndedDecoder;
import io.trunkline.upstream.codec.ReplayProgressDecoder;
import io.trunkline.upstream.codec.SubmitAcceptedDecoder;
import io.trunkline.upstream.codec.SubmitRefusedDecoder;
import io.trunkline.upstream.codec.WelcomeDecoder;
import java.util.concurrent.CompletableFuture;
import org.agrona.DirectBuffer;

/** Says to the session what a frame of the gateway means. */
final class FrameDispatch {
    /** Attached to an answer that belongs to no submit. */
    static final Object UNEXPECTED = new Object();

    private static final int MALFORMED = 1001;

    private final ClientSession session;
    private final ClientListener listener;
    private final ReplayUnderWay replays;
    private final SubmitAcceptedDecoder accepted = new SubmitAcceptedDecoder();
    private final SubmitRefusedDecoder refused = new SubmitRefusedDecoder();
    private final MessageStatusDecoder status = new MessageStatusDecoder();
    private final InboundMessageDecoder inbound = new InboundMessageDecoder();
    private final CallAcceptedDecoder placed = new CallAcceptedDecoder();
    private final CallEventDecoder call = new CallEventDecoder();
    private final CancelResultDecoder cancelled = new CancelResultDecoder();
    private final ReplayProgressDecoder progress = new ReplayProgressDecoder();
    private final ReplayEndedDecoder ended = new ReplayEndedDecoder();
    private final CreditDecoder credit = new CreditDecoder();
    private final PingDecoder ping = new PingDecoder();

    FrameDispatch(final ClientSession session, final ClientListener listener, final ReplayUnderWay replays) {
        this.session = session;
        this.replays = replays;
        this.listener = listener;
    }

    void onFrame(
            final Connection from,
            final boolean ready,
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int version) {
        if (ready) {
            onReadyFrame(from, templateId, buffer, offset, length, version);
            return;
        }
        switch (templateId) {
            case WelcomeDecoder.TEMPLATE_ID -> {
                session.gatewayVersion(version);
                onWelcome(from, new WelcomeDecoder().wrap(buffer, offset, length, version));
            }
            case RejectDecoder.TEMPLATE_ID -> {
                final RejectDecoder reject = new RejectDecoder().wrap(buffer, offset, length, version);
                farewell(from, reject.code(), reject.flags().retryable(), reject.retryAfterMs(), reject.text());
            }
            case GoodbyeDecoder.TEMPLATE_ID -> onGoodbye(from, buffer, offset, length, version);
            default -> unexpected(from, templateId);
        }
    }

    private void onReadyFrame(
            final Connection from,
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int version) {
        switch (templateId) {
            case SubmitAcceptedDecoder.TEMPLATE_ID -> onAccepted(from, accepted.wrap(buffer, offset, length, version));
            case CallAcceptedDecoder.TEMPLATE_ID -> onPlaced(from, placed.wrap(buffer, offset, length, version));
            case SubmitRefusedDecoder.TEMPLATE_ID -> onRefused(refused.wrap(buffer, offset, length, version));
            case MessageStatusDecoder.TEMPLATE_ID -> {
                status.wrap(buffer, offset, length, version);
                if (status.flags().replay()) {
                    replays.onStatus(status);
                    return;
                }
                final long sequence = status.sequence();
                session.onEventReceived(sequence);
                listener.onStatus(status);
                session.onEventTaken(sequence);
            }
            case InboundMessageDecoder.TEMPLATE_ID -> {
                inbound.wrap(buffer, offset, length, version);
                if (inbound.flags().replay()) {
                    replays.onInbound(inbound);
                    return;
                }
                final long sequence = inbound.sequence();
                session.onEventReceived(sequence);
                listener.onInbound(inbound);
                session.onEventTaken(sequence);
            }
            case CallEventDecoder.TEMPLATE_ID -> {
                call.wrap(buffer, offset, length, version);
                // A field of the second version; one that is not there reads as no flags.
                if (call.flags() != null && call.flags().replay()) {
                    replays.onCall(call);
                    return;
                }
                final long sequence = call.sequence();
                session.onEventReceived(sequence);
                listener.onCall(call);
                session.onEventTaken(sequence);
            }
            case ReplayProgressDecoder.TEMPLATE_ID ->
                replays.onProgress(progress.wrap(buffer, offset, length, version));
            case ReplayEndedDecoder.TEMPLATE_ID -> replays.onEnded(ended.wrap(buffer, offset, length, version));
            case CreditDecoder.TEMPLATE_ID ->
                session.submits()
                        .onCredit(credit.wrap(buffer, offset, length, version).credit());
            case PingDecoder.TEMPLATE_ID ->
                from.pong(ping.wrap(buffer, offset, length, version).nonce());
            case PongDecoder.TEMPLATE_ID -> {
                // That it came is all that it says.
            }
            case CancelResultDecoder.TEMPLATE_ID -> {
                cancelled.wrap(buffer, offset, length, version);
                session.onCancelled(cancelled.unitId(), cancelled.outcome());
            }
            case GoodbyeDecoder.TEMPLATE_ID -> onGoodbye(from, buffer, offset, length, version);
            default -> unexpected(from, templateId);
        }
    }

    private void onWelcome(final Connection from, final WelcomeDecoder frame) {
        final long maxFrameLength = frame.maxFrameLength();
        if (maxFrameLength < FrameValidator.OVERHEAD || maxFrameLength > FrameValidator.MAX_LENGTH) {
            from.drop("the gateway names a frame limit of " + maxFrameLength);
            return;
        }
        session.onWelcome(new Welcome(
                frame.protocolVersion(),
                frame.durability(),
                frame.credit(),
                (int) maxFrameLength,
                frame.idleTimeoutMs(),
                frame.eventWindow(),
                frame.resumedAfter(),
                frame.lastEventSequence(),
                frame.serverTimeMs(),
                frame.server()));
    }

    private void onPlaced(final Connection from, final CallAcceptedDecoder frame) {
        final Object attachment = session.submits().takeAnswered(frame.referenceHi(), frame.referenceLo());
        if (attachment instanceof CallFuture future) {
            future.complete(new CallResult.Accepted(
                    new ClientReference(frame.referenceHi(), frame.referenceLo()),
                    frame.unitId(),
                    frame.state(),
                    frame.duplicate() == 1,
                    frame.durability()));
        } else if (attachment != UNEXPECTED) {
            unexpected(from, CallAcceptedDecoder.TEMPLATE_ID);
        }
    }

    private void onAccepted(final Connection from, final SubmitAcceptedDecoder frame) {
        final Object attachment = session.submits().takeAnswered(frame.referenceHi(), frame.referenceLo());
        if (attachment == null) {
            listener.onAccepted(frame);
        } else if (attachment instanceof CallFuture) {
            unexpected(from, SubmitAcceptedDecoder.TEMPLATE_ID);
        } else if (attachment != UNEXPECTED) {
            complete(
                    attachment,
                    new SubmitResult.Accepted(
                            new ClientReference(frame.referenceHi(), frame.referenceLo()),
                            frame.unitId(),
                            frame.encoding(),
                            frame.segments(),
                            frame.state(),
                            frame.duplicate() == 1,
                            frame.durability()));
        }
    }

    private void onRefused(final SubmitRefusedDecoder frame) {
        final Object attachment = session.submits().takeAnswered(frame.referenceHi(), frame.referenceLo());
        if (attachment == null) {
            listener.onRefused(frame);
        } else if (attachment != UNEXPECTED) {
            final ClientReference reference = new ClientReference(frame.referenceHi(), frame.referenceLo());
            final Refusal refusal =
                    new Refusal(frame.code(), frame.flags().retryable(), frame.retryAfterMs(), frame.text());
            if (attachment instanceof CallFuture future) {
                future.complete(new CallResult.Refused(reference, refusal));
            } else {
                complete(attachment, new SubmitResult.Refused(reference, refusal));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static void complete(final Object attachment, final SubmitResult result) {
        ((CompletableFuture<SubmitResult>) attachment).complete(result);
    }

    private void onGoodbye(
            final Connection from, final DirectBuffer buffer, final int offset, final int length, final int version) {
        final GoodbyeDecoder goodbye = new GoodbyeDecoder().wrap(buffer, offset, length, version);
        farewell(from, goodbye.code(), goodbye.flags().retryable(), goodbye.retryAfterMs(), goodbye.text());
    }

    private void farewell(
            final Connection from,
            final int code,
            final boolean retryable,
            final long retryAfterMs,
            final String text) {
        session.onFarewell(new Refusal(code, retryable, retryAfterMs, text));
        from.drop("the gateway closed: " + code + " " + text);
    }

    private static void unexpected(final Connection from, final int templateId) {
        from.goodbye(MALFORMED, "unexpected message");
        from.drop("the gateway sent message " + templateId + " out of turn");
    }
}
