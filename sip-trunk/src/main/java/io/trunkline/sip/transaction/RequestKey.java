package io.trunkline.sip.transaction;

import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.message.ViaField;
import org.agrona.DirectBuffer;

/**
 * What names a server transaction (RFC 3261 §17.2.3): branch, sent-by and method; for a branch without the cookie, from before RFC
 * 3261, what its §17.2.3 lists instead. To is not among it: an ACK has a tag there that the INVITE had not.
 */
final class RequestKey {
    private final KeyHash hash;

    RequestKey(final KeyHash hash) {
        this.hash = hash;
    }

    /** The key of a request, as if it had this method. */
    long of(final SipMessage request, final SipMethod method) {
        final DirectBuffer octets = request.buffer();
        final ViaField via = request.topVia();
        hash.begin();
        if (via.hasMagicCookie()) {
            fold(octets, via.branch());
            fold(octets, via.sentBy());
        } else {
            same(octets, request.requestUriRange());
            fold(octets, request.fromTag());
            same(octets, request.callId());
            same(octets, via.element());
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                hash.octet((int) (request.cseq() >>> shift));
            }
        }
        if (method == SipMethod.OTHER) {
            same(octets, request.methodRange());
        } else {
            hash.text(method.name());
        }
        return hash.finish();
    }

    /** The other half of the key that was asked for last. */
    long rest() {
        return hash.rest();
    }

    private void fold(final DirectBuffer octets, final long range) {
        hash.ignoringCase(octets, Math.max(0, Range.offset(range)), Math.max(0, Range.length(range)));
    }

    private void same(final DirectBuffer octets, final long range) {
        hash.exact(octets, Range.offset(range), Range.length(range));
    }
}
