package io.trunkline.smpp.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.trunkline.smpp.codec.AncillaryEncoder;
import io.trunkline.smpp.codec.BindDecoder;
import io.trunkline.smpp.codec.CancelDecoder;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.CongestionState;
import io.trunkline.smpp.codec.InterfaceVersion;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.PduDecoder;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.QueryDecoder;
import io.trunkline.smpp.codec.RefusedDestination;
import io.trunkline.smpp.codec.ReplaceSmDecoder;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.SmRespDecoder;
import io.trunkline.smpp.codec.SubmitMultiDecoder;
import io.trunkline.smpp.codec.WireBytes;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** One ESME's connection to an {@link McServer}. All methods are for its event loop only. */
public final class McSession implements PduSink {
    private enum State {
        OPEN,
        BINDING,
        REFUSED,
        BOUND,
        UNBINDING,
        CLOSED
    }

    private static final long REFUSAL_LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    private final McSettings settings;
    private final McContext context;
    private final McListener listener;
    private final McAdmission admission;
    private final McLoop loop;
    private final SocketAddress remote;
    private final PduConnection connection;
    private final SubmitWindow window;
    private final LinkWatch watch;
    private final SessionCounters counters = new SessionCounters();
    private final SequenceNumbers sequences = new SequenceNumbers();
    private final SmDecoder sm = new SmDecoder();
    private final SmRespDecoder smResp = new SmRespDecoder();
    private final BindDecoder bind = new BindDecoder();
    private final SubmitMultiDecoder multi = new SubmitMultiDecoder();
    private final QueryDecoder query = new QueryDecoder();
    private final CancelDecoder cancel = new CancelDecoder();
    private final ReplaceSmDecoder replace = new ReplaceSmDecoder();
    private State state = State.OPEN;
    private BindType bindType;
    private String systemId;
    private boolean admitted;
    private int interfaceVersion;
    private int bindSequence;
    private int unanswered;
    private long deadlineNs;
    private long activeNs;
    private Object attachment;
    private String outbindSystemId;
    private String outbindPassword;
    private CloseCause closeCause = CloseCause.DISABLED;

    McSession(
            final McSettings settings,
            final McContext context,
            final McListener listener,
            final McAdmission admission,
            final McLoop loop,
            final Channel channel,
            final PduOutput output) {
        this.settings = settings;
        this.context = context;
        this.listener = listener;
        this.admission = admission;
        this.loop = loop;
        this.remote = channel.remoteAddress();
        final McSettings.Timing timing = settings.timing();
        window = new SubmitWindow(settings.deliverWindow(), settings.lateWindow());
        watch = new LinkWatch(timing.enquireNs(), timing.enquireResponseNs());
        connection = new PduConnection(
                channel,
                output,
                settings.maxPduLength(),
                settings.inbound(),
                timing.stallNs(),
                counters,
                context.clock(),
                this);
        activeNs = connection.receivedNs();
        deadlineNs = activeNs + timing.preBindNs();
    }

    /** The ESME's address. */
    public SocketAddress remoteAddress() {
        return remote;
    }

    /** The connection, for what lies below SMPP: TLS session, event loop. */
    public Channel channel() {
        return connection.channel();
    }

    public SessionCounters counters() {
        return counters;
    }

    /** As it bound or asks to bind; null before. */
    public String systemId() {
        return systemId;
    }

    /** As it bound or asks to bind; null before. */
    public BindType bindType() {
        return bindType;
    }

    /** interface_version of the ESME's bind. */
    public int interfaceVersion() {
        return interfaceVersion;
    }

    public boolean bound() {
        return state == State.BOUND;
    }

    /** Requests of the ESME that are not answered yet. */
    public int unanswered() {
        return unanswered;
    }

    /** Requests toward the ESME that await their answer. */
    public int awaiting() {
        return window.awaiting();
    }

    /** Whatever the listener keeps with this session. */
    public Object attachment() {
        return attachment;
    }

    /** Keeps something with this session. */
    public void attach(final Object newAttachment) {
        attachment = newAttachment;
    }

