package io.trunkline.smpp.session;

import io.netty.buffer.ByteBuf;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.SmRespDecoder;

/** What an {@link McSession} sends to its ESME and has answered: deliver_sm and data_sm, in a window. */
final class McDeliveries {
    private final McSession session;
    private final McListener listener;
    private final PduConnection connection;
    private final SessionCounters counters;
    private final SubmitWindow window;
    private final SequenceNumbers sequences = new SequenceNumbers();
    private final SmRespDecoder smResp = new SmRespDecoder();
    private final long responseNs;
    private final long lateGraceNs;

    McDeliveries(
            final McSession session,
            final McListener listener,
            final PduConnection connection,
            final McSettings settings) {
        this.session = session;
        this.listener = listener;
        this.connection = connection;
        this.counters = session.counters();
        window = new SubmitWindow(settings.deliverWindow(), settings.lateWindow());
        responseNs = settings.timing().responseNs();
        lateGraceNs = settings.timing().lateGraceNs();
    }

    boolean hasRoom() {
        return window.hasRoom() && connection.writable();
    }

    int awaiting() {
        return window.awaiting();
    }

    /** A sequence_number for a request of whatever kind. */
    int nextSequence() {
        return sequences.nextUnknownTo(window);
    }

    int send(final long ticket, final OutboundSm message, final boolean dataSm, final long nowNs) {
        final int sequence = nextSequence();
        final ByteBuf out = connection.out();
        final int start = out.writerIndex();
        boolean whole = false;
        try {
            if (dataSm) {
                PduEncoder.dataSm(out, sequence, message);
            } else {
                PduEncoder.deliverSm(out, sequence, message);
            }
            whole = true;
        } finally {
            if (!whole) {
                // Half a PDU would put the whole stream out of step.
                out.writerIndex(start);
            }
        }
        window.sent(sequence, ticket, nowNs);
        counters.requestsSent++;
        connection.wrote();
        return sequence;
    }

    /** deliver_sm_resp, data_sm_resp or generic_nack; false where it answers nothing that we know of. */
    boolean onAnswer(
            final int commandId,
            final int status,
            final int sequence,
            final ByteBuf buffer,
            final int offset,
            final int length) {
        final int known = window.answered(sequence);
        if (known == SubmitWindow.UNKNOWN) {
            connection.charge(connection.receivedNs());
            counters.answersUnknown++;
            return false;
        }
        final long ticket = window.ticket();
        // A generic_nack refuses whatever its status says.
        final int verdict = commandId == CommandId.GENERIC_NACK && status == CommandStatus.ESME_ROK
                ? CommandStatus.ESME_RUNKNOWNERR
                : status;
        if (verdict == CommandStatus.ESME_ROK) {
            counters.answersOk++;
        } else {
            counters.answersRefused++;
        }
        smResp.wrap(buffer, offset, length);
        if (known == SubmitWindow.LATE) {
            counters.answersLate++;
            listener.onLateAnswer(session, ticket, verdict, smResp);
        } else {
            counters.answerNs += connection.receivedNs() - window.sentNs();
            listener.onDeliverAnswered(session, ticket, verdict, smResp);
        }
        return true;
    }

    void onTick(final long nowNs) {
        // What an ESME has answered may wait unread behind a request that was held back.
        while (!connection.heldBack() && window.pollTimedOut(nowNs - responseNs, nowNs)) {
            counters.unanswered++;
            listener.onUnanswered(session, window.ticket(), CloseCause.RESPONSE_TIMEOUT);
        }
        window.forgetLate(nowNs - lateGraceNs);
    }

    /** The session has ended: whatever is not answered will not be. */
    void giveBack(final CloseCause cause) {
        while (window.pollOldest()) {
            counters.unanswered++;
            listener.onUnanswered(session, window.ticket(), cause);
        }
    }
}
