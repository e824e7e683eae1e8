package io.trunkline.smpp.session;

import io.trunkline.smpp.codec.AlertNotificationDecoder;
import io.trunkline.smpp.codec.BindRespDecoder;
import io.trunkline.smpp.codec.QuerySmRespDecoder;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.SmRespDecoder;

/**
 * What an {@link EsmeBind} has to tell. All calls come on the bind's event loop. Decoders are views that are valid only
 * during the call. A listener may call the bind back, also to submit.
 *
 * <p>Every ticket given to a bind comes back exactly once, by {@link #onSubmitAnswered}, {@link #onQueryAnswered} or
 * {@link #onUnanswered}; after {@link #onUnanswered} with {@link CloseCause#RESPONSE_TIMEOUT} one {@link #onLateAnswer}
 * may follow.
 */
public interface EsmeListener {
    /** Returned by {@link #onDeliver}: the answer comes later by {@link EsmeBind#answerDeliver}. */
    int DEFER = Integer.MIN_VALUE;

    /** Bound: the MC took the bind. */
    void onBound(EsmeBind bind, BindRespDecoder answer);

    /**
     * A connection or an attempt to have one has ended; every ticket was given back before. Unless the bind is disabled
     * it tries again after {@link EsmeBind#retryAtNs()}.
     *
     * @param status the command_status of the refusal where the cause is {@link CloseCause#BIND_REFUSED}, else 0
     */
    void onUnbound(EsmeBind bind, CloseCause cause, int status);

    /**
     * The MC answered a submit_sm or data_sm.
     *
     * @param status command_status; 0: taken. That of a generic_nack too, which carries no message id
     * @param answer where the message id stands, empty in most refusals
     * @param congestionState 0..100, or -1 where the MC does not say
     */
    void onSubmitAnswered(EsmeBind bind, long ticket, int status, SmRespDecoder answer, int congestionState);

    /** No answer: whether the MC took the request is not known. */
    void onUnanswered(EsmeBind bind, long ticket, CloseCause cause);

    /** The answer to a request that was reported unanswered after its timeout. */
    void onLateAnswer(EsmeBind bind, long ticket, int status, SmRespDecoder answer);

    /**
     * A deliver_sm or data_sm of the MC: an MO message or a receipt.
     *
     * @param exchange names this request in {@link EsmeBind#answerDeliver}
     * @param dataSm it came as data_sm
     * @return the command_status to answer, or {@link #DEFER}. Who is not ready returns a status on which carriers try
     *     again: 0x58, 0x14, 0x08, never a final one
     */
    int onDeliver(EsmeBind bind, long exchange, SmDecoder sm, boolean dataSm);

    /**
     * The answer to {@link EsmeBind#query}: its message_state. Its refusal by a
     * generic_nack comes by {@link #onSubmitAnswered}.
     */
    default void onQueryAnswered(
            final EsmeBind bind, final long ticket, final int status, final QuerySmRespDecoder answer) {}

    /** A handset is reachable again (SMPP 3.4 §4.12.1). */
    default void onAlertNotification(final EsmeBind bind, final AlertNotificationDecoder alert) {}
}
