package io.trunkline.sip.transaction;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.ResponseWriter;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A transaction user that writes down what it is told, and answers with what the test set. */
class TestUser implements TransactionUser {
    final List<String> heard = new ArrayList<>();
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8192]);
    private final OctetWriter out = new OctetWriter();
    private final MessageWriter writer = new MessageWriter(out);
    TransactionLayer layer;
    /** Status to answer requests with at once; 0 for none. */
    int answer = 200;

    /** Whether requests are refused with 503 before they have a transaction. */
    boolean refuses;

    ServerTransaction lastServer;
    UnsafeBuffer lastAnswer = new UnsafeBuffer(new byte[0]);
    byte[] lastRequest = {};
    int length;
    private String branch = "";
    private int requests;

    /** Sends a request over a new transaction; null at the limit. */
    ClientTransaction request(final SipMethod method, final Hop to) {
        final ClientTransaction transaction = layer.newClient(method, to);
        if (transaction != null) {
            length = write(transaction, method);
            transaction.send(buffer, 0, length);
        }
        return transaction;
    }

    int write(final ClientTransaction transaction, final SipMethod method) {
        requests++;
        out.wrap(buffer, 0, buffer.capacity());
        writer.requestLine(method, "sip:b@example.com");
        writer.start(HeaderName.VIA).ascii("SIP/2.0/UDP uac.example.com;rport;branch=");
        transaction.writeBranch(out);
        writer.endLine()
                .header(HeaderName.FROM, "<sip:a@example.com>;tag=f" + requests)
                .header(HeaderName.TO, "<sip:b@example.com>")
                .header(HeaderName.CALL_ID, "call" + requests)
                .cseq(requests, method)
                .header(HeaderName.MAX_FORWARDS, 70)
                .end();
        branch = Octets.text(buffer, Messages.index(copy()).branch());
        return out.length();
    }

    /** Branch of the last request. */
    String branch() {
        return branch;
    }

    private byte[] copy() {
        final byte[] copy = new byte[out.length()];
        buffer.getBytes(0, copy);
        return copy;
    }

    void respond(final ServerTransaction transaction, final SipMessage request, final int status) {
        out.wrap(buffer, 0, buffer.capacity());
        ResponseWriter.start(request, status, "Reason", "tag" + status, transaction.peer(), writer);
        writer.end();
        lastAnswer = new UnsafeBuffer(copy());
        transaction.respond(status, buffer, 0, out.length());
    }

    @Override
    public boolean admits(final SipMessage request, final Hop source) {
        if (refuses) {
            layer.refuse(request, source, 503, "Service Unavailable", HeaderName.RETRY_AFTER, "1");
        }
        return !refuses;
    }

    @Override
    public void onRequest(final ServerTransaction transaction, final SipMessage request) {
        heard.add(request.method().name());
        lastServer = transaction;
        lastRequest = new byte[request.length()];
        request.buffer().getBytes(0, lastRequest);
        if (answer != 0) {
            respond(transaction, request, answer);
        }
    }

    @Override
    public void onCancel(final ServerTransaction cancel, final ServerTransaction invite, final SipMessage request) {
        heard.add("CANCEL " + (invite != null));
        respond(cancel, request, invite == null ? 481 : 200);
    }

    @Override
    public void onAck(final ServerTransaction invite, final SipMessage ack, final Hop source) {
        heard.add("ACK " + (invite != null));
    }

    @Override
    public void onResponse(final ClientTransaction transaction, final SipMessage response) {
        heard.add(response.status() + " " + response.method());
    }

    @Override
    public void onStrayResponse(final SipMessage response, final Hop source) {
        heard.add("stray " + response.status());
    }

    @Override
    public void onEnded(final ClientTransaction transaction, final TransactionEnd end) {
        heard.add("client " + end);
    }

    @Override
    public void onEnded(final ServerTransaction transaction, final TransactionEnd end) {
        heard.add("server " + end);
    }
}
