package io.trunkline.perf.system;

import io.trunkline.perf.prove.DaemonSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jsmpp.bean.Alphabet;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;

/** jSMPP as an SMPP client of the daemon. */
final class JsmppEsme {
    private JsmppEsme() {}

    /** Binds a session, which has its listeners by now, as a tenant. */
    static SMPPSession bind(
            final SMPPSession session, final DaemonSetup setup, final BindType type, final String tenant)
            throws IOException {
        session.connectAndBind(
                "127.0.0.1",
                setup.smppPort(),
                new BindParameter(
                        type,
                        tenant,
                        DaemonSetup.SECRET,
                        "",
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        null));
        return session;
    }

    /** Submits a text; a sender of digits is an international number, another one a name. */
    static void submit(
            final SMPPSession session,
            final String from,
            final String to,
            final SMSCDeliveryReceipt receipt,
            final String text)
            throws Exception {
        final boolean number = Character.isDigit(from.charAt(0));
        session.submitShortMessage(
                "",
                number ? TypeOfNumber.INTERNATIONAL : TypeOfNumber.ALPHANUMERIC,
                number ? NumberingPlanIndicator.ISDN : NumberingPlanIndicator.UNKNOWN,
                from,
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                to,
                new ESMClass(),
                (byte) 0,
                (byte) 0,
                null,
                null,
                new RegisteredDelivery(receipt),
                (byte) 0,
                new GeneralDataCoding(Alphabet.ALPHA_DEFAULT),
                (byte) 0,
                text.getBytes(StandardCharsets.US_ASCII));
    }
}
