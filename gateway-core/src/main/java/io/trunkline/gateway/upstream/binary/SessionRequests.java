package io.trunkline.gateway.upstream.binary;

import io.trunkline.client.FrameValidator;
import io.trunkline.gateway.calls.CallAnswer;
import io.trunkline.gateway.calls.CallRequest;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.MessageDesk;
import io.trunkline.gateway.engine.SubmitAnswer;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.gateway.upstream.Account;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.upstream.codec.CancelMessageDecoder;
import io.trunkline.upstream.codec.ConversionDecoder;
import io.trunkline.upstream.codec.EndCallDecoder;
import io.trunkline.upstream.codec.EventAckDecoder;
import io.trunkline.upstream.codec.GoodbyeDecoder;
import io.trunkline.upstream.codec.MessageHeaderDecoder;
import io.trunkline.upstream.codec.PingDecoder;
import io.trunkline.upstream.codec.PlaceCallDecoder;
import io.trunkline.upstream.codec.PongDecoder;
import io.trunkline.upstream.codec.ReplayEventsDecoder;
import io.trunkline.upstream.codec.StopReplayDecoder;
import io.trunkline.upstream.codec.SubmitMessageDecoder;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** What an open session asks for, and the answers. Keeps the session's credit. */
final class SessionRequests {
    /** Over-credit submits are counted within windows of this length, ns. */
    private static final long ABUSE_WINDOW_NS = TimeUnit.SECONDS.toNanos(10);

    private static final int TEMPLATE_OFFSET =
            FrameValidator.PREFIX_LENGTH + MessageHeaderDecoder.templateIdEncodingOffset();

    private final BinarySession session;
    private final BinaryServer server;
    private final MessageDesk desk;
    private final UpstreamCounters counters;
    private final int tenant;
    private int credit;
    private int overCredit;
    private long abuseWindowNs;

    SessionRequests(final BinarySession session, final BinaryServer server, final Account account) {
        this.session = session;
        this.server = server;
        this.desk = server.context().desk();
        this.counters = server.context().counters();
        this.tenant = account.tenant();
        this.credit = account.credit();
        this.abuseWindowNs = session.nowNs();
    }

    /** Announces the submits among what was received; nothing of it has been checked yet. */
    void onReceived(final DirectBuffer buffer, final int length) {
        int offset = 0;
        while (length - offset >= FrameValidator.OVERHEAD) {
            final int announced = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            if (announced < MessageHeaderDecoder.ENCODED_LENGTH
                    || announced > length - offset - FrameValidator.PREFIX_LENGTH) {
                return;
            }
            if (announced >= MessageHeaderDecoder.ENCODED_LENGTH + SubmitMessageDecoder.BLOCK_LENGTH
                    && buffer.getShort(offset + TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN)
                            == SubmitMessageDecoder.TEMPLATE_ID) {
                final int block = offset + FrameValidator.OVERHEAD;
                desk.expect(
                        tenant,
                        buffer.getLong(
                                block + SubmitMessageDecoder.referenceHiEncodingOffset(), ByteOrder.LITTLE_ENDIAN),
                        buffer.getLong(
                                block + SubmitMessageDecoder.referenceLoEncodingOffset(), ByteOrder.LITTLE_ENDIAN));
            }
            offset += FrameValidator.PREFIX_LENGTH + announced;
        }
    }

    void onFrame(
            final int templateId,
            final DirectBuffer buffer,
            final int blockOffset,
            final int blockLength,
            final int version) {
        switch (templateId) {
            case SubmitMessageDecoder.TEMPLATE_ID -> onSubmit(buffer, blockOffset, blockLength, version);
            case EventAckDecoder.TEMPLATE_ID ->
                onEventAck(server.eventAck()
                        .wrap(buffer, blockOffset, blockLength, version)
                        .sequence());
            case CancelMessageDecoder.TEMPLATE_ID ->
                onCancel(server.cancel()
                        .wrap(buffer, blockOffset, blockLength, version)
                        .unitId());
            case ConversionDecoder.TEMPLATE_ID ->
                onConversion(server.conversion().wrap(buffer, blockOffset, blockLength, version));
            case PingDecoder.TEMPLATE_ID ->
                session.appended(session.encoder()
                        .pong(
                                session.output(),
                                server.ping()
                                        .wrap(buffer, blockOffset, blockLength, version)
                                        .nonce()));
            case PongDecoder.TEMPLATE_ID -> {
                // That it came is all there is to know.
            }
            case PlaceCallDecoder.TEMPLATE_ID -> onPlaceCall(buffer, blockOffset, blockLength, version);
            case EndCallDecoder.TEMPLATE_ID ->
                onEndCall(server.endCall()
                        .wrap(buffer, blockOffset, blockLength, version)
                        .unitId());
            case ReplayEventsDecoder.TEMPLATE_ID ->
                session.replay().begin(server.replayEvents().wrap(buffer, blockOffset, blockLength, version));
            case StopReplayDecoder.TEMPLATE_ID ->
                session.replay()
                        .stop(server.stopReplay()
                                .wrap(buffer, blockOffset, blockLength, version)
                                .requestId());
            case GoodbyeDecoder.TEMPLATE_ID -> session.closeOutput();
            default -> session.wrongState();
        }
    }

