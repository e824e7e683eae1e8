package io.trunkline.sip.call;

import io.trunkline.sip.dialog.Dialog;
import io.trunkline.sip.dialog.DialogReader;
import io.trunkline.sip.dialog.DialogWriter;
import io.trunkline.sip.dialog.LocalEnd;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.HexTag;
import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.ResponseWriter;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.message.TokenList;
import io.trunkline.sip.time.TimerWheel;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.KeptOctets;
import io.trunkline.sip.transaction.KeyHash;
import io.trunkline.sip.transaction.OctetStore;
import io.trunkline.sip.transaction.ServerTransaction;
import io.trunkline.sip.transaction.TransactionLayer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What all calls of a desk share: one buffer that every message is written in, one index for messages that were kept, clock,
 * chance and the store. One message is written at a time; it leaves before the next one begins.
 */
final class Workbench {
    static final byte[] TIMER = Octets.ascii("timer");
    static final byte[] RELIABLE = Octets.ascii("100rel");

    private static final byte[] UPDATE = Octets.ascii("update");
    private static final byte[] SDP = Octets.ascii("application/sdp");
    private static final String ALLOWED = "INVITE, ACK, CANCEL, BYE, UPDATE, PRACK, INFO, OPTIONS, MESSAGE";
    private static final String ALLOWED_WITH_REFER = ALLOWED + ", REFER, NOTIFY";
    static final byte[] NO_REASON = {};
    private static final int MAX_REASON = 512;
    private static final int MAX_FORWARDS = 70;
    private static final int SERVICE_UNAVAILABLE = 503;

    final CallContext context;
    final OctetStore store;
    final TimerWheel wheel;
    final CallCounters counters = new CallCounters();
    final DialogReader dialogs;
    final OctetWriter out = new OctetWriter();
    final MessageWriter writer = new MessageWriter(out);
    final HexTag hexTag = new HexTag();
    TransactionLayer layer;

    private final UnsafeBuffer scratch;
    private final DialogWriter dialogWriter = new DialogWriter(writer);
    private final MessageIndexer indexer = new MessageIndexer(SipLimits.DEFAULT);
    private final SipMessage kept = new SipMessage(SipLimits.DEFAULT);
    private final KeyHash hash;
    /** For 2xx that no call wants: made of the response, used for ACK and BYE, forgotten. */
    private final Dialog orphan;

    Workbench(final CallContext context) {
        this.context = context;
        store = new OctetStore(context.limits().maxStored());
        wheel = new TimerWheel(context.clock().time());
        dialogs = new DialogReader(context.hops(), context.limits().maxInvite());
        scratch = new UnsafeBuffer(new byte[context.limits().maxMessage()]);
        hash = new KeyHash(context.random().getAsLong(), context.random().getAsLong());
        orphan = new Dialog(store);
    }

    long nowMs() {
        return context.clock().time();
    }

    /** Random, and never 0. */
    long fresh() {
        long value = context.random().getAsLong();
        while (value == 0) {
            value = context.random().getAsLong();
        }
        return value;
    }

    /** From {@code least} on, below {@code below}, ms or s. */
    long between(final long least, final long below) {
        return least + Long.remainderUnsigned(context.random().getAsLong(), below - least);
    }

    long hashOf(final SipMessage message, final long range) {
        return hash.begin()
                .exact(message.buffer(), Math.max(0, Range.offset(range)), Math.max(0, Range.length(range)))
                .finish();
    }

