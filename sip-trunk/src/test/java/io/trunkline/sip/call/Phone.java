package io.trunkline.sip.call;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.ServerTransaction;
import io.trunkline.sip.transaction.TransactionEnd;
import io.trunkline.sip.transaction.TransactionLayer;
import io.trunkline.sip.transaction.TransactionUser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** A plain user agent of the tests: written as text, without anything of the package under test. */
final class Phone implements TransactionUser {
    static final String OFFER = "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\n";
    static final String ANSWER = "v=0\r\no=- 2 1 IN IP4 192.0.2.10\r\n";

    private static final long T1_MS = 500;
    private static final long T2_MS = 4_000;
    private static final long GIVE_UP_MS = 32_000;

    /** One dialog of the phone's, or one to be. */
    final class Line {
        final String callId;
        final String localTag;
        String local;
        String remote;
        String remoteTag = "";
        String target;
        long cseq;
        long inviteCseq;
        /** Of the INVITE that it answered last: the next one may overtake its ACK. */
        long answerCseq;

        Hop hop;
        ServerTransaction serverInvite;
        ClientTransaction clientInvite;
        /** The INVITE as it came, Via to CSeq, for responses. */
        String head = "";

        boolean answered;
        boolean acked;
        boolean established;
        boolean over;
        /** It hung up before its answer was acknowledged, and so does not wait for that any more. */
        boolean leftUnacked;

        boolean offered;
        /** Whether its last INVITE had no offer, so that its ACK brings an answer. */
        boolean wantsOffer;

        long byesReceived;
        int finals;
        final List<String> heard = new ArrayList<>();

        Line(final String callId) {
            this.callId = callId;
            localTag = "t" + Long.toHexString(network.random.nextLong());
        }

        /** Sends a request within the early dialog of a provisional response. */
        void early(final SipMessage response, final SipMethod method, final String headers, final String body) {
            final String[] dialog = {remote, remoteTag, target};
            remote = withoutTag(header(response, HeaderName.TO));
            remoteTag = text(response, response.toTag());
            target = uri(header(response, HeaderName.CONTACT));
            request(method, headers, body);
            remote = dialog[0];
            remoteTag = dialog[1];
            target = dialog[2];
        }

        /** Sends a request within the dialog; null where there is no room for its transaction. */
        ClientTransaction request(final SipMethod method, final String headers, final String body) {
            cseq++;
            final ClientTransaction transaction = layer.newClient(method, hop);
            if (transaction == null) {
                return null;
            }
            transaction.attach(this);
            final String text = start(method, target, branch(transaction), cseq) + headers + end(body);
            final UnsafeBuffer buffer = buffer(text);
            transaction.send(buffer, 0, buffer.capacity());
            return transaction;
        }

        /** Takes the other side of the dialog from a response, as for an early one. */
        void adopt(final CallNetwork.Sent response) {
            final String to = response.header("To");
            remoteTag = to.substring(to.indexOf(";tag=") + 5);
            remote = withoutTag(to);
            target = uri(response.header("Contact"));
        }

        void ack(final long number, final String body) {
            final String text =
                    start(SipMethod.ACK, target, "z9hG4bK" + Long.toHexString(network.random.nextLong()), number)
                            + (body.isEmpty() ? "" : SDP)
                            + end(body);
            final UnsafeBuffer buffer = buffer(text);
            network.send(port, hop, buffer, 0, buffer.capacity());
        }

        void bye() {
            if (!over) {
                over = true;
                leftUnacked = answered && !acked;
                request(SipMethod.BYE, "", "");
            }
        }

        private String start(final SipMethod method, final String uri, final String branch, final long number) {
            return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:" + port + ";rport;branch=" + branch
                    + viaParameters + "\r\nMax-Forwards: 70\r\nFrom: " + local + ";tag=" + localTag + "\r\nTo: "
                    + remote
                    + (remoteTag.isEmpty() ? "" : ";tag=" + remoteTag) + "\r\nCall-ID: " + callId + "\r\nCSeq: "
                    + number
                    + " " + method + "\r\nContact: <sip:" + name + "@192.0.2.1:" + port + contactParameters + ">\r\n";
        }

        /** Answers the INVITE. */
        void respond(final int status, final String headers, final String body) {
            respond(serverInvite, head, localTag, status, headers, body);
        }

