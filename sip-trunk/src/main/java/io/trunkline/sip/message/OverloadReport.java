package io.trunkline.sip.message;

/**
 * Tells clients that obey it how much less they should send (RFC 7339 §5.2): as long as there is something to tell, in the topmost
 * Via of each response that {@link ResponseWriter} starts for them.
 */
public final class OverloadReport {
    private static final long MILLIS = 1_000;
    private static final long LONGEST_SEC = 999_999_999_999L;

    private final OverloadParameters parameters = new OverloadParameters();
    private int lossPercent;
    private long validityMs;
    private long last;

    /**
     * What is to be told from now on.
     *
     * @param percent of requests that clients should not send, 0..100; 0: nothing is told, and what was told last ends by itself
     * @param forMs how long a report holds, ms
     * @param nowMs wall time, of which the report's number is made
     */
    public void set(final int percent, final long forMs, final long nowMs) {
        if (percent < 0 || percent > 100 || forMs < 0) {
            throw new IllegalArgumentException("0..100 percent for 0 or more ms: " + percent + ", " + forMs);
        }
        lossPercent = percent;
        validityMs = forMs;
        last = Math.max(nowMs, last + 1);
    }

    /** Whether there is something to tell the sender of a request: it obeys the loss algorithm. */
    public boolean isFor(final SipMessage request) {
        if (lossPercent == 0 || !request.hasTopVia()) {
            return false;
        }
        parameters.read(request);
        return parameters.given() && parameters.loss();
    }

    /** Appends it to a Via that has no parameters of the kind. */
    void write(final OctetWriter via) {
        via.ascii(";oc=")
                .number(lossPercent)
                .ascii(";oc-algo=\"loss\";oc-validity=")
                .number(validityMs);
        via.ascii(";oc-seq=").number(last / MILLIS % LONGEST_SEC).octet('.');
        final long millis = last % MILLIS;
        via.number(millis / 100).number(millis / 10 % 10).number(millis % 10);
    }
}
