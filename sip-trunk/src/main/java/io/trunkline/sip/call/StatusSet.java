package io.trunkline.sip.call;

/** A set of status codes, 100 to 699. Immutable. */
public final class StatusSet {
    /** What says that this way is bad, not that the callee is not to be had: 408, 500, 502, 503, 504 (RFC 3261 §21.4, §21.5). */
    public static final StatusSet WAY_FAILED = of(408, 500, 502, 503, 504);

    private static final int LAST = 699;

    private final long[] bits = new long[(LAST >> 6) + 1];

    private StatusSet() {}

    /** A set of these. */
    public static StatusSet of(final int... statuses) {
        final StatusSet set = new StatusSet();
        for (final int status : statuses) {
            if (status < 100 || status > LAST) {
                throw new IllegalArgumentException("no status code: " + status);
            }
            set.bits[status >> 6] |= 1L << (status & 63);
        }
        return set;
    }

    public boolean contains(final int status) {
        return status >= 0 && status <= LAST && (bits[status >> 6] & 1L << (status & 63)) != 0;
    }
}
