package io.trunkline.smpp.session;

import io.netty.buffer.ByteBuf;
import io.trunkline.smpp.codec.AncillaryEncoder;
import io.trunkline.smpp.codec.CancelDecoder;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.CongestionState;
import io.trunkline.smpp.codec.PduDecoder;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.QueryDecoder;
import io.trunkline.smpp.codec.RefusedDestination;
import io.trunkline.smpp.codec.ReplaceSmDecoder;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.SubmitMultiDecoder;
import java.util.List;
import org.agrona.DirectBuffer;

/** What an ESME asks of an {@link McSession} and how it is answered: submits and what belongs to them, in a window. */
final class McRequests {
    private final McSession session;
    private final McListener listener;
    private final PduConnection connection;
    private final SessionCounters counters;
    private final int windowSize;
    private final SmDecoder sm = new SmDecoder();
    private final SubmitMultiDecoder multi = new SubmitMultiDecoder();
    private final QueryDecoder query = new QueryDecoder();
    private final CancelDecoder cancel = new CancelDecoder();
    private final ReplaceSmDecoder replace = new ReplaceSmDecoder();
    private int unanswered;

    McRequests(
            final McSession session,
            final McListener listener,
            final PduConnection connection,
            final McSettings settings) {
        this.session = session;
        this.listener = listener;
        this.connection = connection;
        this.counters = session.counters();
        windowSize = settings.window();
    }

    int unanswered() {
        return unanswered;
    }

    /** A request that only a session that submits may make. */
    void onRequest(
            final int commandId,
            final int sequence,
            final ByteBuf buffer,
            final int offset,
            final int length,
            final boolean maySubmit) {
        counters.requestsReceived++;
        if (!maySubmit) {
            counters.wrongState++;
            connection.refuse(commandId, CommandStatus.ESME_RINVBNDSTS, sequence);
            return;
        }
        if (unanswered >= windowSize) {
            counters.requestsOverWindow++;
            connection.refuse(commandId, CommandStatus.ESME_RTHROTTLED, sequence);
            return;
        }
        final PduDecoder request = decoderOf(commandId);
        final int verdict = request.wrap(buffer, offset, length);
        if (verdict != CommandStatus.ESME_ROK) {
            counters.malformedPdus++;
            connection.refuse(commandId, verdict, sequence);
            return;
        }
        unanswered++;
        switch (commandId) {
            case CommandId.SUBMIT_SM -> listener.onSubmit(session, sequence, sm);
            case CommandId.DATA_SM -> listener.onDataSm(session, sequence, sm);
            case CommandId.SUBMIT_MULTI -> listener.onSubmitMulti(session, sequence, multi);
            case CommandId.QUERY_SM -> listener.onQuery(session, sequence, query);
            case CommandId.CANCEL_SM -> listener.onCancel(session, sequence, cancel);
            default -> listener.onReplace(session, sequence, replace);
        }
    }

    private PduDecoder decoderOf(final int commandId) {
        return switch (commandId) {
            case CommandId.SUBMIT_MULTI -> multi;
            case CommandId.QUERY_SM -> query;
            case CommandId.CANCEL_SM -> cancel;
            case CommandId.REPLACE_SM -> replace;
            default -> sm;
        };
    }

    /** Cell broadcast is not for us; each request has its own status that says so (SMPP 5.0 §4.4). */
    void refuseBroadcast(final int commandId, final int sequence, final boolean bound) {
        counters.requestsReceived++;
        final int status = switch (commandId) {
            case CommandId.BROADCAST_SM -> CommandStatus.ESME_RBCASTFAIL;
            case CommandId.QUERY_BROADCAST_SM -> CommandStatus.ESME_RBCASTQUERYFAIL;
            default -> CommandStatus.ESME_RBCASTCANCELFAIL;
        };
        connection.refuse(commandId, bound ? status : CommandStatus.ESME_RINVBNDSTS, sequence);
    }

    /** The request that is being handed over is not taken now. */
    void holdBack(final long delayNs) {
        unanswered--;
        counters.requestsReceived--;
        connection.holdBack(delayNs);
    }

    boolean answerSm(
            final int commandId,
            final int sequence,
            final int status,
            final DirectBuffer messageId,
            final int offset,
            final int length,
            final int congestion) {
        if (!takeAnswer()) {
            return false;
        }
        if (status == CommandStatus.ESME_ROK) {
            PduEncoder.smResp(connection.out(), commandId, status, sequence, messageId, offset, length, congestion);
        } else if (congestion != CongestionState.ABSENT) {
            PduEncoder.smResp(connection.out(), commandId, status, sequence, "", congestion);
        } else {
            PduEncoder.refusal(connection.out(), commandId, status, sequence);
        }
        connection.wrote();
        return true;
    }

    boolean answerQuery(
            final int sequence,
            final CharSequence messageId,
            final CharSequence finalDate,
            final int messageState,
            final int errorCode) {
        if (!takeAnswer()) {
            return false;
        }
        AncillaryEncoder.querySmResp(connection.out(), sequence, messageId, finalDate, messageState, errorCode);
        connection.wrote();
        return true;
    }

    boolean answerSubmitMulti(
            final int sequence, final CharSequence messageId, final List<RefusedDestination> refused) {
        if (!takeAnswer()) {
            return false;
        }
        AncillaryEncoder.submitMultiResp(connection.out(), sequence, messageId, refused);
        connection.wrote();
        return true;
    }

    boolean answer(final int commandId, final int status, final int sequence) {
        if (!takeAnswer()) {
            return false;
        }
        connection.refuse(commandId, status, sequence);
        return true;
    }

    private boolean takeAnswer() {
        if (unanswered == 0 || connection.closing()) {
            counters.answersDropped++;
            return false;
        }
        unanswered--;
        return true;
    }
}
