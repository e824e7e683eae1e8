package io.trunkline.sip.trunk;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;

/** Reads Retry-After (RFC 3261 §20.33): seconds, perhaps with a comment and parameters behind them. */
final class RetryAfter {
    static final long ABSENT = -1;

    private RetryAfter() {}

    /** Seconds, or {@link #ABSENT} where there is none that can be read. */
    static long seconds(final SipMessage response) {
        final int line = response.first(HeaderName.RETRY_AFTER);
        if (line < 0) {
            return ABSENT;
        }
        final long value = response.value(line);
        int end = Range.offset(value);
        while (end < Range.end(value)
                && response.buffer().getByte(end) >= '0'
                && response.buffer().getByte(end) <= '9') {
            end++;
        }
        final long seconds = Octets.number(response.buffer(), Range.between(Range.offset(value), end));
        return seconds == Octets.TOO_LARGE ? Integer.MAX_VALUE : seconds < 0 ? ABSENT : seconds;
    }
}
