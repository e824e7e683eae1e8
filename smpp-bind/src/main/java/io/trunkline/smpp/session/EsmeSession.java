package io.trunkline.smpp.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.trunkline.smpp.codec.AlertNotificationDecoder;
import io.trunkline.smpp.codec.AncillaryEncoder;
import io.trunkline.smpp.codec.BindRespDecoder;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.CongestionState;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.QuerySmRespDecoder;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.SmRespDecoder;
import io.trunkline.smpp.codec.SmeAddress;

/** One connection of an {@link EsmeBind}: what each PDU means in each state. */
final class EsmeSession implements PduSink {
    private static final long DATA_SM = 1L << 32;

    private final EsmeBind bind;
    private final EsmeListener listener;
    private final EsmeSettings settings;
    private final SessionCounters counters;
    private final SubmitWindow window;
    private final PduConnection connection;
    private final LinkWatch watch;
    private final SmDecoder sm = new SmDecoder();
    private final SmRespDecoder smResp = new SmRespDecoder();
    private final QuerySmRespDecoder queryResp = new QuerySmRespDecoder();
    private final BindRespDecoder bindResp = new BindRespDecoder();
    private final AlertNotificationDecoder alert = new AlertNotificationDecoder();
    private final SequenceNumbers sequences = new SequenceNumbers();
    private int bindSequence;
    private int deferred;
    private long messageNs;

    EsmeSession(final EsmeBind bind, final Channel channel, final PduOutput output) {
        this.bind = bind;
        listener = bind.listener();
        settings = bind.settings();
        counters = bind.counters();
        window = bind.window();
        final EsmeSettings.Timing timing = settings.timing();
        watch = new LinkWatch(timing.enquireNs(), timing.enquireResponseNs());
        connection = new PduConnection(
                channel,
                output,
                settings.maxPduLength(),
                settings.inbound(),
                timing.stallNs(),
                counters,
                bind.context().clock(),
                this);
        messageNs = connection.receivedNs();
    }

    PduConnection connection() {
        return connection;
    }

    boolean writable() {
        return connection.writable();
    }

    /** Nothing is awaited in either direction. */
    boolean drained() {
        return window.awaiting() == 0 && deferred == 0;
    }

    void bind() {
        bindSequence = sequences.next();
        PduEncoder.bind(connection.out(), settings.bindType().commandId(), bindSequence, settings.login());
        connection.wrote();
    }

    void unbind() {
        PduEncoder.unbind(connection.out(), sequences.next());
        connection.wrote();
    }

    int submit(
            final long ticket, final OutboundSm message, final boolean dataSm, final int segments, final long nowNs) {
        final int sequence = sequences.nextUnknownTo(window);
        bind.send(connection.out(), sequence, ticket, message, dataSm, segments, nowNs);
        connection.wrote();
        messageNs = nowNs;
        return sequence;
    }

    int query(final long ticket, final CharSequence messageId, final SmeAddress source, final long nowNs) {
        final int sequence = sequences.nextUnknownTo(window);
        AncillaryEncoder.querySm(connection.out(), sequence, messageId, source);
        window.sent(sequence, ticket, nowNs);
        counters.requestsSent++;
        connection.wrote();
        return sequence;
    }

    boolean answerDeliver(final long exchange, final int status) {
        if (connection.closing() || deferred == 0) {
            return false;
        }
        deferred--;
        writeAnswer((exchange & DATA_SM) != 0, status, (int) exchange);
        return true;
    }

    /** A listener that fails ends this connection, not its owner's duty cycle. */
    void onTick(final long nowNs) {
        try {
            tick(nowNs);
        } catch (final RuntimeException e) {
            connection.fail(e);
        }
    }

    private void tick(final long nowNs) {
        final EsmeSettings.Timing timing = settings.timing();
        while (window.pollTimedOut(nowNs - timing.responseNs(), nowNs)) {
            counters.unanswered++;
            listener.onUnanswered(bind, window.ticket(), CloseCause.RESPONSE_TIMEOUT);
        }
        window.forgetLate(nowNs - timing.lateGraceNs());
        connection.onTick(nowNs);
        if (connection.closing()) {
            return;
        }
        switch (watch.onTick(nowNs, connection.receivedNs())) {
            case ENQUIRE -> {
                counters.enquireLinksOut++;
                PduEncoder.enquireLink(connection.out(), sequences.nextUnknownTo(window));
                connection.wrote();
            }
            case DEAD -> connection.abort(CloseCause.DEAD_PEER);
            case NOTHING -> {
                if (timing.idleNs() > 0 && bind.state() == EsmeState.BOUND && nowNs - messageNs >= timing.idleNs()) {
                    bind.startDrain(CloseCause.IDLE);
                }
            }
        }
    }

    @Override
    public void onReady() {
        bind.onReady();
    }

    @Override
    public void onGone(final CloseCause cause) {
        bind.onGone(cause);
    }

