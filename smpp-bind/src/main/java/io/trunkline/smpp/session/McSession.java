package io.trunkline.smpp.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.trunkline.smpp.codec.BindDecoder;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.CongestionState;
import io.trunkline.smpp.codec.InterfaceVersion;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.RefusedDestination;
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
        BOUND,
        UNBINDING,
        /** Ended, and said so by the last PDU: the peer closes, or we do a little later. */
        LINGERING,
        CLOSED
    }

    /** Some ESMEs take the end of the connection for the answer and never see the last PDU: they close first. */
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    private final McSettings settings;
    private final McContext context;
    private final McListener listener;
    private final McAdmission admission;
    private final McLoop loop;
    private final SocketAddress remote;
    private final PduConnection connection;
    private final McLiveness liveness;
    private final SessionCounters counters = new SessionCounters();
    private final BindDecoder bind = new BindDecoder();
    private final McDeliveries deliveries;
    private final McRequests requests;
    private State state = State.OPEN;
    private BindType bindType;
    private String systemId;
    private boolean admitted;
    private boolean ended;
    private int interfaceVersion;
    private int bindSequence;
    private long deadlineNs;
    private Object attachment;
    private String outbindSystemId;
    private String outbindPassword;
    /** Why it ends when the deadline has passed. */
    private CloseCause closeCause = CloseCause.BIND_TIMEOUT;

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
        connection = new PduConnection(
                channel,
                output,
                settings.maxPduLength(),
                settings.inbound(),
                timing.stallNs(),
                counters,
                context.clock(),
                this);
        deliveries = new McDeliveries(this, listener, connection, settings);
        requests = new McRequests(this, listener, connection, settings);
        liveness = new McLiveness(connection, deliveries, counters, timing);
        deadlineNs = connection.receivedNs() + timing.preBindNs();
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
        return requests.unanswered();
    }

    /** Requests toward the ESME that await their answer. */
    public int awaiting() {
        return deliveries.awaiting();
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
        linger(CloseCause.BIND_REFUSED);
    }

    private void linger(final CloseCause cause) {
        state = State.LINGERING;
        closeCause = cause;
        deadlineNs = context.clock().nanoTime() + LINGER_NS;
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
        return answerSubmit(sequence, status, messageId, offset, length, CongestionState.ABSENT);
    }

    /** As above, with how loaded we are, 0..100, which an ESME of version 5.0 is told. */
    public boolean answerSubmit(
            final int sequence,
            final int status,
            final DirectBuffer messageId,
            final int offset,
            final int length,
            final int congestionState) {
        final int congestion = interfaceVersion >= InterfaceVersion.V5_0 ? congestionState : CongestionState.ABSENT;
        return requests.answerSm(CommandId.SUBMIT_SM, sequence, status, messageId, offset, length, congestion);
    }

    /** Answers a data_sm, as {@link #answerSubmit}. */
    public boolean answerDataSm(
            final int sequence, final int status, final DirectBuffer messageId, final int offset, final int length) {
        return requests.answerSm(
                CommandId.DATA_SM, sequence, status, messageId, offset, length, CongestionState.ABSENT);
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
        return requests.answerQuery(sequence, messageId, finalDate, messageState, errorCode);
    }

    /** Answers a submit_multi: taken for all destinations but those. */
    public boolean answerSubmitMulti(
            final int sequence, final CharSequence messageId, final List<RefusedDestination> refused) {
        return requests.answerSubmitMulti(sequence, messageId, refused);
    }

    /** Answers a request by a response that is a header only: a refusal, or a response that never has a body. */
    public boolean answer(final int commandId, final int status, final int sequence) {
        return requests.answer(commandId, status, sequence);
    }

    /**
     * Takes a request back to where it came from, in place of an answer and only while it is handed over: nothing more is
     * read from this ESME, whose TCP window then fills, and the same request is handed over again after the delay. Other
     * sessions go on.
     *
     * @param delayNs above 0
     */
    public void holdBack(final long delayNs) {
        requests.holdBack(delayNs);
    }

    /** Whether {@link #deliver} may be called now. */
    public boolean canDeliver() {
        return state == State.BOUND && bindType.delivers() && deliveries.hasRoom();
    }

    /**
     * Sends a deliver_sm; {@link #canDeliver} must hold.
     *
     * @param ticket comes back with the answer or the news that there is none
     * @return the sequence_number used
     */
    public int deliver(final long ticket, final OutboundSm message, final long nowNs) {
        liveness.active(nowNs);
        return deliveries.send(ticket, message, false, nowNs);
    }

    /** As {@link #deliver}, as a data_sm. */
    public int deliverData(final long ticket, final OutboundSm message, final long nowNs) {
        liveness.active(nowNs);
        return deliveries.send(ticket, message, true, nowNs);
    }

    /** Ends the session: by unbind where it is bound, else at once. */
    public void close(final CloseCause cause) {
        if (state == State.BOUND) {
            state = State.UNBINDING;
            closeCause = cause;
            deadlineNs = context.clock().nanoTime() + settings.timing().unbindNs();
            PduEncoder.unbind(connection.out(), deliveries.nextSequence());
            connection.wrote();
        } else if (state != State.UNBINDING && state != State.LINGERING) {
            connection.close(cause);
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
        deliveries.onTick(nowNs);
        connection.onTick(nowNs);
        if (connection.closing()) {
            return;
        }
        switch (state) {
            case BOUND -> {
                if (liveness.idle(nowNs)) {
                    close(CloseCause.IDLE);
                } else {
                    liveness.onTick(nowNs);
                }
            }
            case OPEN, BINDING, UNBINDING, LINGERING -> {
                if (nowNs - deadlineNs >= 0) {
                    connection.close(closeCause);
                }
            }
            case CLOSED -> {
                // Gone.
            }
        }
    }

    @Override
    public void onReady() {
        if (outbindSystemId != null) {
            PduEncoder.outbind(connection.out(), deliveries.nextSequence(), outbindSystemId, outbindPassword);
            connection.wrote();
        }
    }

    @Override
    public void onGone(final CloseCause seen) {
        final CloseCause cause = state == State.LINGERING ? closeCause : seen;
        state = State.CLOSED;
        loop.remove(this);
        admission.leave(remote);
        tellEnd(cause);
    }

    /** The session is over, whatever becomes of its connection; told once. */
    private void tellEnd(final CloseCause cause) {
        if (ended) {
            return;
        }
        ended = true;
        if (admitted) {
            admission.unbind(systemId);
        }
        deliveries.giveBack(cause);
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
            case CommandId.ENQUIRE_LINK_RESP -> liveness.onAnswer();
            case CommandId.UNBIND_RESP -> {
                if (state == State.UNBINDING) {
                    connection.close(closeCause);
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
                if (state != State.LINGERING) {
                    linger(CloseCause.PEER_UNBOUND);
                    // Its place is free for the next bind at once.
                    tellEnd(CloseCause.PEER_UNBOUND);
                }
            }
            case CommandId.SUBMIT_SM,
                    CommandId.DATA_SM,
                    CommandId.SUBMIT_MULTI,
                    CommandId.QUERY_SM,
                    CommandId.CANCEL_SM,
                    CommandId.REPLACE_SM -> {
                liveness.active(connection.receivedNs());
                requests.onRequest(
                        commandId, sequence, buffer, offset, length, state == State.BOUND && bindType.submits());
            }
            case CommandId.BROADCAST_SM, CommandId.QUERY_BROADCAST_SM, CommandId.CANCEL_BROADCAST_SM ->
                requests.refuseBroadcast(commandId, sequence, state == State.BOUND);
            default -> connection.refuseUnknown(commandId, sequence);
        }
    }

    private void onBind(
            final int commandId, final int sequence, final ByteBuf buffer, final int offset, final int length) {
        if (state != State.OPEN) {
            counters.wrongState++;
            connection.refuse(
                    commandId,
                    state == State.LINGERING ? CommandStatus.ESME_RBINDFAIL : CommandStatus.ESME_RALYBND,
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

    private void onAnswer(
            final int commandId,
            final int status,
            final int sequence,
            final ByteBuf buffer,
            final int offset,
            final int length) {
        if (commandId == CommandId.GENERIC_NACK) {
            counters.genericNacksIn++;
            liveness.onAnswer();
        }
        if (deliveries.onAnswer(commandId, status, sequence, buffer, offset, length)) {
            liveness.active(connection.receivedNs());
        }
    }
}
