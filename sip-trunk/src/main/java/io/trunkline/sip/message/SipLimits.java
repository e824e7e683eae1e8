package io.trunkline.sip.message;

/**
 * What a peer may send at most, in octets unless said otherwise.
 *
 * @param maxHeaderSection start line, headers and the empty line; at least 256
 * @param maxHeaders number of header lines, 8..1,024
 * @param maxRequestUri Request-URI
 * @param maxBody body
 */
public record SipLimits(int maxHeaderSection, int maxHeaders, int maxRequestUri, int maxBody) {
    /** Room for a full PASSporT, long History-Info and 48 KiB of SDP or text. */
    public static final SipLimits DEFAULT = new SipLimits(16 * 1024, 128, 1024, 48 * 1024);

    public SipLimits {
        if (maxHeaderSection < 256) {
            throw new IllegalArgumentException("maxHeaderSection must be at least 256: " + maxHeaderSection);
        }
        if (maxHeaders < 8 || maxHeaders > 1024) {
            throw new IllegalArgumentException("maxHeaders must be 8..1024: " + maxHeaders);
        }
        if (maxRequestUri < 1 || maxBody < 0) {
            throw new IllegalArgumentException("maxRequestUri must be positive, maxBody not negative");
        }
    }

    /** Octets of the longest message that is taken. */
    public int maxMessage() {
        return maxHeaderSection + maxBody;
    }
}
