package io.trunkline.gateway.calls;

import io.trunkline.sip.call.EndReason;
import java.util.Locale;

/** What ended a call, under numbers that are stable for ever: {@code CallEnded.reason}. */
public enum CallEndReason {
    CALLER_HUNG_UP(1, EndReason.CALLER_HUNG_UP),
    CALLEE_HUNG_UP(2, EndReason.CALLEE_HUNG_UP),
    CALLER_CANCELLED(3, EndReason.CALLER_CANCELLED),
    ROUTER_REFUSED(4, EndReason.ROUTER_REFUSED),
    TARGET_REFUSED(5, EndReason.TARGET_REFUSED),
    RING_TIMEOUT(6, EndReason.RING_TIMEOUT),
    OFFER_TIMEOUT(7, EndReason.OFFER_TIMEOUT),
    NO_ACK(8, EndReason.NO_ACK),
    SESSION_EXPIRED(9, EndReason.SESSION_EXPIRED),
    MAX_DURATION(10, EndReason.MAX_DURATION),
    DIALOG_LOST(11, EndReason.DIALOG_LOST),
    /** The gateway ended it, or the tenant had it ended. */
    OWNER_ENDED(12, EndReason.OWNER_ENDED),
    LOCAL_FAILURE(13, EndReason.LOCAL_FAILURE),
    /** The daemon died while it was open. */
    DAEMON_DIED(20, null);

    private static final CallEndReason[] BY_NUMBER = new CallEndReason[DAEMON_DIED.number + 1];

    static {
        for (final CallEndReason reason : values()) {
            BY_NUMBER[reason.number] = reason;
        }
    }

    private final int number;
    private final EndReason signalled;

    CallEndReason(final int number, final EndReason signalled) {
        this.number = number;
        this.signalled = signalled;
    }

    public int number() {
        return number;
    }

    /** For people and programs: {@code callee-hung-up}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The reason of a number from the journal; null for one that this release does not know. */
    public static CallEndReason of(final int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    static CallEndReason of(final EndReason signalled) {
        for (final CallEndReason reason : BY_NUMBER) {
            if (reason != null && reason.signalled == signalled) {
                return reason;
            }
        }
        return LOCAL_FAILURE;
    }
}