        void respond(
                final ServerTransaction transaction,
                final String requestHead,
                final String tag,
                final int status,
                final String headers,
                final String body) {
            final String contact = status > 100 && status < 300
                    ? "Contact: <sip:" + name + "@192.0.2.1:" + port + contactParameters + ">\r\n"
                    : "";
            final UnsafeBuffer buffer = buffer("SIP/2.0 " + status + " X\r\n"
                    + requestHead.replace("%tag", ";tag=" + tag) + contact + headers + end(body));
            transaction.respond(status, buffer, 0, buffer.capacity());
        }

        /** Answers with 200 and repeats it until the ACK comes, or hangs up in the end. */
        void answer(final String headers, final String body) {
            if (answered || over) {
                return;
            }
            answered = true;
            established = true;
            acked = false;
            answerCseq = inviteCseq;
            final ServerTransaction transaction = serverInvite;
            final String forHead = head;
            repeat(transaction, forHead, headers, body, T1_MS, network.time() + GIVE_UP_MS);
        }

        private void repeat(
                final ServerTransaction transaction,
                final String forHead,
                final String headers,
                final String body,
                final long interval,
                final long untilMs) {
            if (acked) {
                return;
            }
            if (network.time() >= untilMs) {
                bye();
                return;
            }
            if (transaction == serverInvite) {
                respond(transaction, forHead, localTag, 200, headers, body);
            }
            network.after(
                    interval,
                    () -> repeat(transaction, forHead, headers, body, Math.min(interval * 2, T2_MS), untilMs));
        }
    }

    final String name;
    final int port;
    final List<Line> lines = new ArrayList<>();
    private final CallNetwork network;
    final TransactionLayer layer;
    /** What it does with an INVITE that comes. */
    BiConsumer<Line, SipMessage> onInvite = (line, invite) -> line.answer(SDP, ANSWER);

    /** What it does with a provisional response to its INVITE. */
    BiConsumer<Line, SipMessage> onProvisional = (line, response) -> {};

    static final String SDP = "Content-Type: application/sdp\r\n";
    /** Added to answers that it gives by itself, as to BYE and INFO. */
    int otherStatus = 200;

    String otherHeaders = "";
    String contactParameters = "";
    String viaParameters = "";
    boolean acksAnswers = true;
    /** Whether a CANCEL comes too late for it. */
    BooleanSupplier ignoresCancel = () -> false;

    String ackBody = "";

    /** A phone at the next end of a network. */
    Phone(final CallNetwork network, final String name, final int port) {
        this.network = network;
        this.name = name;
        this.port = port;
        layer = network.layer(this);
    }

    /** Calls somebody over an end. */
    Line invite(final int end, final String uri, final String headers, final String body) {
        final Line line = new Line("call-" + Long.toHexString(network.random.nextLong()));
        lines.add(line);
        line.local = "\"" + name + "\" <sip:" + name + "@phones.example>";
        line.remote = "<" + uri + ">";
        line.target = uri;
        line.hop = new CallNetwork.Address(end);
        line.cseq = network.random.nextInt(1_000);
        line.offered = !body.isEmpty();
        line.clientInvite = line.request(SipMethod.INVITE, headers, body);
        line.inviteCseq = line.cseq;
        return line;
    }

    private static String end(final String body) {
        return "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static UnsafeBuffer buffer(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String branch(final ClientTransaction transaction) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final OctetWriter out = new OctetWriter().wrap(buffer, 0, 64);
        transaction.writeBranch(out);
        return buffer.getStringWithoutLengthAscii(0, out.length());
    }

    static String text(final SipMessage message, final long range) {
        return Octets.text(message.buffer(), range);
    }

    static String header(final SipMessage message, final HeaderName header) {
        final int line = message.first(header);
        return line < 0 ? "" : text(message, message.value(line));
    }

    private static String uri(final String contact) {
        return contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'));
    }

    private static String withoutTag(final String address) {
        final int tag = address.indexOf(";tag=");
        return tag < 0 ? address : address.substring(0, tag);
    }

    private static String head(final SipMessage request) {
        final String to = header(request, HeaderName.TO);
        return "Via: " + header(request, HeaderName.VIA) + "\r\nFrom: " + header(request, HeaderName.FROM) + "\r\nTo: "
                + to + (to.contains(";tag=") ? "" : "%tag") + "\r\nCall-ID: " + text(request, request.callId())
                + "\r\nCSeq: " + header(request, HeaderName.CSEQ) + "\r\n";
    }

    Line lineOf(final SipMessage message, final boolean ours) {
        final String callId = text(message, message.callId());
        for (final Line line : lines) {
            if (line.callId.equals(callId) && (!ours || line.localTag.equals(text(message, message.toTag())))) {
                return line;
            }
        }
        return null;
    }

