package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.sip.call.Rejection;

/** What a caller is told where a call is not even tried: SIP statuses for the reasons that we have. */
final class CallRefusal {
    static final int ACCEPTED = 202;
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int TOO_LARGE = 413;
    static final int MEDIA_TYPE = 415;
    static final int UNAVAILABLE = 480;
    static final int INCOMPLETE = 484;
    static final int SERVER_ERROR = 500;
    static final int BUSY_HERE = 503;
    /** Header lines of a refusal that will not be one for long. */
    static final String SOON = "Retry-After: 1\r\n";

    static final String NOTHING = "";

    /** Nobody that is known, or out of service. */
    static final Rejection NOT_ALLOWED = Rejection.of(FORBIDDEN);
    /** Its peer has as many calls as it may, in all or in a second. */
    static final Rejection NO_ROOM = Rejection.busy(1);
    /** No call could be written down. */
    static final Rejection NO_STORAGE = Rejection.busy(10);

    private CallRefusal() {}

    static int status(final ErrorCode error) {
        return switch (error) {
            case NO_ROUTE -> NOT_FOUND;
            case INVALID_DESTINATION -> INCOMPLETE;
            case SENDER_NOT_ALLOWED,
                    DESTINATION_NOT_PERMITTED,
                    BLOCKED,
                    REFUSED_BY_RULE,
                    OVER_COST_LIMIT,
                    CREDIT_USED_UP,
                    OVER_PRICE_CAP,
                    BELOW_MARGIN -> FORBIDDEN;
            default -> BUSY_HERE;
        };
    }

    /** What becomes of a MESSAGE: 202 where we have it (RFC 3428 §7). */
    static int ofMessage(final ErrorCode error) {
        return switch (error) {
            case NONE -> ACCEPTED;
            case EMPTY_BODY, INVALID_BODY, INVALID_VALIDITY, INVALID_FIELD, REFERENCE_REUSED, MALFORMED -> BAD_REQUEST;
            case BODY_TOO_LONG -> TOO_LARGE;
            case INVALID_SENDER, NOT_AUTHENTICATED -> FORBIDDEN;
            case INTERNAL -> SERVER_ERROR;
            default -> status(error);
        };
    }

    static String headers(final int status) {
        return status == BUSY_HERE ? SOON : NOTHING;
    }
}
