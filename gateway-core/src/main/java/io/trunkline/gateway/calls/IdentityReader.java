package io.trunkline.gateway.calls;

import io.trunkline.sip.message.AddressField;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.stir.CallFacts;
import io.trunkline.sip.stir.Verifier;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads from an INVITE what its signature is held against. */
final class IdentityReader {
    private final AddressField address = new AddressField();
    private final UnsafeBuffer digits = new UnsafeBuffer(new byte[Numbering.MAX_DIGITS + 1]);

    /** Values of the Identity headers, one more than are looked at at most. */
    List<String> identities(final SipMessage invite) {
        final List<String> values = new ArrayList<>(1);
        for (int line = invite.first(HeaderName.IDENTITY);
                line >= 0 && values.size() <= Verifier.MAX_HEADERS;
                line = invite.next(line)) {
            values.add(Octets.text(invite.buffer(), invite.value(line)));
        }
        return values;
    }

    /** Who calls, whom To names, and who is called, in the carrier's way of writing numbers. */
    CallFacts facts(final SipMessage invite, final LiveCall call) {
        final String orig = call.fromLength == 0 ? null : LiveCall.text(call.from, call.fromLength);
        return new CallFacts(orig, to(invite, call), LiveCall.text(call.to, call.toLength), 0, call.unitId);
    }

    private String to(final SipMessage invite, final LiveCall call) {
        final long value = invite.value(invite.first(HeaderName.TO));
        if (!address.parse(invite.buffer(), Range.offset(value), Range.end(value))
                || address.uri().user() == Range.NONE) {
            return null;
        }
        final long user = address.uri().user();
        final int length = call.caller
                .identity()
                .numbering()
                .read(invite.buffer(), Range.offset(user), Range.length(user), digits);
        return length == Numbering.NO_NUMBER ? null : LiveCall.text(digits, length);
    }
}