    /** Answers a bind that was deferred; without effect when the session has ended meanwhile. */
    public void answerBind(final int status) {
        if (state != State.BINDING) {
            return;
        }
        if (status != CommandStatus.ESME_ROK) {
            refuseBind(status);
        } else if (admission.bind(systemId)) {
            admitted = true;
            state = State.BOUND;
            counters.binds++;
            PduEncoder.bindResp(
                    connection.out(),
                    bindType.commandId(),
                    bindSequence,
                    settings.systemId(),
                    settings.interfaceVersion());
            connection.wrote();
            listener.onBound(this);
        } else {
            refuseBind(CommandStatus.ESME_RALYBND);
        }
    }

    private void refuseBind(final int status) {
        counters.bindRefusals++;
        connection.refuse(bindType.commandId(), status, bindSequence);
        // Not closed at once: some ESMEs take the end of the connection for the answer and never see the refusal.
        state = State.REFUSED;
        deadlineNs = context.clock().nanoTime() + REFUSAL_LINGER_NS;
    }

    /**
     * Answers a submit_sm.
     *
     * @param status command_status; a refusal carries no message id
     * @param messageId octets of the message id, at most 64; unused in a refusal
     * @return false where the session has ended: the ESME will not see the answer
     */
    public boolean answerSubmit(
            final int sequence, final int status, final DirectBuffer messageId, final int offset, final int length) {
        return answerSm(CommandId.SUBMIT_SM, sequence, status, messageId, offset, length, CongestionState.ABSENT);
    }

    /** As above, with how loaded we are, 0..100, which an ESME of version 5.0 is told. */
    public boolean answerSubmit(
            final int sequence,
            final int status,
            final DirectBuffer messageId,
            final int offset,
            final int length,
            final int congestionState) {
        return answerSm(CommandId.SUBMIT_SM, sequence, status, messageId, offset, length, congestionState);
    }

    /** Answers a data_sm, as {@link #answerSubmit}. */
    public boolean answerDataSm(
            final int sequence, final int status, final DirectBuffer messageId, final int offset, final int length) {
        return answerSm(CommandId.DATA_SM, sequence, status, messageId, offset, length, CongestionState.ABSENT);
    }

