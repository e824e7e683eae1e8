package io.trunkline.gateway.upstream.smpp;

import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.MessageDesk;
import io.trunkline.gateway.engine.SubmitAnswer;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.gateway.engine.UnitStatus;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.smpp.codec.CancelDecoder;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.MessageState;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.QueryDecoder;
import io.trunkline.smpp.codec.RefusedDestination;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.SmeAddress;
import io.trunkline.smpp.codec.SubmitMultiDecoder;
import io.trunkline.smpp.codec.WireBytes;
import io.trunkline.smpp.session.McSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** What clients ask for: submits go to the desk and are answered at once, queries and cancels too. */
final class SmppRequests {
    /** Longest time for which a session is not read; then it is looked at again, rate, config and all. */
    private static final int MAX_PAUSE_MS = 1_000;
    /** Highest error_code of a query_sm_resp: it is one octet. */
    private static final int MAX_ERROR_CODE = 255;

    private final SmppServerContext context;
    private final UpstreamCounters counters;
    private final MessageDesk desk;
    private final SubmitMemory memory;
    private final SubmitSmReader reader;
    private final SubmitRequest request = new SubmitRequest();
    private final SubmitAnswer answer = new SubmitAnswer();
    private final UnitStatus status = new UnitStatus();
    private final UnsafeBuffer messageId = new UnsafeBuffer(new byte[24]);
    private boolean draining;

    SmppRequests(final SmppServerContext context, final SubmitMemory memory) {
        this.context = context;
        this.counters = context.counters();
        this.desk = context.desk();
        this.memory = memory;
        this.reader = new SubmitSmReader(context.settings().maxBodyLength());
    }

    /** Submits are refused from now on. */
    void drain() {
        draining = true;
    }

    void submit(final McSession session, final int sequence, final SmDecoder sm, final boolean dataSm) {
        final SmppSession kept = (SmppSession) session.attachment();
        if (paused(session, kept)) {
            return;
        }
        counters.framesRead++;
        counters.submits++;
        if (overCredit(kept)) {
            respond(session, sequence, SmppStatuses.ofSubmit(ErrorCode.OVER_CREDIT), 0, dataSm);
            return;
        }
        final ErrorCode refusal = take(kept.account, sm, 0, 0);
        if (refusal == ErrorCode.NONE) {
            counters.submitsAccepted++;
            respond(session, sequence, CommandStatus.ESME_ROK, answer.unitId, dataSm);
        } else {
            counters.submitsRefused++;
            respond(session, sequence, SmppStatuses.ofSubmit(refusal), 0, dataSm);
        }
        kept.gate.answered();
    }

    /** Whether the client is to wait until its rate allows the next submit: then it is not read for so long. */
    private boolean paused(final McSession session, final SmppSession kept) {
        if (draining || kept.account.throttle() != Tenant.Throttle.PAUSE) {
            return false;
        }
        final int waitMs = desk.rateWaitMs(kept.account.account().tenant());
        if (waitMs == 0) {
            return false;
        }
        counters.readPauses++;
        session.holdBack(TimeUnit.MILLISECONDS.toNanos(Math.min(waitMs, MAX_PAUSE_MS)));
        return true;
    }

    private boolean overCredit(final SmppSession kept) {
        if (kept.gate.unanswered() < kept.account.account().credit()) {
            return false;
        }
        counters.overCredit++;
        counters.submitsRefused++;
        return true;
    }

    private ErrorCode take(final SmppAccount account, final SmDecoder sm, final long firstUnit, final int index) {
        if (draining) {
            return ErrorCode.DRAINING;
        }
        final long nowMs = context.epochClock().time();
        final ErrorCode invalid = reader.read(sm, account, nowMs, request);
        if (invalid != ErrorCode.NONE) {
            return invalid;
        }
        if (firstUnit != 0) {
            request.referenceHi = MultiReference.hi(index);
            request.referenceLo = firstUnit;
        }
        request.tenant = account.account().tenant();
        desk.submit(request, answer);
        if (answer.accepted()) {
            memory.remember(answer.unitId, sm, nowMs);
        }
        return answer.code;
    }

    /** The message id is the unit id in decimal. */
    private void respond(
            final McSession session, final int sequence, final int result, final long unitId, final boolean dataSm) {
        final int length = result == CommandStatus.ESME_ROK ? messageId.putNaturalLongAscii(0, unitId) : 0;
        if (dataSm) {
            session.answerDataSm(sequence, result, messageId, 0, length);
        } else {
            session.answerSubmit(sequence, result, messageId, 0, length);
        }
    }

