package io.trunkline.sip.trunk;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageEdit;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import org.agrona.concurrent.UnsafeBuffer;

/** Tells clients that obey it how much less they should send (RFC 7339 §5.2), in the Via that a response goes back with. */
public final class OverloadReport {
    private static final int MAX_VIA = 2_048;
    private static final long MILLIS = 1_000;
    private static final long LONGEST_SEC = 999_999_999_999L;

    private final OverloadParameters parameters = new OverloadParameters();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[MAX_VIA]);
    private final OctetWriter via = new OctetWriter();
    private long last;

    /** Whether the sender of a request obeys the loss algorithm. */
    public boolean isWanted(final SipMessage request) {
        if (!request.hasTopVia()) {
            return false;
        }
        parameters.read(request);
        return parameters.given() && parameters.loss();
    }

    /**
     * Puts a report into the topmost Via of a response that was written and indexed; only where {@link #isWanted}.
     *
     * @param lossPercent 0..100; 0 ends the shedding
     * @param validityMs how long it holds, ms
     * @param nowMs wall time, of which the report's number is made
     * @param edit begun with the response
     */
    public void put(
            final SipMessage response,
            final int lossPercent,
            final long validityMs,
            final long nowMs,
            final MessageEdit edit) {
        if (lossPercent < 0 || lossPercent > 100 || validityMs < 0) {
            throw new IllegalArgumentException("0..100 percent for 0 or more ms: " + lossPercent + ", " + validityMs);
        }
        last = Math.max(nowMs, last + 1);
        final int line = response.first(HeaderName.VIA);
        final long element = response.topVia().element();
        via.wrap(scratch, 0, scratch.capacity());
        OverloadParameters.copyWithout(response.buffer(), element, via);
        via.ascii(";oc=")
                .number(lossPercent)
                .ascii(";oc-algo=\"loss\";oc-validity=")
                .number(validityMs);
        via.ascii(";oc-seq=").number(last / MILLIS % LONGEST_SEC).octet('.');
        final long millis = last % MILLIS;
        via.number(millis / 100).number(millis / 10 % 10).number(millis % 10);
        via.copy(response.buffer(), Range.end(element), Range.end(response.value(line)) - Range.end(element));
        if (!via.overflowed()) {
            edit.replace(line, scratch, Range.of(0, via.length()));
        }
    }
}
