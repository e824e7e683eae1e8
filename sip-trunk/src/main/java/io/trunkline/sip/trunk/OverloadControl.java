package io.trunkline.sip.trunk;

import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.OverloadParameters;
import io.trunkline.sip.message.SipMessage;
import java.util.function.LongSupplier;

/**
 * Obeys a server that sheds load (RFC 7339): what percentage of calls not to send to it, and for how long. One per server. Of the
 * algorithms it speaks {@code loss}, which every server must.
 */
final class OverloadControl {
    private static final byte[] OFFER = Octets.ascii(";oc;oc-algo=\"loss\"");
    /** RFC 7339 §4.3. */
    private static final long DEFAULT_VALIDITY_MS = 500;
    /** A report that would silence us for longer is not believed for longer. */
    private static final long LONGEST_MS = 300_000;

    private static final int HUNDRED = 100;

    private final OverloadParameters parameters = new OverloadParameters();
    private int lossPercent;
    private long untilMs = Long.MIN_VALUE;
    private long sequence = OverloadParameters.ABSENT;

    /** Appends to the Via of a request that we obey (RFC 7339 §5.1). */
    static void offer(final OctetWriter via) {
        via.octets(OFFER);
    }

    /** Takes what a response reports (RFC 7339 §5.4); an older report than the last one is late and says nothing. */
    void onResponse(final SipMessage response, final long nowMs) {
        parameters.read(response);
        if (parameters.percent() == OverloadParameters.ABSENT
                || !parameters.loss()
                || (parameters.sequence() != OverloadParameters.ABSENT && parameters.sequence() <= sequence)) {
            return;
        }
        sequence = Math.max(sequence, parameters.sequence());
        final long validityMs =
                parameters.validityMs() < 0 ? DEFAULT_VALIDITY_MS : Math.min(parameters.validityMs(), LONGEST_MS);
        lossPercent = parameters.percent();
        untilMs = nowMs + validityMs;
    }

    /** Whether a call may be sent; which ones may not, chance decides. */
    boolean admits(final LongSupplier random, final long nowMs) {
        return nowMs >= untilMs || lossPercent == 0 || Math.floorMod(random.getAsLong(), (long) HUNDRED) >= lossPercent;
    }
}
