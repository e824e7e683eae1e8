package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.CarrierDesk;
import io.trunkline.gateway.engine.CarrierLink;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.InboundNotice;
import io.trunkline.gateway.engine.MessageDesk;
import io.trunkline.gateway.engine.Router;
import io.trunkline.gateway.engine.SubmitAnswer;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.gateway.engine.Unit;
import io.trunkline.sip.call.OtherRequests;
import io.trunkline.sip.call.StatusPhrase;
import io.trunkline.sip.message.DeltaSeconds;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.HexTag;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.ResponseWriter;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ServerTransaction;
import io.trunkline.sip.trunk.InboundDoor;
import io.trunkline.sip.trunk.Refusal;
import io.trunkline.smpp.text.SegmentPlan;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes MESSAGE requests (RFC 3428) of those who may send them: a platform's become submits of its tenant, a carrier's messages to
 * the tenant that owns the number. The answer leaves when the journal has the message, as all that SIP sends.
 */
final class MessageIntake implements OtherRequests {
    private static final int ORIGIN_SIP = 3;
    private static final int NUMBER = 1;
    private static final int ALPHANUMERIC = 2;
    private static final int UCS2 = 8;
    private static final int MAX_RESPONSE = 32 * 1024;
    private static final int SECOND_MS = 1_000;
    /** Octets of UTF-8: more would not be whole in a record of a message to a tenant, and no carrier cuts so many segments. */
    private static final int MAX_TEXT = 30_000;

    /** What an intake works with. */
    record Context(
            TrunkBook book,
            InboundDoor door,
            Router router,
            MessageDesk tenants,
            CarrierDesk carriers,
            EpochClock clock,
            LongSupplier random) {}

    private final Context context;
    private final CallerReader callers = new CallerReader();
    private final MessageReader reader = new MessageReader();
    /** Who writes to whom; never a call. */
    private final LiveCall ends = new LiveCall();

