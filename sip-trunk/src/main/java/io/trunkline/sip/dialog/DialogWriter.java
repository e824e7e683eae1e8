package io.trunkline.sip.dialog;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ClientTransaction;

/** Starts requests within a dialog (RFC 3261 §12.2.1.1): request line, Via, Max-Forwards, routes, From, To, Call-ID, CSeq. */
public final class DialogWriter {
    private static final int MAX_FORWARDS = 70;
    private static final byte[] COOKIE = Octets.ascii("z9hG4bK");

    private final MessageWriter writer;

    /** Writes by this writer; the caller appends its own headers and ends the message. */
    public DialogWriter(final MessageWriter writer) {
        this.writer = writer;
    }

    /** Starts a request that gets a transaction. */
    public void start(
            final Dialog dialog,
            final SipMethod method,
            final long cseq,
            final int maxForwards,
            final ClientTransaction transaction) {
        requestLine(dialog, method);
        dialog.end().writeVia(writer.start(HeaderName.VIA));
        transaction.writeBranch(writer.out());
        writer.endLine();
        rest(dialog, method, cseq, maxForwards);
    }

    /** Starts the ACK to a 2xx, which is a transaction by itself (§13.2.2.4). */
    public void startAck(final Dialog dialog, final long cseq, final long branch) {
        requestLine(dialog, SipMethod.ACK);
        dialog.end().writeVia(writer.start(HeaderName.VIA));
        writer.out().octets(COOKIE).hex(branch);
        writer.endLine();
        rest(dialog, SipMethod.ACK, cseq, MAX_FORWARDS);
    }

    /** A strict router wants its own URI in the request line, and the target as the last route. */
    private void requestLine(final Dialog dialog, final SipMethod method) {
        writer.requestLine(method, dialog.buffer(), dialog.strictRoute ? dialog.firstRouteUri : dialog.target);
    }

    private void rest(final Dialog dialog, final SipMethod method, final long cseq, final int maxForwards) {
        final OctetWriter out = writer.out();
        writer.header(HeaderName.MAX_FORWARDS, maxForwards);
        if (dialog.strictRoute) {
            final int second = Range.end(dialog.firstRoute);
            out.copy(dialog.buffer(), second, Range.end(dialog.routes) - second);
            writer.start(HeaderName.ROUTE)
                    .octet('<')
                    .copy(dialog.buffer(), dialog.target)
                    .octet('>');
            writer.endLine();
        } else {
            out.copy(dialog.buffer(), dialog.routes);
        }
        writer.start(HeaderName.FROM).copy(dialog.buffer(), dialog.local);
        writer.endLine();
        writer.start(HeaderName.TO).copy(dialog.buffer(), dialog.remote);
        writer.endLine();
        writer.start(HeaderName.CALL_ID).copy(dialog.buffer(), dialog.callId);
        writer.endLine();
        writer.cseq(cseq, method);
    }
}
