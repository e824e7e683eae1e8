package io.trunkline.client;

import io.trunkline.upstream.codec.CallEventDecoder;
import io.trunkline.upstream.codec.InboundMessageDecoder;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import io.trunkline.upstream.codec.SubmitAcceptedDecoder;
import io.trunkline.upstream.codec.SubmitRefusedDecoder;

/**
 * What happens on a {@link TrunklineClient}. All methods run on its event loop thread and must not block. Decoders are
 * flyweights over the receive buffer, valid only during the call; the variable-length fields of one are to be read in
 * their order.
 *
 * <p>Events (statuses, inbound messages) come at least once, in order. With automatic acknowledgement the return from
 * the method is the promise that the event is safe; a method that throws has not taken its event: the connection is
 * dropped and the event comes again after the reconnect.
 */
public interface ClientListener {
    /** Connected and authenticated; unanswered submits of an earlier connection are being sent again. */
    default void onConnected(final Welcome welcome) {}

    /**
     * The connection is gone.
     *
     * @param refusal what the gateway said before it closed, or null
     * @param text what happened, for people
     * @param reconnecting whether the client tries again
     */
    default void onDisconnected(final Refusal refusal, final String text, final boolean reconnecting) {}

    /** The answer to a submit of {@link TrunklineClient#trySubmit}. */
    default void onAccepted(final SubmitAcceptedDecoder accepted) {}

    /** The answer to a submit of {@link TrunklineClient#trySubmit}. */
    default void onRefused(final SubmitRefusedDecoder refused) {}

    /** The client was closed, or refused for good, before a submit of {@code trySubmit} was answered: in doubt. */
    default void onAbandoned(final long referenceHi, final long referenceLo) {}

    /** After {@code trySubmit} returned false: it may be tried again. */
    default void onCredit(final int available) {}

    default void onStatus(final MessageStatusDecoder status) {}

    default void onInbound(final InboundMessageDecoder inbound) {}

    default void onCall(final CallEventDecoder call) {}
}