    private final SubmitRequest submit = new SubmitRequest();
    private final SubmitAnswer answer = new SubmitAnswer();
    private final InboundNotice notice = new InboundNotice();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[MAX_RESPONSE]);
    private final OctetWriter out = new OctetWriter();
    private final MessageWriter writer = new MessageWriter(out);
    private final HexTag tag = new HexTag();
    private final MessageCounters counters = new MessageCounters();
    private boolean draining;

    MessageIntake(final Context context) {
        this.context = context;
    }

    MessageCounters counters() {
        return counters;
    }

    void drain() {
        draining = true;
    }

    @Override
    public boolean onRequest(final ServerTransaction transaction, final SipMessage request) {
        final Peer peer = context.book().of(context.door().current());
        if (request.method() != SipMethod.MESSAGE
                || peer == null
                || !peer.identity().messages()) {
            return false;
        }
        counters.received++;
        answer.retryAfterMs = SECOND_MS;
        final int status = take(request, peer);
        if (status == CallRefusal.ACCEPTED) {
            counters.accepted++;
        } else {
            counters.refused++;
        }
        respond(transaction, request, status);
        return true;
    }

    private int take(final SipMessage request, final Peer peer) {
        if (draining) {
            return CallRefusal.BUSY_HERE;
        }
        if (peer.trunk().state(context.clock().time()) == Refusal.DISABLED) {
            return CallRefusal.FORBIDDEN;
        }
        if (!reader.read(request)) {
            return CallRefusal.MEDIA_TYPE;
        }
        if (reader.bodyLength() == 0) {
            return CallRefusal.BAD_REQUEST;
        }
        if (reader.bodyLength() > MAX_TEXT) {
            return CallRefusal.TOO_LARGE;
        }
        ends.begin(null, peer);
        if (!callers.read(request, ends, peer)) {
            return CallRefusal.INCOMPLETE;
        }
        return peer.isPlatform() ? submit(request, peer) : inbound(peer);
    }

    private int submit(final SipMessage request, final Peer platform) {
        submit.tenant = platform.identity().tenant();
        submit.messageClass = platform.identity().defaults().messageClass().number();
        submit.receiptWish = platform.identity().defaults().receipts().number();
        submit.origin = ORIGIN_SIP;
        submit.dataCoding = SubmitRequest.TEXT;
        submit.smartEncoding = false;
        submit.userDataHeader = false;
        submit.scheduledAtMs = SubmitRequest.ABSENT;
        final int expiresSec = DeltaSeconds.of(request, HeaderName.EXPIRES);
        submit.validityMs = expiresSec == DeltaSeconds.ABSENT ? SubmitRequest.ABSENT : expiresSec * (long) SECOND_MS;
        submit.priceCapMicros = SubmitRequest.ABSENT;
        submit.senderType = ends.fromLength > 0 ? NUMBER : ALPHANUMERIC;
        reader.address(request, ends);
        submit.referenceHi = reader.referenceHi(request);
        submit.referenceLo = reader.referenceLo();
        submit.buffer = reader.buffer();
        submit.fromOffset = reader.fromOffset();
        submit.fromLength = reader.fromLength();
        submit.toOffset = reader.toOffset();
        submit.toLength = reader.toLength();
        submit.bodyOffset = reader.bodyOffset();
        submit.bodyLength = reader.bodyLength();
        submit.campaignLength = 0;
        submit.tagsLength = 0;
        context.tenants().submit(submit, answer);
        counters.repeated += answer.accepted() && answer.duplicate ? 1 : 0;
        return CallRefusal.ofMessage(answer.code);
    }

    /** Nobody's number is not found, as for a call; the carrier may know better. */
    private int inbound(final Peer trunk) {
        if (context.router().owner(ends.to, 0, ends.toLength) == 0) {
            return CallRefusal.NOT_FOUND;
        }
        reader.ucs2(ends);
        notice.buffer = reader.buffer();
        notice.fromOffset = reader.fromOffset();
        notice.fromLength = reader.fromLength();
        notice.toOffset = reader.toOffset();
        notice.toLength = reader.toLength();
        notice.bodyOffset = reader.bodyOffset();
        notice.bodyLength = reader.bodyLength();
        notice.dataCoding = UCS2;
        final boolean taken = context.carriers().inbound(new TrunkLink(trunk.identity()), notice) == 0;
        return CallRefusal.ofMessage(taken ? ErrorCode.NONE : ErrorCode.STORAGE_LOW);
    }

    private void respond(final ServerTransaction transaction, final SipMessage request, final int status) {
        out.wrap(scratch, 0, scratch.capacity());
        ResponseWriter.start(
                request,
                status,
                StatusPhrase.of(status),
                tag.of(context.random().getAsLong()),
                transaction.peer(),
                writer);
        if (status == CallRefusal.BUSY_HERE) {
            writer.header(HeaderName.RETRY_AFTER, Math.max(1, (answer.retryAfterMs + SECOND_MS - 1L) / SECOND_MS));
        } else if (status == CallRefusal.MEDIA_TYPE) {
            writer.header(HeaderName.ACCEPT, "text/plain");
        }
        writer.end();
        if (!out.overflowed()) {
            transaction.respond(status, scratch, 0, out.length());
        }
    }

    /** A trunk as the engine sees it where a message came from. Nothing is sent over it. */
    private record TrunkLink(Peer.Identity identity) implements CarrierLink {
        @Override
        public int number() {
            return identity.link();
        }

        @Override
        public int carrier() {
            return identity.carrier();
        }

        @Override
        public boolean ready(final long nowNs) {
            return false;
        }

        @Override
        public long paceReadyAtNs(final long nowNs) {
            return Long.MAX_VALUE;
        }

        @Override
        public int submit(
                final long ticket, final Unit unit, final SegmentPlan plan, final int segment, final long nowNs) {
            throw new IllegalStateException("nothing is sent over " + identity.name());
        }
    }
}