    /** The only line. */
    Line line() {
        if (lines.size() != 1) {
            throw new AssertionError(name + " has " + lines.size() + " lines");
        }
        return lines.get(0);
    }

    @Override
    public void onRequest(final ServerTransaction transaction, final SipMessage request) {
        if (request.method() == SipMethod.INVITE && request.toTag() == Range.NONE) {
            final Line line = new Line(text(request, request.callId()));
            lines.add(line);
            line.local = header(request, HeaderName.TO);
            line.remote = withoutTag(header(request, HeaderName.FROM));
            line.remoteTag = text(request, request.fromTag());
            line.target = uri(header(request, HeaderName.CONTACT));
            line.hop = transaction.hop();
            line.cseq = network.random.nextInt(1_000);
            ring(line, transaction, request);
            return;
        }
        final Line line = lineOf(request, true);
        if (line == null || (line.over && request.method() != SipMethod.BYE)) {
            new Line("").respond(transaction, head(request), "none", 481, "", "");
            return;
        }
        line.heard.add(request.method().name());
        if (request.method() == SipMethod.INVITE) {
            line.answered = false;
            ring(line, transaction, request);
            return;
        }
        if (request.method() == SipMethod.BYE) {
            line.over = true;
            line.byesReceived++;
        }
        line.respond(
                transaction,
                head(request),
                line.localTag,
                request.method() == SipMethod.BYE ? 200 : otherStatus,
                otherHeaders,
                "");
    }

    private void ring(final Line line, final ServerTransaction transaction, final SipMessage request) {
        line.serverInvite = transaction;
        line.head = head(request);
        line.inviteCseq = request.cseq();
        line.offered = Range.length(request.body()) > 0;
        transaction.attach(line);
        onInvite.accept(line, request);
    }

    @Override
    public void onCancel(final ServerTransaction cancel, final ServerTransaction invite, final SipMessage request) {
        final Line line = invite == null ? null : (Line) invite.attachment();
        if (line == null) {
            new Line("").respond(cancel, head(request), "none", 481, "", "");
            return;
        }
        line.heard.add("CANCEL");
        line.respond(cancel, head(request), line.localTag, 200, "", "");
        if (!line.answered && !ignoresCancel.getAsBoolean()) {
            line.over |= !line.established;
            // What it would have answered in a while is of no use any more.
            line.answered = true;
            line.respond(487, "", "");
        }
    }

    @Override
    public void onAck(final ServerTransaction invite, final SipMessage ack, final Hop source) {
        final Line line = lineOf(ack, true);
        if (line != null && ack.cseq() == line.answerCseq) {
            line.acked = true;
            line.heard.add(Range.length(ack.body()) > 0 ? "ACK+" : "ACK");
        }
    }

    @Override
    public void onResponse(final ClientTransaction transaction, final SipMessage response) {
        final Line line = (Line) transaction.attachment();
        if (transaction.method() == SipMethod.CANCEL) {
            return;
        }
        line.heard.add(response.status() + " " + response.method());
        if (response.method() != SipMethod.INVITE) {
            return;
        }
        if (response.status() < 200) {
            if (response.toTag() != Range.NONE) {
                onProvisional.accept(line, response);
            }
            return;
        }
        if (response.status() < 300) {
            if (!line.remoteTag.isEmpty() && !line.remoteTag.equals(text(response, response.toTag()))) {
                throw new AssertionError(name + " was answered twice: " + line.heard);
            }
            line.remoteTag = text(response, response.toTag());
            line.remote = withoutTag(header(response, HeaderName.TO));
            line.target = uri(header(response, HeaderName.CONTACT));
            line.established = true;
            if (acksAnswers) {
                line.ack(response.cseq(), line.wantsOffer ? ANSWER : ackBody);
                line.wantsOffer = false;
            }
        } else if (!line.established) {
            line.finals++;
            line.over = true;
        }
    }

    @Override
    public void onStrayResponse(final SipMessage response, final Hop source) {}

    @Override
    public void onEnded(final ClientTransaction transaction, final TransactionEnd end) {
        if (transaction.attachment() instanceof Line line) {
            line.clientInvite = line.clientInvite == transaction ? null : line.clientInvite;
            if (end == TransactionEnd.TIMEOUT && transaction.method() == SipMethod.INVITE && !line.established) {
                line.over = true;
            }
        }
    }

    @Override
    public void onEnded(final ServerTransaction transaction, final TransactionEnd end) {
        if (transaction.attachment() instanceof Line line && line.serverInvite == transaction) {
            line.serverInvite = null;
        }
    }
}
