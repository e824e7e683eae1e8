package io.trunkline.sip.dialog;

import io.trunkline.sip.message.AddressField;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.transaction.Hop;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes dialogs of the messages that found them (RFC 3261 §12.1) and follows target refreshes (§12.2.1.2, §12.2.2). */
public final class DialogReader {
    private static final int MAX_ROUTES = 16;
    private static final byte[] LR = Octets.ascii("lr");
    private static final byte[] ROUTE = Octets.ascii("Route: ");

    private final DialogHops hops;
    private final UnsafeBuffer scratch;
    private final OctetWriter out = new OctetWriter();
    private final AddressField address = new AddressField();
    private final SipUri uri = new SipUri();
    private final long[] routes = new long[MAX_ROUTES];

    /**
     * A reader.
     *
     * @param maxOctets of one dialog: Call-ID, both addresses, routes and target
     */
    public DialogReader(final DialogHops hops, final int maxOctets) {
        this.hops = hops;
        scratch = new UnsafeBuffer(new byte[maxOctets]);
    }

    /**
     * The caller's side: a dialog by a response to our request that has a tag in To (§12.1.2).
     *
     * @param established where the request went
     * @return false where it has no usable Contact, too many routes, or there is no room
     */
    public boolean ofResponse(final SipMessage response, final Hop established, final Dialog into) {
        into.clear();
        out.wrap(scratch, 0, scratch.capacity());
        into.callId = append(response.buffer(), response.callId());
        into.local = append(response.buffer(), response.value(response.first(HeaderName.FROM)));
        remote(response, HeaderName.TO, response.toTag(), into);
        into.number(response.cseq(), Dialog.NO_CSEQ);
        return routes(response, true, into) && complete(response, established, into);
    }

    /**
     * Makes an early dialog anew of the 2xx that confirms it: route set and target follow that one (§13.2.2.4), and the CSeq
     * numbers go on.
     */
    public boolean confirm(final SipMessage response, final Hop established, final Dialog early) {
        final long ours = early.localCseq();
        final long theirs = early.remoteCseq();
        if (!ofResponse(response, established, early)) {
            return false;
        }
        early.number(Math.max(ours, response.cseq()), theirs);
        return true;
    }

    /**
     * The callee's side: a dialog by a request that is answered with our tag (§12.1.1).
     *
     * @param tag ours
     * @param established where the request came from
     * @return false where it has no usable Contact, too many routes, or there is no room
     */
    public boolean ofRequest(
            final SipMessage request, final CharSequence tag, final Hop established, final Dialog into) {
        into.clear();
        out.wrap(scratch, 0, scratch.capacity());
        into.callId = append(request.buffer(), request.callId());
        final int localStart = out.position();
        out.copy(request.buffer(), request.value(request.first(HeaderName.TO)))
                .ascii(";tag=")
                .ascii(tag);
        into.local = Range.between(localStart, out.position());
        remote(request, HeaderName.FROM, request.fromTag(), into);
        into.number(0, request.cseq());
        return routes(request, false, into) && complete(request, established, into);
    }

    private long append(final DirectBuffer source, final long range) {
        final int start = out.position();
        out.copy(source, range);
        return Range.between(start, out.position());
    }

    private void remote(final SipMessage message, final HeaderName header, final long tag, final Dialog into) {
        final long value = message.value(message.first(header));
        into.remote = append(message.buffer(), value);
        into.remoteTag = tag == Range.NONE
                ? Range.NONE
                : Range.of(Range.offset(into.remote) + Range.offset(tag) - Range.offset(value), Range.length(tag));
    }

    /** The route set as lines of Route: in the order of Record-Route for the callee, from the last to the first for the caller. */
    private boolean routes(final SipMessage message, final boolean reversed, final Dialog into) {
        int count = 0;
        for (int line = message.first(HeaderName.RECORD_ROUTE); line >= 0; line = message.next(line)) {
            int at = Range.offset(message.value(line));
            final int end = Range.end(message.value(line));
            do {
                if (count == MAX_ROUTES || !address.parse(message.buffer(), at, end) || address.isStar()) {
                    return false;
                }
                routes[count++] = address.element();
                at = address.next();
            } while (address.hasNext());
        }
        final int start = out.position();
        into.firstRoute = Range.NONE;
        into.strictRoute = false;
        for (int i = 0; i < count; i++) {
            final long route = routes[reversed ? count - 1 - i : i];
            final int lineStart = out.position();
            out.octets(ROUTE).copy(message.buffer(), route).crlf();
            if (i == 0) {
                address.parse(message.buffer(), Range.offset(route), Range.end(route));
                into.firstRoute = Range.between(lineStart, out.position());
                into.firstRouteUri = Range.of(
                        lineStart + ROUTE.length + Range.offset(address.uri().range()) - Range.offset(route),
                        Range.length(address.uri().range()));
                into.strictRoute = !address.uri().hasParameter(LR);
            }
        }
        into.routes = Range.between(start, out.position());
        return true;
    }

    private boolean complete(final SipMessage message, final Hop established, final Dialog into) {
        // Some peers leave Contact out of responses; what they are called by is all there is then.
        if (!contact(message, HeaderName.CONTACT) && (message.isRequest() || !contact(message, HeaderName.TO))) {
            return false;
        }
        into.target = append(message.buffer(), address.uri().range());
        into.established = established;
        if (out.overflowed() || !into.octets.keep(scratch, 0, out.length())) {
            return false;
        }
        hop(into);
        return true;
    }

    private boolean contact(final SipMessage message, final HeaderName header) {
        final int line = message.first(header);
        if (line < 0) {
            return false;
        }
        final long value = message.value(line);
        return address.parse(message.buffer(), Range.offset(value), Range.end(value))
                && !address.isStar()
                && (address.uri().scheme() == SipUri.Scheme.SIP || address.uri().scheme() == SipUri.Scheme.SIPS);
    }

    private void hop(final Dialog dialog) {
        final long next = dialog.firstRoute == Range.NONE ? dialog.target : dialog.firstRouteUri;
        uri.parse(dialog.buffer(), next);
        final Hop over = hops.next(dialog.established, uri);
        dialog.go(over, hops.localEnd(over));
    }

    /** Takes over the Contact of a target refresh request, or of the response to one; a message without Contact changes nothing. */
    public void refreshTarget(final SipMessage message, final Dialog dialog) {
        if (!dialog.exists() || !contact(message, HeaderName.CONTACT)) {
            return;
        }
        final long target = address.uri().range();
        if (Octets.equal(dialog.buffer(), dialog.target, message.buffer(), target)) {
            return;
        }
        final int at = Range.offset(dialog.target);
        if (Range.length(target) <= scratch.capacity() - at
                && dialog.octets.replaceTail(at, message.buffer(), Range.offset(target), Range.length(target))) {
            dialog.target = Range.of(at, Range.length(target));
            hop(dialog);
        }
    }
}
