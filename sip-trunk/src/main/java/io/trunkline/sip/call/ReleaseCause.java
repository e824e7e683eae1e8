package io.trunkline.sip.call;

import io.trunkline.sip.message.ReasonField;
import io.trunkline.sip.message.SipMessage;

/**
 * The one table between SIP statuses and Q.850 causes (ITU-T Q.1912.5 tables 8 and 21, RFC 3398 §7.2.6 and §8.2.6.1), for the
 * Reason header (RFC 3326, and RFC 6432 in responses) and for call records.
 */
public final class ReleaseCause {
    /** Normal call clearing. */
    public static final int NORMAL = 16;
    /** User busy. */
    public static final int BUSY = 17;
    /** No answer from user. */
    public static final int NO_ANSWER = 19;
    /** Temporary failure. */
    public static final int TEMPORARY_FAILURE = 41;
    /** Recovery on timer expiry. */
    public static final int TIMER_EXPIRY = 102;
    /** Interworking, unspecified. */
    public static final int UNSPECIFIED = 127;

    /** Status and cause by turns. */
    private static final int[] OF_STATUS = {
        400, 41, 401, 21, 402, 21, 403, 21, 404, 1, 405, 63, 406, 79, 407, 21, 408, 102, 410, 22, 413, 127, 414, 127,
                415,
        79, 416, 127, 420, 127, 421, 127, 423, 127, 480, 18, 481, 41, 482, 25, 483, 25, 484, 28, 485, 1, 486, 17, 487,
                16,
        488, 127, 500, 41, 501, 79, 502, 38, 503, 41, 504, 102, 505, 127, 513, 127, 600, 17, 603, 21, 604, 1, 606, 127,
                607,
        21, 608, 21,
    };

    /** Cause and status by turns. */
    private static final int[] OF_CAUSE = {
        1, 404, 2, 404, 3, 404, 4, 500, 5, 404, 8, 500, 9, 500, 16, 480, 17, 486, 18, 480, 19, 480, 20, 480, 21, 603,
        22, 410, 23, 410, 25, 483, 26, 404, 27, 502, 28, 484, 29, 501, 31, 480, 34, 486, 38, 502, 41, 503, 42, 503, 43,
        503, 44, 503, 46, 503, 47, 503, 50, 403, 55, 403, 57, 403, 58, 503, 63, 501, 65, 488, 69, 501, 70, 488, 79, 501,
        81, 500, 87, 403, 88, 606, 91, 404, 95, 500, 96, 500, 97, 500, 98, 500, 99, 500, 102, 504, 103, 500, 111, 500,
        127, 500,
    };

    private static final int CAUSES = 128;
    private static final int[] STATUS_BY_CAUSE = new int[CAUSES];
    private static final int[] CAUSE_BY_STATUS = new int[700];

    static {
        for (int i = 0; i < OF_STATUS.length; i += 2) {
            CAUSE_BY_STATUS[OF_STATUS[i]] = OF_STATUS[i + 1];
        }
        for (int i = 0; i < OF_CAUSE.length; i += 2) {
            STATUS_BY_CAUSE[OF_CAUSE[i]] = OF_CAUSE[i + 1];
        }
    }

    private ReleaseCause() {}

    /** The cause for a final status; a status that is not in the table counts as the first of its class (RFC 3261 §8.1.3.2). */
    public static int ofStatus(final int status) {
        if (status < 300 || status >= CAUSE_BY_STATUS.length) {
            return NORMAL;
        }
        final int known = CAUSE_BY_STATUS[status];
        if (known != 0) {
            return known;
        }
        return status < 400 ? UNSPECIFIED : CAUSE_BY_STATUS[status / 100 * 100];
    }

    /** The status for a cause; 500 where the table has none. */
    public static int toStatus(final int cause) {
        final int status = cause < 0 || cause >= CAUSES ? 0 : STATUS_BY_CAUSE[cause];
        return status == 0 ? 500 : status;
    }

    /**
     * Why a peer sent a request: the Q.850 cause of its Reason header, else that of the SIP status there, else {@link #NORMAL} (RFC
     * 3326 §2).
     */
    public static int of(final SipMessage request) {
        final int cause = ReasonField.cause(request, ReasonField.Q850);
        if (cause != ReasonField.ABSENT) {
            return cause;
        }
        final int status = ReasonField.cause(request, ReasonField.SIP);
        return status == ReasonField.ABSENT ? NORMAL : ofStatus(status);
    }

    /**
     * What the caller is told of a target's refusal. Redirections are not followed, and a challenge is about our relation to the
     * target, not the caller's: both are 502.
     */
    public static int towardCaller(final int status) {
        return status < 400 || status == 401 || status == 407 ? 502 : status;
    }

    /** How a call that ended before an answer stands in its record. */
    static CallOutcome outcome(final EndReason reason, final int status) {
        return switch (reason) {
            case CALLER_CANCELLED, OWNER_ENDED -> CallOutcome.CANCELLED;
            case RING_TIMEOUT -> CallOutcome.NO_ANSWER;
            default ->
                switch (status) {
                    case 486, 600 -> CallOutcome.BUSY;
                    case 408, 480, 487 ->
                        reason == EndReason.TARGET_REFUSED ? CallOutcome.NO_ANSWER : CallOutcome.FAILED;
                    default -> CallOutcome.FAILED;
                };
        };
    }
}