    /**
     * Every destination becomes a unit of its own. The message_id is that of the first which was taken; the receipts of
     * all carry it, each from its own destination.
     */
    void submitMulti(final McSession session, final int sequence, final SubmitMultiDecoder multi) {
        final SmppSession kept = (SmppSession) session.attachment();
        if (paused(session, kept)) {
            return;
        }
        counters.framesRead++;
        if (overCredit(kept)) {
            session.answer(CommandId.SUBMIT_MULTI_RESP, SmppStatuses.ofSubmit(ErrorCode.OVER_CREDIT), sequence);
            return;
        }
        final List<RefusedDestination> refused = new ArrayList<>();
        long first = 0;
        for (int index = 0; multi.nextDestination(); index++) {
            counters.submits++;
            final int result = takeDestination(kept.account, multi, first, index);
            if (result == CommandStatus.ESME_ROK) {
                counters.submitsAccepted++;
                first = first == 0 ? answer.unitId : first;
            } else {
                counters.submitsRefused++;
                refused.add(new RefusedDestination(destination(multi), result));
            }
        }
        if (first != 0) {
            session.answerSubmitMulti(sequence, Long.toString(first), refused);
        } else {
            session.answer(CommandId.SUBMIT_MULTI_RESP, common(refused), sequence);
        }
        kept.gate.answered();
    }

    private int takeDestination(
            final SmppAccount account, final SubmitMultiDecoder multi, final long first, final int index) {
        if (multi.destinationFlag() == SubmitMultiDecoder.FLAG_DISTRIBUTION_LIST) {
            // There are none here.
            return CommandStatus.ESME_RINVDLNAME;
        }
        return SmppStatuses.ofSubmit(take(account, multi, first, index));
    }

    /** As the client wrote it, or its beginning: an unsuccess_sme has no more room than an address of a submit_sm. */
    private static SmeAddress destination(final SubmitMultiDecoder multi) {
        return new SmeAddress(
                multi.destinationTon(),
                multi.destinationNpi(),
                WireBytes.latin1(
                        multi.buffer(),
                        multi.destinationOffset(),
                        Math.min(multi.destinationLength(), OutboundSm.ADDRESS_MAX)));
    }

    /** What all were refused with, or that they were. */
    private static int common(final List<RefusedDestination> refused) {
        final int result = refused.get(0).status();
        return refused.stream().allMatch(each -> each.status() == result) ? result : CommandStatus.ESME_RSUBMITFAIL;
    }

    void query(final McSession session, final int sequence, final QueryDecoder query) {
        counters.queries++;
        final SmppSession kept = (SmppSession) session.attachment();
        final long unitId = UnitIdText.parse(query.buffer(), query.messageIdOffset(), query.messageIdLength());
        if (unitId == UnitIdText.NONE || !desk.query(kept.account.account().tenant(), unitId, status)) {
            session.answer(CommandId.QUERY_SM_RESP, CommandStatus.ESME_RINVMSGID, sequence);
            return;
        }
        final boolean ended = status.state.terminal();
        session.answerQuery(
                sequence,
                Long.toString(unitId),
                ended ? SmppTimes.utc(status.endedAtMs) : "",
                // What waits here is under way to whoever asks; ACCEPTED means accepted by hand (SMPP 3.4 §5.2.28).
                ended ? ReceiptWriter.messageState(status.state) : MessageState.ENROUTE,
                status.rawCode >= 0 && status.rawCode <= MAX_ERROR_CODE ? status.rawCode : 0);
    }

    void cancel(final McSession session, final int sequence, final CancelDecoder cancel) {
        counters.cancels++;
        final SmppSession kept = (SmppSession) session.attachment();
        final int tenant = kept.account.account().tenant();
        final int result;
        if (cancel.messageIdLength() == 0) {
            result = cancelAll(tenant, cancel);
        } else {
            final long unitId = UnitIdText.parse(cancel.buffer(), cancel.messageIdOffset(), cancel.messageIdLength());
            result = unitId == UnitIdText.NONE ? CommandStatus.ESME_RINVMSGID : cancelOne(tenant, unitId);
        }
        session.answer(CommandId.CANCEL_SM_RESP, result, sequence);
    }

    private int cancelOne(final int tenant, final long unitId) {
        return switch (desk.cancel(tenant, unitId)) {
            case CANCELLED -> CommandStatus.ESME_ROK;
            case TOO_LATE -> CommandStatus.ESME_RCANCELFAIL;
            // One that has ended cannot be cancelled; one that never was has no id.
            case NOT_FOUND ->
                desk.query(tenant, unitId, status) ? CommandStatus.ESME_RCANCELFAIL : CommandStatus.ESME_RINVMSGID;
        };
    }

    /** All of a source, destination and service type that no carrier has yet (SMPP 3.4 §4.9). */
    private int cancelAll(final int tenant, final CancelDecoder cancel) {
        int cancelled = 0;
        for (long unitId = memory.newest(cancel); unitId != SubmitMemory.NONE; unitId = memory.older(cancel)) {
            cancelled += desk.cancel(tenant, unitId) == MessageDesk.CancelOutcome.CANCELLED ? 1 : 0;
        }
        return cancelled > 0 ? CommandStatus.ESME_ROK : CommandStatus.ESME_RCANCELFAIL;
    }
}