    /**
     * Answers a query_sm.
     *
     * @param finalDate empty, or 16 characters
     * @param messageState see {@link io.trunkline.smpp.codec.MessageState}
     */
    public boolean answerQuery(
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

    /** Answers a submit_multi: taken for all destinations but those. */
    public boolean answerSubmitMulti(
            final int sequence, final CharSequence messageId, final List<RefusedDestination> refused) {
        if (!takeAnswer()) {
            return false;
        }
        AncillaryEncoder.submitMultiResp(connection.out(), sequence, messageId, refused);
        connection.wrote();
        return true;
    }

    /** Answers a request by a response that is a header only: a refusal, or a response that never has a body. */
    public boolean answer(final int commandId, final int status, final int sequence) {
        if (!takeAnswer()) {
            return false;
        }
        connection.refuse(commandId, status, sequence);
        return true;
    }

    private boolean answerSm(
            final int commandId,
            final int sequence,
            final int status,
            final DirectBuffer messageId,
            final int offset,
            final int length,
            final int congestionState) {
        if (!takeAnswer()) {
            return false;
        }
        final int congestion = interfaceVersion >= InterfaceVersion.V5_0 ? congestionState : CongestionState.ABSENT;
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

    private boolean takeAnswer() {
        if (unanswered == 0 || connection.closing()) {
            counters.answersDropped++;
            return false;
        }
        unanswered--;
        return true;
    }

    /** Whether {@link #deliver} may be called now. */
    public boolean canDeliver() {
        return state == State.BOUND && bindType.delivers() && window.hasRoom() && connection.writable();
    }

    /**
     * Sends a deliver_sm; {@link #canDeliver} must hold.
     *
     * @param ticket comes back with the answer or the news that there is none
     * @return the sequence_number used
     */
    public int deliver(final long ticket, final OutboundSm message, final long nowNs) {
        return send(ticket, message, false, nowNs);
    }

    /** As {@link #deliver}, as a data_sm. */
    public int deliverData(final long ticket, final OutboundSm message, final long nowNs) {
        return send(ticket, message, true, nowNs);
    }

    private int send(final long ticket, final OutboundSm message, final boolean dataSm, final long nowNs) {
        final int sequence = sequences.nextUnknownTo(window);
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
        activeNs = nowNs;
        return sequence;
    }

    /** Ends the session: by unbind where it is bound, else at once. */
    public void close(final CloseCause cause) {
        if (state == State.BOUND) {
            state = State.UNBINDING;
            closeCause = cause;
            deadlineNs = context.clock().nanoTime() + settings.timing().unbindNs();
            PduEncoder.unbind(connection.out(), sequences.nextUnknownTo(window));
            connection.wrote();
        } else if (state != State.UNBINDING) {
            end(cause);
        }
    }

    PduConnection connection() {
        return connection;
    }

    void outbindWhenReady(final String newSystemId, final String password) {
        outbindSystemId = newSystemId;
        outbindPassword = password;
    }

    void onTick(final long nowNs) {
        final McSettings.Timing timing = settings.timing();
        while (window.pollTimedOut(nowNs - timing.responseNs(), nowNs)) {
            counters.unanswered++;
            listener.onUnanswered(this, window.ticket(), CloseCause.RESPONSE_TIMEOUT);
        }
        window.forgetLate(nowNs - timing.lateGraceNs());
        connection.onTick(nowNs);
        if (connection.closing()) {
            return;
        }
        switch (state) {
            case OPEN, BINDING -> {
                if (nowNs - deadlineNs >= 0) {
                    end(CloseCause.BIND_TIMEOUT);
                }
            }
            case REFUSED -> {
                if (nowNs - deadlineNs >= 0) {
                    end(CloseCause.BIND_REFUSED);
                }
            }
            case BOUND -> keepAlive(nowNs, timing);
            case UNBINDING -> {
                if (nowNs - deadlineNs >= 0) {
                    end(closeCause);
                }
            }
            case CLOSED -> {
                // Gone.
            }
        }
    }

    private void keepAlive(final long nowNs, final McSettings.Timing timing) {
        if (timing.inactivityNs() > 0 && nowNs - activeNs >= timing.inactivityNs()) {
            close(CloseCause.IDLE);
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
                // All is well.
            }
        }
    }

    private void end(final CloseCause cause) {
        connection.close(cause);
    }

    @Override
    public void onReady() {
        if (outbindSystemId != null) {
            PduEncoder.outbind(connection.out(), sequences.next(), outbindSystemId, outbindPassword);
            connection.wrote();
        }
    }

    @Override
    public void onGone(final CloseCause seen) {
        final CloseCause cause = state == State.REFUSED ? CloseCause.BIND_REFUSED : seen;
        state = State.CLOSED;
        loop.remove(this);
        admission.leave(remote);
        if (admitted) {
            admission.unbind(systemId);
        }
        while (window.pollOldest()) {
            counters.unanswered++;
            listener.onUnanswered(this, window.ticket(), cause);
        }
        listener.onClosed(this, cause);
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
            case CommandId.DELIVER_SM_RESP, CommandId.DATA_SM_RESP, CommandId.GENERIC_NACK ->
                onAnswer(commandId, status, sequence, buffer, offset, length);
            case CommandId.ENQUIRE_LINK_RESP -> watch.onAnswer();
            case CommandId.UNBIND_RESP -> {
                if (state == State.UNBINDING) {
                    end(closeCause);
                }
            }
            default -> {
                connection.charge(connection.receivedNs());
                onRequest(commandId, sequence, buffer, offset, length);
            }
        }
    }

