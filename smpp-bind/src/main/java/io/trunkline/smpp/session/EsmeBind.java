package io.trunkline.smpp.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.trunkline.smpp.codec.BindRespDecoder;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.SmeAddress;

/**
 * A supervised bind to an MC: connects, binds, keeps alive, comes back after any end until it is disabled. Everything of a
 * bind happens on its event loop; its owner calls {@link #onTick} there, every 10 ms or so. Nothing is allocated per
 * message.
 *
 * <pre>
 *   DISABLED -> WAITING -> CONNECTING -> BINDING -> BOUND -> DRAINING -> UNBINDING -> CLOSING -> DISABLED
 *                  ^            |           |         |         |            |           |
 *                  +------------+-----------+---------+---------+------------+-----------+  (unless disabled)
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // How a close or a write ended, the channel's own events tell.
public final class EsmeBind {
    private final String name;
    private final EsmeSettings settings;
    private final EsmeContext context;
    private final EsmeListener listener;
    private final EsmeConnector connector;
    private final SessionCounters counters = new SessionCounters();
    private final Backoff backoff;
    private final SubmitWindow window;
    private final EsmePace pace;
    private EsmeState state = EsmeState.DISABLED;
    private EsmeSession session;
    private boolean enabled;
    private int epoch;
    private long deadlineNs;
    private long retryAtNs;
    private long boundAtNs;
    private boolean wasBound;
    private CloseCause cause;
    private int refusal;

    /** A bind that is disabled. The name is for people. */
    public EsmeBind(
            final String name, final EsmeSettings settings, final EsmeContext context, final EsmeListener listener) {
        this(name, settings, context, listener, new EsmeConnector(context, settings));
    }

    EsmeBind(
            final String name,
            final EsmeSettings settings,
            final EsmeContext context,
            final EsmeListener listener,
            final EsmeConnector connector) {
        this.name = name;
        this.settings = settings;
        this.context = context;
        this.listener = listener;
        this.connector = connector;
        final long nowNs = context.clock().nanoTime();
        backoff = new Backoff(settings.backoff(), context.random());
        window = new SubmitWindow(settings.window(), settings.lateWindow());
        pace = new EsmePace(settings, counters, nowNs);
    }

    public String name() {
        return name;
    }

    public EsmeSettings settings() {
        return settings;
    }

    public EsmeState state() {
        return state;
    }

    public SessionCounters counters() {
        return counters;
    }

    /** Requests that await their answer. */
    public int awaiting() {
        return window.awaiting();
    }

    /** The rate in force, milli-segments per second, or {@link TokenBucket#UNLIMITED}: below the settings' when slowed. */
    public long rateMillis() {
        return pace.limitMillis();
    }

    /** When the next attempt is due, while {@link EsmeState#WAITING}. */
    public long retryAtNs() {
        return retryAtNs;
    }

    /** Failed attempts in a row. */
    public int failures() {
        return backoff.failures();
    }

    /** Why the last connection or attempt ended; null before the first did. */
    public CloseCause lastCause() {
        return cause;
    }

    /** Connects and stays bound from now on. */
    public void enable() {
        enabled = true;
        if (state == EsmeState.DISABLED) {
            state = EsmeState.WAITING;
            retryAtNs = context.clock().nanoTime();
        }
    }

    /** Submits nothing more, awaits the answers for as long as the settings say, unbinds, closes, and stays away. */
    public void disable() {
        enabled = false;
        switch (state) {
            case WAITING -> state = EsmeState.DISABLED;
            case CONNECTING, BINDING -> end(CloseCause.DISABLED, 0);
            case BOUND -> startDrain(CloseCause.DISABLED);
            default -> {
                // On its way there already.
            }
        }
    }

    /** Disabled, and no connection is left. */
    public boolean stopped() {
        return state == EsmeState.DISABLED;
    }

    /** Whether {@link #submit} may be called now. */
    public boolean canSubmit(final long nowNs) {
        return state == EsmeState.BOUND
                && settings.bindType().submits()
                && window.hasRoom()
                && pace.ready(nowNs)
                && session.writable();
    }

    /**
     * When pacing allows the next segment; {@code nowNs} where it does now. For owners that sleep: a window or an output
     * that is full opens with an event, not with time.
     */
    public long paceReadyAtNs(final long nowNs) {
        return pace.readyAtNs(nowNs);
    }

    /**
     * Sends a submit_sm of one segment; {@link #canSubmit} must hold.
     *
     * @param ticket comes back with the answer or the news that there is none
     * @return the sequence_number used
     */
    public int submit(final long ticket, final OutboundSm sm, final long nowNs) {
        return submit(ticket, sm, 1, nowNs);
    }

    /**
     * Sends a submit_sm that stands for several segments, as a long message_payload does: so many are paced.
     *
     * @param segments above 0
     */
    public int submit(final long ticket, final OutboundSm sm, final int segments, final long nowNs) {
        return session.submit(ticket, sm, false, segments, nowNs);
    }

    /** As {@link #submit}, as a data_sm. */
    public int submitData(final long ticket, final OutboundSm sm, final int segments, final long nowNs) {
        return session.submit(ticket, sm, true, segments, nowNs);
    }

    /**
     * Asks what became of a message; takes room in the window but is not paced. {@link #canSubmit} must hold.
     *
     * @param source the source address that the message was submitted with
     * @return the sequence_number used
     */
    public int query(final long ticket, final CharSequence messageId, final SmeAddress source, final long nowNs) {
        return session.query(ticket, messageId, source, nowNs);
    }

    /**
     * Answers a deliver_sm or data_sm whose answer was deferred.
     *
     * @param exchange as given to {@link EsmeListener#onDeliver}
     * @return false where its connection is gone: the MC will send it again
     */
    public boolean answerDeliver(final long exchange, final int status) {
        if (session == null || (int) (exchange >>> 33) != epoch || !session.answerDeliver(exchange, status)) {
            counters.answersDropped++;
            return false;
        }
        return true;
    }

    /** Time passes: timeouts, keep-alive, recovery, the next attempt. */
    public void onTick(final long nowNs) {
        switch (state) {
            case DISABLED, CLOSING -> {
                // Nothing to wait for; a connection that lingers closes by itself.
            }
            case WAITING -> tryConnect(nowNs);
            case CONNECTING -> {
                if (nowNs - deadlineNs >= 0) {
                    onConnectTimeout();
                }
            }
            case BINDING -> {
                session.onTick(nowNs);
                if (state == EsmeState.BINDING && nowNs - deadlineNs >= 0) {
                    end(CloseCause.BIND_TIMEOUT, 0);
                }
            }
            case BOUND -> {
                pace.onTick(nowNs);
                session.onTick(nowNs);
            }
            case DRAINING -> {
                session.onTick(nowNs);
                if (state == EsmeState.DRAINING && (session.drained() || nowNs - deadlineNs >= 0)) {
                    state = EsmeState.UNBINDING;
                    deadlineNs = nowNs + settings.timing().unbindNs();
                    session.unbind();
                }
            }
            case UNBINDING -> {
                session.onTick(nowNs);
                if (state == EsmeState.UNBINDING && nowNs - deadlineNs >= 0) {
                    end(cause, 0);
                }
            }
        }
    }

    private void tryConnect(final long nowNs) {
        if (settings.awaitsOutbind()
                || nowNs - retryAtNs < 0
                || !context.connects().ready(nowNs)) {
            return;
        }
        context.connects().take(1, nowNs);
        state = EsmeState.CONNECTING;
        deadlineNs = nowNs + settings.timing().connectNs();
        cause = null;
        refusal = 0;
        connector.connect(this);
    }

    private void onConnectTimeout() {
        if (session != null) {
            // Connected, but TLS is not up.
            end(CloseCause.TLS_FAILED, 0);
        } else {
            connector.cancel();
            onConnectFailed();
        }
    }

    /** The connector failed. */
    void onConnectFailed() {
        if (state != EsmeState.CONNECTING) {
            return;
        }
        counters.connectFailures++;
        cause = CloseCause.CONNECT_FAILED;
        rest(Backoff.Failure.ORDINARY);
        listener.onUnbound(this, CloseCause.CONNECT_FAILED, 0);
    }

    /** The connector connected. */
    void onConnected(final Channel channel) {
        if (state != EsmeState.CONNECTING) {
            channel.close();
            return;
        }
        attach(channel);
    }

    /** An MC connected and sent an outbind that is ours: takes its connection over; false where we have one already. */
    boolean onOutbind(final Channel channel) {
        if (state != EsmeState.WAITING) {
            return false;
        }
        state = EsmeState.CONNECTING;
        deadlineNs = context.clock().nanoTime() + settings.timing().connectNs();
        cause = null;
        refusal = 0;
        attach(channel);
        return true;
    }

    private void attach(final Channel channel) {
        counters.connects++;
        epoch = (epoch + 1) & 0x3FFF_FFFF;
        wasBound = false;
        session = new EsmeSession(this, channel, context.outputs().open(channel));
        if (settings.tls() != null && channel.pipeline().get(SslHandler.class) == null) {
            channel.pipeline().addLast(settings.tls().toServer(channel, settings.host(), settings.port()));
        }
        channel.pipeline().addLast(session.connection());
    }

    /** The connection may be used. */
    void onReady() {
        if (state == EsmeState.CONNECTING) {
            state = EsmeState.BINDING;
            deadlineNs = context.clock().nanoTime() + settings.timing().bindNs();
            session.bind();
        }
    }

    /** The MC answered the bind. */
    void onBindAnswered(final int status, final BindRespDecoder answer) {
        if (state != EsmeState.BINDING) {
            return;
        }
        if (status != CommandStatus.ESME_ROK) {
            counters.bindRefusals++;
            end(CloseCause.BIND_REFUSED, status);
            return;
        }
        counters.binds++;
        wasBound = true;
        boundAtNs = context.clock().nanoTime();
        state = EsmeState.BOUND;
        listener.onBound(this, answer);
    }

    void startDrain(final CloseCause why) {
        cause = why;
        state = EsmeState.DRAINING;
        deadlineNs = context.clock().nanoTime() + settings.timing().drainNs();
    }

    /** Ends the connection in order: what is written leaves first. */
    void end(final CloseCause why, final int status) {
        cause = why;
        refusal = status;
        if (session == null) {
            connector.cancel();
            onGone(why);
            return;
        }
        state = EsmeState.CLOSING;
        session.connection().close(why);
    }

    /** The connection is gone, or the attempt was given up. */
    void onGone(final CloseCause seen) {
        final CloseCause why =
                cause == null || seen == CloseCause.SLOW_READER || seen == CloseCause.DEAD_PEER ? seen : cause;
        final int status = refusal;
        cause = why;
        session = null;
        state = EsmeState.CLOSING;
        while (window.pollOldest()) {
            counters.unanswered++;
            listener.onUnanswered(this, window.ticket(), why);
        }
        window.reset();
        if (wasBound) {
            counters.drops++;
            backoff.onHeld(context.clock().nanoTime() - boundAtNs);
            wasBound = false;
        }
        rest(failureOf(status));
        listener.onUnbound(this, why, status);
    }

    private void rest(final Backoff.Failure failure) {
        if (!enabled) {
            state = EsmeState.DISABLED;
            return;
        }
        state = EsmeState.WAITING;
        retryAtNs = context.clock().nanoTime() + backoff.onFailure(failure);
    }

    private static Backoff.Failure failureOf(final int status) {
        return switch (status) {
            case CommandStatus.ESME_RALYBND -> Backoff.Failure.ALREADY_BOUND;
            case CommandStatus.ESME_RBINDFAIL, CommandStatus.ESME_RINVPASWD, CommandStatus.ESME_RINVSYSID ->
                Backoff.Failure.CREDENTIALS;
            default -> Backoff.Failure.ORDINARY;
        };
    }

    void onPressure(final int status, final int congestionState, final long nowNs) {
        pace.onPressure(status, congestionState, nowNs);
    }

    /** Writes a request and notes it. */
    int send(
            final ByteBuf out,
            final int sequence,
            final long ticket,
            final OutboundSm sm,
            final boolean dataSm,
            final int segments,
            final long nowNs) {
        final int start = out.writerIndex();
        boolean whole = false;
        try {
            if (dataSm) {
                PduEncoder.dataSm(out, sequence, sm);
            } else {
                PduEncoder.submitSm(out, sequence, sm);
            }
            whole = true;
        } finally {
            if (!whole) {
                // Half a PDU would put the whole stream out of step.
                out.writerIndex(start);
            }
        }
        window.sent(sequence, ticket, nowNs);
        pace.sent(segments, nowNs);
        counters.requestsSent++;
        return sequence;
    }

    EsmeContext context() {
        return context;
    }

    EsmeListener listener() {
        return listener;
    }

    SubmitWindow window() {
        return window;
    }

    int epoch() {
        return epoch;
    }
}
