package io.trunkline.smpp.jsmpp;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.MessageState;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnectionFactory;
import org.jsmpp.util.MessageId;

/** A carrier's message centre as jSMPP makes it: an independent peer for the ESME side. */
final class JsmppMc implements ServerMessageReceiverListener, AutoCloseable {
    private static final int GIVE_UP_MS = 5_000;

    final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
    final List<BindRequest> binds = new CopyOnWriteArrayList<>();
    final List<SubmitSm> submits = new CopyOnWriteArrayList<>();
    final AtomicInteger nextId = new AtomicInteger();
    /** Status for the next submit_sm; 0: take it. */
    volatile int refuseWith;
    /** Status for the next binds; 0: take them. */
    volatile int refuseBindWith;

    private final SMPPServerSessionListener listener;
    private volatile boolean open = true;

    JsmppMc() throws IOException {
        this(new ServerSocketConnectionFactory());
    }

    JsmppMc(final ServerConnectionFactory factory) throws IOException {
        listener = new SMPPServerSessionListener(freePort(), factory);
        listener.setMessageReceiverListener(this);
        final Thread acceptor = new Thread(this::acceptAll, "jsmpp-mc");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    int port() {
        return listener.getPort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void acceptAll() {
        while (open) {
            try {
                final SMPPServerSession session = listener.accept();
                final BindRequest bind = session.waitForBind(GIVE_UP_MS);
                binds.add(bind);
                if (refuseBindWith == 0) {
                    bind.accept("jsmpp");
                    sessions.add(session);
                } else {
                    bind.reject(refuseBindWith);
                }
            } catch (final IOException | TimeoutException | PDUStringException e) {
                // Closed, or a client that went away: the next one.
            }
        }
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(final SubmitSm sm, final SMPPServerSession source)
            throws ProcessRequestException {
        submits.add(sm);
        if (refuseWith != 0) {
            throw new ProcessRequestException("refused", refuseWith);
        }
        try {
            return new SubmitSmResult(new MessageId("id-" + nextId.incrementAndGet()), new OptionalParameter[0]);
        } catch (final PDUStringException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public DataSmResult onAcceptDataSm(final DataSm sm, final Session source) throws ProcessRequestException {
        try {
            return new DataSmResult(new MessageId("data-1"), new OptionalParameter[0]);
        } catch (final PDUStringException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(final SubmitMulti sm, final SMPPServerSession source)
            throws ProcessRequestException {
        throw new ProcessRequestException("no", 8);
    }

    @Override
    public QuerySmResult onAcceptQuerySm(final QuerySm sm, final SMPPServerSession source) {
        return new QuerySmResult("000000000000000R", MessageState.ENROUTE, (byte) 0);
    }

    @Override
    public void onAcceptReplaceSm(final ReplaceSm sm, final SMPPServerSession source) {}

    @Override
    public void onAcceptCancelSm(final CancelSm sm, final SMPPServerSession source) {}

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(final BroadcastSm sm, final SMPPServerSession source)
            throws ProcessRequestException {
        throw new ProcessRequestException("no", 8);
    }

    @Override
    public void onAcceptCancelBroadcastSm(final CancelBroadcastSm sm, final SMPPServerSession source)
            throws ProcessRequestException {
        throw new ProcessRequestException("no", 8);
    }

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(final QueryBroadcastSm sm, final SMPPServerSession source)
            throws ProcessRequestException {
        throw new ProcessRequestException("no", 8);
    }

    @Override
    public void close() throws IOException {
        open = false;
        sessions.forEach(SMPPServerSession::close);
        listener.close();
    }
}
