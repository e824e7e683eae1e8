package io.trunkline.smpp.session;

import io.trunkline.smpp.codec.BindDecoder;
import io.trunkline.smpp.codec.CancelDecoder;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.QueryDecoder;
import io.trunkline.smpp.codec.ReplaceSmDecoder;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.SmRespDecoder;
import io.trunkline.smpp.codec.SubmitMultiDecoder;
import java.net.SocketAddress;

/**
 * What the sessions of an {@link McServer} have to tell and to ask. All calls about a session come on its event loop.
 * Decoders are views that are valid only during the call. A listener may call the session back.
 *
 * <p>Every request handed to a listener wants exactly one answer, at once or later. Every ticket given to
 * {@link McSession#deliver} comes back exactly once, by {@link #onDeliverAnswered} or {@link #onUnanswered}.
 */
public interface McListener {
    /** Returned by {@link #onBindRequest}: the answer comes later by {@link McSession#answerBind}. */
    int DEFER = Integer.MIN_VALUE;

    /** Someone connected: false closes the connection without a word (address not allowed, locked out). */
    default boolean onConnect(final SocketAddress remote) {
        return true;
    }

    /**
     * Someone asks to bind. Credentials are the listener's to judge; to answer a wrong id and a wrong password alike, in
     * text and in time, is too.
     *
     * @return {@link CommandStatus#ESME_ROK}, the command_status to refuse with (the connection is then closed, by us a
     *     second later), or
     *     {@link #DEFER}
     */
    int onBindRequest(McSession session, BindDecoder bind);

    /** The bind was answered with ESME_ROK: deliveries may begin. */
    default void onBound(final McSession session) {}

    /** A session has ended; of one that was never bound too. Its tickets were given back before. */
    void onClosed(McSession session, CloseCause cause);

    /** A submit_sm; answered by {@link McSession#answerSubmit}. */
    void onSubmit(McSession session, int sequence, SmDecoder sm);

    /** A data_sm; answered by {@link McSession#answerDataSm}. Refused here. */
    default void onDataSm(final McSession session, final int sequence, final SmDecoder sm) {
        session.answerDataSm(sequence, CommandStatus.ESME_RINVCMDID, null, 0, 0);
    }

    /** A submit_multi; answered by {@link McSession#answerSubmitMulti}, refused by {@link McSession#answer}. Refused here. */
    default void onSubmitMulti(final McSession session, final int sequence, final SubmitMultiDecoder request) {
        session.answer(CommandId.SUBMIT_MULTI_RESP, CommandStatus.ESME_RSUBMITFAIL, sequence);
    }

    /** A query_sm; answered by {@link McSession#answerQuery}, refused by {@link McSession#answer}. Refused here. */
    default void onQuery(final McSession session, final int sequence, final QueryDecoder request) {
        session.answer(CommandId.QUERY_SM_RESP, CommandStatus.ESME_RQUERYFAIL, sequence);
    }

    /** A cancel_sm; answered by {@link McSession#answer}. Refused here. */
    default void onCancel(final McSession session, final int sequence, final CancelDecoder request) {
        session.answer(CommandId.CANCEL_SM_RESP, CommandStatus.ESME_RCANCELFAIL, sequence);
    }

    /** A replace_sm; answered by {@link McSession#answer}. Refused here. */
    default void onReplace(final McSession session, final int sequence, final ReplaceSmDecoder request) {
        session.answer(CommandId.REPLACE_SM_RESP, CommandStatus.ESME_RREPLACEFAIL, sequence);
    }

    /** The ESME answered a deliver_sm or data_sm. */
    default void onDeliverAnswered(
            final McSession session, final long ticket, final int status, final SmRespDecoder answer) {}

    /** No answer to a deliver_sm or data_sm: whether the ESME took it is not known. */
    default void onUnanswered(final McSession session, final long ticket, final CloseCause cause) {}

    /** The answer to a request that was reported unanswered after its timeout. */
    default void onLateAnswer(
            final McSession session, final long ticket, final int status, final SmRespDecoder answer) {}
}
