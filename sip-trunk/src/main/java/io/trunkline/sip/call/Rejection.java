package io.trunkline.sip.call;

import io.trunkline.sip.message.HeaderName;

/**
 * How an INVITE is refused that is not even offered.
 *
 * @param status 300..699
 * @param header one header of the answer; null for none
 * @param value its value, ASCII; null for none
 */
public record Rejection(int status, HeaderName header, String value) {
    public Rejection {
        if (status < 300 || status > 699) {
            throw new IllegalArgumentException("no refusal: " + status);
        }
    }

    /** Without a header. */
    public static Rejection of(final int status) {
        return new Rejection(status, null, null);
    }

    /** 503, to be tried again after so many seconds. */
    public static Rejection busy(final long retryAfterSec) {
        return new Rejection(503, HeaderName.RETRY_AFTER, Long.toString(retryAfterSec));
    }
}
