package io.trunkline.sip.call;

/**
 * What calls may take at most.
 *
 * @param maxCalls calls that have not ended; beyond them 503 with Retry-After
 * @param maxPending unanswered requests within one call; beyond them 500 with Retry-After
 * @param maxForks early dialogs of one attempt; responses of further ones pass without a dialog
 * @param maxInvite octets of an INVITE; beyond them 513
 * @param maxStored octets kept for all calls; without room 503, or the call ends
 * @param maxMessage octets of the longest message that is sent
 * @param retryAfterSec Retry-After of refusals at a limit, s
 * @param offerMs how long the router may take, ms
 * @param behindMs how long sockets may not be read empty before new calls are refused, ms; 0: for ever
 */
public record CallLimits(
        int maxCalls,
        int maxPending,
        int maxForks,
        int maxInvite,
        long maxStored,
        int maxMessage,
        int retryAfterSec,
        long offerMs,
        long behindMs) {
    /** Twenty thousand calls at a time. */
    public static final CallLimits DEFAULT =
            new CallLimits(20_000, 4, 8, 32 * 1024, 256L << 20, 64 * 1024, 5, 10_000, 0);

    public CallLimits {
        if (maxCalls < 1
                || maxPending < 1
                || maxForks < 1
                || maxInvite < 512
                || maxStored < 0
                || maxMessage < maxInvite
                || retryAfterSec < 0
                || offerMs < 1
                || behindMs < 0) {
            throw new IllegalArgumentException("limits must be positive, maxMessage at least maxInvite");
        }
    }
}