    private void onRequest(
            final int commandId, final int sequence, final ByteBuf buffer, final int offset, final int length) {
        switch (commandId) {
            case CommandId.ENQUIRE_LINK -> {
                counters.enquireLinksIn++;
                PduEncoder.enquireLinkResp(connection.out(), sequence);
                connection.wrote();
            }
            case CommandId.BIND_RECEIVER, CommandId.BIND_TRANSMITTER, CommandId.BIND_TRANSCEIVER ->
                onBind(commandId, sequence, buffer, offset, length);
            case CommandId.UNBIND -> {
                PduEncoder.unbindResp(connection.out(), CommandStatus.ESME_ROK, sequence);
                connection.wrote();
                end(CloseCause.PEER_UNBOUND);
            }
            case CommandId.SUBMIT_SM,
                    CommandId.DATA_SM,
                    CommandId.SUBMIT_MULTI,
                    CommandId.QUERY_SM,
                    CommandId.CANCEL_SM,
                    CommandId.REPLACE_SM -> onWork(commandId, sequence, buffer, offset, length);
            case CommandId.BROADCAST_SM -> refuseBroadcast(commandId, CommandStatus.ESME_RBCASTFAIL, sequence);
            case CommandId.QUERY_BROADCAST_SM ->
                refuseBroadcast(commandId, CommandStatus.ESME_RBCASTQUERYFAIL, sequence);
            case CommandId.CANCEL_BROADCAST_SM ->
                refuseBroadcast(commandId, CommandStatus.ESME_RBCASTCANCELFAIL, sequence);
            default -> connection.refuseUnknown(commandId, sequence);
        }
    }

    private void refuseBroadcast(final int commandId, final int status, final int sequence) {
        counters.requestsReceived++;
        connection.refuse(commandId, state == State.BOUND ? status : CommandStatus.ESME_RINVBNDSTS, sequence);
    }

    private void onBind(
            final int commandId, final int sequence, final ByteBuf buffer, final int offset, final int length) {
        if (state != State.OPEN) {
            counters.wrongState++;
            connection.refuse(
                    commandId,
                    state == State.REFUSED ? CommandStatus.ESME_RBINDFAIL : CommandStatus.ESME_RALYBND,
                    sequence);
            return;
        }
        bindType = BindType.of(commandId);
        bindSequence = sequence;
        final int verdict = bind.wrap(buffer, offset, length);
        if (verdict != CommandStatus.ESME_ROK) {
            counters.malformedPdus++;
            refuseBind(verdict);
            return;
        }
        systemId = WireBytes.latin1(buffer, bind.systemIdOffset(), bind.systemIdLength());
        interfaceVersion = bind.interfaceVersion();
        state = State.BINDING;
        deadlineNs = connection.receivedNs() + settings.timing().bindAnswerNs();
        final int status = listener.onBindRequest(this, bind);
        if (status != McListener.DEFER) {
            answerBind(status);
        }
    }

    private void onWork(
            final int commandId, final int sequence, final ByteBuf buffer, final int offset, final int length) {
        counters.requestsReceived++;
        activeNs = connection.receivedNs();
        if (state != State.BOUND || !bindType.submits()) {
            counters.wrongState++;
            connection.refuse(commandId, CommandStatus.ESME_RINVBNDSTS, sequence);
            return;
        }
        if (unanswered >= settings.window()) {
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
            case CommandId.SUBMIT_SM -> listener.onSubmit(this, sequence, sm);
            case CommandId.DATA_SM -> listener.onDataSm(this, sequence, sm);
            case CommandId.SUBMIT_MULTI -> listener.onSubmitMulti(this, sequence, multi);
            case CommandId.QUERY_SM -> listener.onQuery(this, sequence, query);
            case CommandId.CANCEL_SM -> listener.onCancel(this, sequence, cancel);
            default -> listener.onReplace(this, sequence, replace);
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

    private void onAnswer(
            final int commandId,
            final int status,
            final int sequence,
            final ByteBuf buffer,
            final int offset,
            final int length) {
        if (commandId == CommandId.GENERIC_NACK) {
            counters.genericNacksIn++;
            watch.onAnswer();
        }
        final int known = window.answered(sequence);
        if (known == SubmitWindow.UNKNOWN) {
            connection.charge(connection.receivedNs());
            counters.answersUnknown++;
            return;
        }
        final long ticket = window.ticket();
        activeNs = connection.receivedNs();
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
            listener.onLateAnswer(this, ticket, verdict, smResp);
        } else {
            counters.answerNs += activeNs - window.sentNs();
            listener.onDeliverAnswered(this, ticket, verdict, smResp);
        }
    }
}
