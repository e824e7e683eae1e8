package io.trunkline.perf.system;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.Alphabet;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliveryReceipt;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.MessageMode;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
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
import org.jsmpp.util.DeliveryReceiptState;
import org.jsmpp.util.MessageId;

/** A carrier made with jSMPP: takes submits and sends a receipt with success for each. */
final class JsmppCentre implements ServerMessageReceiverListener, AutoCloseable {
    private static final int BIND_WITHIN_MS = 5_000;
    private static final int RECEIPT_AFTER_MS = 100;
    private static final int SYSTEM_ERROR = 8;

    private final SMPPServerSessionListener listener;
    private final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<SubmitSm> submits = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final ScheduledExecutorService receipts = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean open = true;

    JsmppCentre() throws IOException {
        listener = new SMPPServerSessionListener(freePort());
        listener.setMessageReceiverListener(this);
        final Thread acceptor = new Thread(this::acceptAll, "jsmpp-centre");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return listener.getPort();
    }

    List<String> texts() {
        return texts;
    }

    /** All that came. */
    List<SubmitSm> submits() {
        return submits;
    }

    private void acceptAll() {
        while (open) {
            try {
                final SMPPServerSession session = listener.accept();
                session.waitForBind(BIND_WITHIN_MS).accept("jsmpp");
                sessions.add(session);
            } catch (final IOException | TimeoutException | PDUStringException e) {
                // Closed, or a client that went away: the next one.
            }
        }
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(final SubmitSm message, final SMPPServerSession source)
            throws ProcessRequestException {
        submits.add(message);
        texts.add(new String(message.getShortMessage(), StandardCharsets.ISO_8859_1));
        final String id = Integer.toString(1000 + ids.incrementAndGet());
        final ScheduledFuture<?> unused =
                receipts.schedule(() -> receipt(source, message, id), RECEIPT_AFTER_MS, TimeUnit.MILLISECONDS);
        try {
            return new SubmitSmResult(new MessageId(id), new OptionalParameter[0]);
        } catch (final PDUStringException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("JavaUtilDate") // What jSMPP takes.
    private static void receipt(final SMPPServerSession session, final SubmitSm message, final String id) {
        final DeliveryReceipt receipt =
                new DeliveryReceipt(id, 1, 1, new Date(), new Date(), DeliveryReceiptState.DELIVRD, "000", "");
        try {
            session.deliverShortMessage(
                    "",
                    TypeOfNumber.INTERNATIONAL,
                    NumberingPlanIndicator.ISDN,
                    message.getDestAddress(),
                    TypeOfNumber.INTERNATIONAL,
                    NumberingPlanIndicator.ISDN,
                    message.getSourceAddr(),
                    new ESMClass(MessageMode.DEFAULT, MessageType.SMSC_DEL_RECEIPT, GSMSpecificFeature.DEFAULT),
                    (byte) 0,
                    (byte) 0,
                    new RegisteredDelivery(0),
                    new GeneralDataCoding(Alphabet.ALPHA_DEFAULT),
                    receipt.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (final PDUException
                | ResponseTimeoutException
                | InvalidResponseException
                | NegativeResponseException
                | IOException e) {
            throw new IllegalStateException("the receipt of " + id + " was not taken", e);
        }
    }

    @Override
    public DataSmResult onAcceptDataSm(final DataSm message, final Session source) throws ProcessRequestException {
        throw new ProcessRequestException("not here", SYSTEM_ERROR);
    }

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(final SubmitMulti message, final SMPPServerSession source)
            throws ProcessRequestException {
        throw new ProcessRequestException("not here", SYSTEM_ERROR);
    }

    @Override
    public QuerySmResult onAcceptQuerySm(final QuerySm query, final SMPPServerSession source)
            throws ProcessRequestException {
        throw new ProcessRequestException("not here", SYSTEM_ERROR);
    }

    @Override
    public void onAcceptReplaceSm(final ReplaceSm replace, final SMPPServerSession source)
            throws ProcessRequestException {
        throw new ProcessRequestException("not here", SYSTEM_ERROR);
    }

    @Override
    public void onAcceptCancelSm(final CancelSm cancel, final SMPPServerSession source) throws ProcessRequestException {
        throw new ProcessRequestException("not here", SYSTEM_ERROR);
    }

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(final BroadcastSm broadcast, final SMPPServerSession source)
            throws ProcessRequestException {
        throw new ProcessRequestException("not here", SYSTEM_ERROR);
    }

    @Override
    public void onAcceptCancelBroadcastSm(final CancelBroadcastSm cancel, final SMPPServerSession source)
            throws ProcessRequestException {
        throw new ProcessRequestException("not here", SYSTEM_ERROR);
    }

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(final QueryBroadcastSm query, final SMPPServerSession source)
            throws ProcessRequestException {
        throw new ProcessRequestException("not here", SYSTEM_ERROR);
    }

    @Override
    public void close() throws IOException {
        open = false;
        receipts.shutdownNow();
        sessions.forEach(SMPPServerSession::close);
        listener.close();
    }
}