    /** Grants another credit, and tells the client. */
    void credit(final int granted) {
        if (granted != credit) {
            credit = granted;
            session.appended(session.encoder().credit(session.output(), granted));
        }
    }

    private void onSubmit(final DirectBuffer buffer, final int blockOffset, final int blockLength, final int version) {
        counters.submits++;
        final SubmitRequest request = server.request();
        final ErrorCode invalid = server.submitReader().read(buffer, blockOffset, blockLength, version, request);
        if (session.room().unanswered() >= credit) {
            onOverCredit(request.referenceHi, request.referenceLo);
            return;
        }
        if (invalid != ErrorCode.NONE) {
            refuse(request.referenceHi, request.referenceLo, invalid, 0);
        } else if (server.draining()) {
            refuse(request.referenceHi, request.referenceLo, ErrorCode.DRAINING, 0);
        } else {
            request.tenant = tenant;
            final SubmitAnswer answer = server.answer();
            desk.submit(request, answer);
            if (answer.accepted()) {
                counters.submitsAccepted++;
                session.appended(session.encoder().submitAccepted(session.output(), request, answer));
            } else {
                refuse(request.referenceHi, request.referenceLo, answer.code, answer.retryAfterMs);
            }
        }
        session.room().submitAnswered();
    }

    private void refuse(final long referenceHi, final long referenceLo, final ErrorCode code, final int retryAfterMs) {
        counters.submitsRefused++;
        session.appended(
                session.encoder().submitRefused(session.output(), referenceHi, referenceLo, code, retryAfterMs));
    }

    /** Not counted as unanswered itself: the credit would never come back. */
    private void onOverCredit(final long referenceHi, final long referenceLo) {
        counters.overCredit++;
        refuse(referenceHi, referenceLo, ErrorCode.OVER_CREDIT, 0);
        if (session.nowNs() - abuseWindowNs > ABUSE_WINDOW_NS) {
            abuseWindowNs = session.nowNs();
            overCredit = 0;
        }
        if (++overCredit > server.settings().maxOverCredit()) {
            session.goodbye(ErrorCode.OVER_CREDIT, 0);
        }
    }

    private void onEventAck(final long sequence) {
        final SessionEvents events = session.events();
        if (events == null) {
            session.wrongState();
        } else if (sequence < 0 || sequence > server.context().events().lastSequence(tenant)) {
            // Of an event that does not exist: this client's bookkeeping cannot be trusted with a cursor.
            session.goodbye(ErrorCode.INVALID_FIELD, 0);
        } else {
            events.acknowledged(sequence);
        }
    }

    private void onCancel(final long unitId) {
        counters.cancels++;
        final int outcome = desk.cancel(tenant, unitId).number();
        session.appended(session.encoder().cancelResult(session.output(), unitId, outcome));
    }

    private void onConversion(final ConversionDecoder conversion) {
        counters.conversions++;
        // Not answered on the wire; a unit that is not this tenant's changes nothing.
        final boolean noted = desk.converted(tenant, conversion.unitId(), conversion.convertedAtMs());
        if (!noted) {
            counters.conversionsUnknown++;
        }
    }

    /** Takes a place in the credit as a submit does. */
    private void onPlaceCall(
            final DirectBuffer buffer, final int blockOffset, final int blockLength, final int version) {
        counters.calls++;
        final CallRequest request = server.callRequest();
        final ErrorCode invalid = server.placeCallReader().read(buffer, blockOffset, blockLength, version, request);
        if (session.room().unanswered() >= credit) {
            onOverCredit(request.referenceHi, request.referenceLo);
            return;
        }
        final CallAnswer answer = server.callAnswer();
        answer.retryAfterMs = 0;
        final ErrorCode error = invalid == ErrorCode.NONE ? place(request, answer) : invalid;
        if (error == ErrorCode.NONE) {
            counters.callsAccepted++;
            session.appended(session.encoder().callAccepted(session.output(), request, answer));
        } else {
            refuse(request.referenceHi, request.referenceLo, error, answer.retryAfterMs);
        }
        session.room().submitAnswered();
    }

    private ErrorCode place(final CallRequest request, final CallAnswer answer) {
        request.tenant = tenant;
        return server.draining() ? ErrorCode.DRAINING : server.context().calls().place(request, answer);
    }

    private void onEndCall(final long unitId) {
        final boolean ends = server.context().calls().end(tenant, unitId);
        final MessageDesk.CancelOutcome outcome =
                ends ? MessageDesk.CancelOutcome.CANCELLED : MessageDesk.CancelOutcome.NOT_FOUND;
        session.appended(session.encoder().cancelResult(session.output(), unitId, outcome.number()));
    }
}
