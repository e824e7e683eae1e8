package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.sip.trunk.Refusal;

/** What a caller is told where a call is not even tried: SIP statuses for the reasons that we have. */
final class CallRefusal {
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int UNAVAILABLE = 480;
    static final int INCOMPLETE = 484;
    static final int BUSY_HERE = 503;
    /** Header lines of a refusal that will not be one for long. */
    static final String SOON = "Retry-After: 1\r\n";

    static final String LATER = "Retry-After: 10\r\n";
    static final String NOTHING = "";

    private CallRefusal() {}

    static int status(final ErrorCode error) {
        return switch (error) {
            case NO_ROUTE -> NOT_FOUND;
            case INVALID_DESTINATION -> INCOMPLETE;
            case SENDER_NOT_ALLOWED,
                    DESTINATION_NOT_PERMITTED,
                    BLOCKED,
                    REFUSED_BY_RULE,
                    OVER_PRICE_CAP,
                    BELOW_MARGIN -> FORBIDDEN;
            default -> BUSY_HERE;
        };
    }

    /** Of a peer whose call there is no room for. */
    static int status(final Refusal why) {
        return why == Refusal.DISABLED ? FORBIDDEN : BUSY_HERE;
    }

    static String headers(final int status) {
        return status == BUSY_HERE ? SOON : NOTHING;
    }
}
