package io.trunkline.gateway.upstream.smpp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataCoding;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;

/** An SMPP client that someone else wrote. */
final class JsmppEsme implements AutoCloseable {
    final SMPPSession session;
    final LinkedBlockingQueue<DeliverSm> delivered = new LinkedBlockingQueue<>();
    /** command_status of the answer to a delivery. */
    volatile ToIntFunction<DeliverSm> answer = sm -> 0;

    JsmppEsme(final int port, final BindType type, final String systemId, final String password) throws IOException {
        this(new SMPPSession(), port, type, systemId, password);
    }

    JsmppEsme(
            final SMPPSession session,
            final int port,
            final BindType type,
            final String systemId,
            final String password)
            throws IOException {
        this.session = session;
        session.setTransactionTimer(10_000);
        session.setMessageReceiverListener(new Receiver());
        session.connectAndBind(
                "127.0.0.1",
                port,
                new BindParameter(
                        type, systemId, password, "", TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, null));
    }

    static JsmppEsme transceiver(final SmppRig rig) throws IOException {
        return new JsmppEsme(rig.port(), BindType.BIND_TRX, "acme", "secret");
    }

    /** Submits a text in GSM 03.38 and gives back the message id. */
    String submit(final String text, final int registeredDelivery) throws Exception {
        return submit("491701234567", text.getBytes(StandardCharsets.US_ASCII), 0, 0, registeredDelivery, "", "");
    }

    String submit(
            final String to,
            final byte[] body,
            final int dataCoding,
            final int esmClass,
            final int registeredDelivery,
            final String schedule,
            final String validity,
            final OptionalParameter... tlvs)
            throws Exception {
        final DataCoding coding = DataCodings.newInstance((byte) dataCoding);
        return session.submitShortMessage(
                        "",
                        TypeOfNumber.ALPHANUMERIC,
                        NumberingPlanIndicator.UNKNOWN,
                        "Trunkline",
                        TypeOfNumber.INTERNATIONAL,
                        NumberingPlanIndicator.ISDN,
                        to,
                        new ESMClass(esmClass),
                        (byte) 0,
                        (byte) 1,
                        schedule,
                        validity,
                        new RegisteredDelivery(registeredDelivery),
                        (byte) 0,
                        coding,
                        (byte) 0,
                        body,
                        tlvs)
                .getMessageId();
    }

    /** The next delivery. */
    DeliverSm next() throws InterruptedException {
        final DeliverSm sm = delivered.poll(10, TimeUnit.SECONDS);
        if (sm == null) {
            throw new AssertionError("nothing was delivered");
        }
        return sm;
    }

    @Override
    public void close() {
        unbind();
    }

    void unbind() {
        session.unbindAndClose();
    }

    private final class Receiver implements MessageReceiverListener {
        @Override
        public void onAcceptDeliverSm(final DeliverSm sm) throws ProcessRequestException {
            delivered.add(sm);
            final int status = answer.applyAsInt(sm);
            if (status != 0) {
                throw new ProcessRequestException("as the test says", status);
            }
        }

        @Override
        public void onAcceptAlertNotification(final AlertNotification alert) {
            // None is sent.
        }

        @Override
        public DataSmResult onAcceptDataSm(final DataSm sm, final Session source) throws ProcessRequestException {
            throw new ProcessRequestException("none is sent", 0x03);
        }
    }
}