    /** What two copies of one INVITE that came by different ways have in common (RFC 3261 §8.2.2.2). */
    long mergeKey(final SipMessage invite) {
        final long tag = invite.fromTag();
        hash.begin()
                .exact(invite.buffer(), Range.offset(invite.callId()), Range.length(invite.callId()))
                .exact(invite.buffer(), Math.max(0, Range.offset(tag)), Math.max(0, Range.length(tag)));
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            hash.octet((int) (invite.cseq() >>> shift));
        }
        return hash.finish();
    }

    /** A message that was kept, indexed again; valid until the next is. */
    SipMessage restore(final KeptOctets octets) {
        indexer.indexDatagram(octets.buffer(), 0, octets.length(), kept);
        return kept;
    }

    MessageWriter begin() {
        out.wrap(scratch, 0, scratch.capacity());
        return writer;
    }

    /** Starts a response with our tag, 0 for none. */
    void startResponse(
            final SipMessage request, final int status, final long tag, final ServerTransaction transaction) {
        begin();
        ResponseWriter.start(
                request, status, StatusPhrase.of(status), tag == 0 ? null : hexTag.of(tag), transaction.peer(), writer);
    }

    /** Sends what was written. */
    boolean respond(final ServerTransaction transaction, final int status) {
        return !out.overflowed() && transaction.respond(status, scratch, 0, out.length());
    }

    /** Answers with nothing but a status. */
    boolean answer(final ServerTransaction transaction, final SipMessage request, final int status, final long tag) {
        startResponse(request, status, tag, transaction);
        writer.end();
        return respond(transaction, status);
    }

    /** Answers with a status, and seconds in a header. */
    void answer(
            final ServerTransaction transaction,
            final SipMessage request,
            final int status,
            final HeaderName header,
            final long seconds) {
        startResponse(request, status, fresh(), transaction);
        writer.header(header, seconds).end();
        respond(transaction, status);
    }

    /** Answers with a status and what we allow. */
    void answerAllowing(final ServerTransaction transaction, final SipMessage request, final int status) {
        startResponse(request, status, fresh(), transaction);
        allow(context.callers());
        writer.end();
        respond(transaction, status);
    }

    /** Keeps what was written. */
    boolean keep(final KeptOctets octets) {
        return !out.overflowed() && octets.keep(scratch, 0, out.length());
    }

    /** Sends what was written in a transaction, which is given up if it did not fit. */
    boolean send(final ClientTransaction transaction) {
        if (out.overflowed()) {
            transaction.abandon();
            return false;
        }
        transaction.send(scratch, 0, out.length());
        return true;
    }

    /** Sends what was written, without a transaction. */
    void send(final Hop hop) {
        if (!out.overflowed()) {
            context.transport().send(hop, scratch, 0, out.length());
        }
    }

    void allow(final LegPolicy policy) {
        writer.header(HeaderName.ALLOW, policy.passRefer() ? ALLOWED_WITH_REFER : ALLOWED);
    }

    void contact(final LocalEnd end) {
        end.writeContact(writer.start(HeaderName.CONTACT));
        writer.endLine();
    }

    /** The Reason lines of a request that pass, to go on with another one; empty where there are none, or too much of them. */
    static byte[] reasonOf(final SipMessage request, final HeaderPolicy policy) {
        int length = 0;
        for (int line = request.first(HeaderName.REASON); line >= 0; line = request.next(line)) {
            length += Range.length(request.line(line));
        }
        final int first = request.first(HeaderName.REASON);
        if (first < 0 || length > MAX_REASON || !policy.passes(request, first)) {
            return NO_REASON;
        }
        final byte[] lines = new byte[length];
        int at = 0;
        for (int line = first; line >= 0; line = request.next(line)) {
            final long octets = request.line(line);
            request.buffer().getBytes(Range.offset(octets), lines, at, Range.length(octets));
            at += Range.length(octets);
        }
        return lines;
    }

    /** A Reason line of our own for a CANCEL. */
    static byte[] reasonOf(final int cause) {
        return Octets.ascii("Reason: Q.850;cause=" + cause + "\r\n");
    }

    /** The Q.850 cause of an end. */
    void reason(final int cause) {
        writer.start(HeaderName.REASON).ascii("Q.850;cause=").number(cause);
        writer.endLine();
    }

    /**
     * Copies the header lines that pass. When a server that is out of service is back is for us to know: the other side would leave us
     * alone for so long, with all its calls (RFC 3261 §21.5.4).
     */
    void copyPassing(final SipMessage source, final HeaderPolicy policy) {
        final HeaderName ours = source.status() == SERVICE_UNAVAILABLE ? HeaderName.RETRY_AFTER : null;
        for (int line = 0; line < source.headerCount(); line++) {
            if (policy.passes(source, line) && source.header(line) != ours) {
                writer.copyLine(source, line);
            }
        }
    }

    /** Ends the headers and copies the body. */
    void copyBody(final SipMessage source) {
        final long body = source.body();
        writer.header(HeaderName.CONTENT_LENGTH, Range.length(body));
        out.crlf().copy(source.buffer(), body);
    }

    /** Ends the headers and appends a body whose characters are octets. */
    void body(final String octets) {
        writer.header(HeaderName.CONTENT_LENGTH, octets.length());
        out.crlf().ascii(octets);
    }

    static boolean hasBody(final SipMessage message) {
        return Range.length(message.body()) > 0;
    }

    static boolean allowsUpdate(final SipMessage message) {
        return TokenList.contains(message, HeaderName.ALLOW, UPDATE);
    }

    /** Whether the body is a session description, and nothing else. */
    static boolean hasDescription(final SipMessage message) {
        final int type = message.first(HeaderName.CONTENT_TYPE);
        return hasBody(message) && type >= 0 && Octets.startsIgnoringCase(message.buffer(), message.value(type), SDP);
    }

    /** Keeps a session description that goes to a leg's peer. */
    void describe(final Leg leg, final SipMessage message) {
        if (hasDescription(message)) {
            leg.description.keep(message.buffer(), Range.offset(message.body()), Range.length(message.body()));
        }
    }

    /** Appends a session description that was kept, and ends the message. */
    void description(final KeptOctets description) {
        writer.body("application/sdp", description.buffer(), Range.of(0, description.length()));
    }

    /** Starts a request in a leg's dialog with the next CSeq number; null where there is no room for its transaction. */
    ClientTransaction startRequest(final Leg leg, final SipMethod method, final int maxForwards) {
        final ClientTransaction transaction = layer.newClient(method, leg.dialog.hop());
        if (transaction == null) {
            counters.notSent++;
            return null;
        }
        begin();
        dialogWriter.start(leg.dialog, method, leg.dialog.nextCseq(), maxForwards, transaction);
        authorize(leg, method);
        return transaction;
    }

    private void authorize(final Leg leg, final SipMethod method) {
        if (leg.attempt != null && leg.attempt.target.credentials() != null) {
            leg.attempt.target.credentials().authorize(method, leg.dialog.targetText(), writer);
        }
    }

    /** Sends the ACK to a 2xx, with the body of the caller's own ACK or with none. */
    void acknowledge(final Leg leg, final long cseq, final SipMessage ack) {
        begin();
        dialogWriter.startAck(leg.dialog, cseq, context.random().getAsLong());
        if (ack != null && hasBody(ack)) {
            copyPassing(ack, leg.policy.headers());
            copyBody(ack);
            keep(leg.lateAck);
        } else {
            writer.end();
        }
        send(leg.dialog.hop());
    }

    /** A copy of a 2xx that was acknowledged: the same ACK again (RFC 3261 §13.2.2.4). */
    void acknowledgeAgain(final Leg leg, final long cseq) {
        if (leg.lateAck.isEmpty()) {
            acknowledge(leg, cseq, null);
        } else {
            context.transport().send(leg.dialog.hop(), leg.lateAck.buffer(), 0, leg.lateAck.length());
        }
    }

    /** Acknowledges a 2xx that no call wants, and ends its dialog if asked to (RFC 3261 §13.2.2.4, §15). */
    void orphan(final SipMessage response, final Hop hop, final boolean bye) {
        counters.orphanAnswers++;
        if (!dialogs.ofResponse(response, hop, orphan)) {
            return;
        }
        begin();
        dialogWriter.startAck(orphan, response.cseq(), context.random().getAsLong());
        writer.end();
        send(orphan.hop());
        if (bye) {
            final ClientTransaction transaction = layer.newClient(SipMethod.BYE, orphan.hop());
            if (transaction == null) {
                counters.notSent++;
            } else {
                transaction.attach(this);
                begin();
                dialogWriter.start(orphan, SipMethod.BYE, orphan.nextCseq(), MAX_FORWARDS, transaction);
                reason(ReleaseCause.NORMAL);
                writer.end();
                send(transaction);
            }
        }
        orphan.clear();
    }
}
