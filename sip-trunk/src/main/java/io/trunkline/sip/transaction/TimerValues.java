package io.trunkline.sip.transaction;

/**
 * Timers of RFC 3261 table 4, in milliseconds.
 *
 * @param t1 estimate of the round trip; B, F, H, J, L and M are 64 of it
 * @param t2 longest time between retransmissions of non-INVITE requests and of responses to INVITE
 * @param t4 longest time that a message stays in the network
 * @param d how long an INVITE client absorbs repeated refusals over UDP; at least 32 s (§17.1.1.2)
 * @param c longest time an INVITE client waits after a provisional response before it cancels; more than 3 min (§16.6)
 * @param tryingDelay time in which the transaction user may answer an INVITE before a 100 is sent; at most 200 ms (§17.2.1)
 * @param inviteServer longest time that the transaction user may take for the final response to an INVITE
 */
public record TimerValues(long t1, long t2, long t4, long d, long c, long tryingDelay, long inviteServer) {
    /** The values of RFC 3261, with 181 s for Timer C and 10 min for an INVITE to be answered. */
    public static final TimerValues DEFAULT = new TimerValues(500, 4_000, 5_000, 32_000, 181_000, 200, 600_000);

    private static final int TIMES = 64;

    public TimerValues {
        if (t1 < 1 || t2 < t1 || t4 < 1 || d < 1 || c < 1 || tryingDelay < 0 || inviteServer < 1) {
            throw new IllegalArgumentException("timers must be positive, t2 at least t1");
        }
    }

    /** 64*T1: Timers B, F, H, J, L, M. */
    public long t1Times64() {
        return TIMES * t1;
    }
}