    @Override
    public void onPdu(
            final int commandId,
            final int status,
            final int sequence,
            final ByteBuf buffer,
            final int offset,
            final int length) {
        switch (commandId) {
            case CommandId.SUBMIT_SM_RESP, CommandId.DATA_SM_RESP ->
                onAnswer(commandId, status, sequence, buffer, offset, length);
            case CommandId.QUERY_SM_RESP -> onAnswer(commandId, status, sequence, buffer, offset, length);
            case CommandId.DELIVER_SM -> onDeliver(sequence, buffer, offset, length, false);
            case CommandId.DATA_SM -> onDeliver(sequence, buffer, offset, length, true);
            case CommandId.ENQUIRE_LINK -> {
                connection.charge(connection.receivedNs());
                counters.enquireLinksIn++;
                PduEncoder.enquireLinkResp(connection.out(), sequence);
                connection.wrote();
            }
            case CommandId.ENQUIRE_LINK_RESP -> watch.onAnswer();
            case CommandId.GENERIC_NACK -> onGenericNack(status, sequence, buffer, offset, length);
            case CommandId.BIND_RECEIVER_RESP, CommandId.BIND_TRANSMITTER_RESP, CommandId.BIND_TRANSCEIVER_RESP ->
                onBindResp(status, sequence, buffer, offset, length);
            case CommandId.UNBIND -> {
                PduEncoder.unbindResp(connection.out(), CommandStatus.ESME_ROK, sequence);
                connection.wrote();
                bind.end(CloseCause.PEER_UNBOUND, 0);
            }
            case CommandId.UNBIND_RESP -> {
                if (bind.state() == EsmeState.UNBINDING) {
                    bind.end(bind.lastCause(), 0);
                }
            }
            case CommandId.ALERT_NOTIFICATION -> {
                connection.charge(connection.receivedNs());
                if (alert.wrap(buffer, offset, length) == CommandStatus.ESME_ROK) {
                    listener.onAlertNotification(bind, alert);
                } else {
                    // It has no response that could say so.
                    counters.malformedPdus++;
                }
            }
            default -> {
                connection.charge(connection.receivedNs());
                connection.refuseUnknown(commandId, sequence);
            }
        }
    }

    private void onBindResp(
            final int status, final int sequence, final ByteBuf buffer, final int offset, final int length) {
        if (bind.state() != EsmeState.BINDING || sequence != bindSequence) {
            counters.answersUnknown++;
            return;
        }
        bindResp.wrap(buffer, offset, length);
        bind.onBindAnswered(status, bindResp);
    }

    private void onGenericNack(
            final int status, final int sequence, final ByteBuf buffer, final int offset, final int length) {
        counters.genericNacksIn++;
        watch.onAnswer();
        if (bind.state() == EsmeState.BINDING && sequence == bindSequence) {
            bindResp.wrap(buffer, offset, length);
            // A generic_nack refuses whatever its status says.
            bind.onBindAnswered(status == CommandStatus.ESME_ROK ? CommandStatus.ESME_RINVCMDID : status, bindResp);
            return;
        }
        if (window.knows(sequence)) {
            final int refused = status == CommandStatus.ESME_ROK ? CommandStatus.ESME_RUNKNOWNERR : status;
            onAnswer(CommandId.GENERIC_NACK, refused, sequence, buffer, offset, length);
        } else {
            counters.answersUnknown++;
            bind.onPressure(status, CongestionState.ABSENT, connection.receivedNs());
        }
    }

    private void onAnswer(
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
            return;
        }
        smResp.wrap(buffer, offset, length);
        final long ticket = window.ticket();
        final long nowNs = connection.receivedNs();
        final int congestionState = smResp.congestionState();
        messageNs = nowNs;
        if (status == CommandStatus.ESME_ROK) {
            counters.answersOk++;
        } else {
            counters.answersRefused++;
        }
        if (status != CommandStatus.ESME_ROK || congestionState >= SlowDown.CONGESTED) {
            bind.onPressure(status, congestionState, nowNs);
        }
        if (known == SubmitWindow.LATE) {
            counters.answersLate++;
            listener.onLateAnswer(bind, ticket, status, smResp);
            return;
        }
        counters.answerNs += nowNs - window.sentNs();
        if (commandId == CommandId.QUERY_SM_RESP) {
            queryResp.wrap(buffer, offset, length);
            listener.onQueryAnswered(bind, ticket, status, queryResp);
        } else {
            listener.onSubmitAnswered(bind, ticket, status, smResp, congestionState);
        }
    }

    private void onDeliver(
            final int sequence, final ByteBuf buffer, final int offset, final int length, final boolean dataSm) {
        counters.requestsReceived++;
        messageNs = connection.receivedNs();
        connection.charge(messageNs);
        final EsmeState state = bind.state();
        if (state != EsmeState.BOUND && state != EsmeState.DRAINING) {
            // Before the bind is answered or after it was given up: a status on which the MC tries again.
            counters.wrongState++;
            writeAnswer(dataSm, CommandStatus.ESME_RTHROTTLED, sequence);
            return;
        }
        if (deferred >= settings.inboundWindow()) {
            counters.requestsOverWindow++;
            writeAnswer(dataSm, CommandStatus.ESME_RTHROTTLED, sequence);
            return;
        }
        final int verdict = sm.wrap(buffer, offset, length);
        if (verdict != CommandStatus.ESME_ROK) {
            // It would be no better the next time, and would hold up what waits behind it.
            counters.malformedPdus++;
            writeAnswer(dataSm, verdict, sequence);
            return;
        }
        deferred++;
        final long exchange = ((long) bind.epoch() << 33) | (dataSm ? DATA_SM : 0) | (sequence & 0xFFFF_FFFFL);
        final int status = listener.onDeliver(bind, exchange, sm, dataSm);
        if (status != EsmeListener.DEFER) {
            deferred--;
            writeAnswer(dataSm, status, sequence);
        }
    }

    private void writeAnswer(final boolean dataSm, final int status, final int sequence) {
        if (connection.closing()) {
            return;
        }
        if (dataSm) {
            PduEncoder.smResp(connection.out(), CommandId.DATA_SM, status, sequence, "", CongestionState.ABSENT);
        } else {
            PduEncoder.deliverSmResp(connection.out(), status, sequence, CongestionState.ABSENT);
        }
        connection.wrote();
    }
}
