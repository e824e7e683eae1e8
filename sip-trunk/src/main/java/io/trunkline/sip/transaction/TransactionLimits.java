package io.trunkline.sip.transaction;

/**
 * What the transaction layer holds at most.
 *
 * @param maxClient client transactions; beyond them {@link TransactionLayer#newClient} gives none
 * @param maxServer server transactions; beyond them requests are answered 503 without one
 * @param maxStored octets of messages kept for retransmission; beyond them messages are sent once
 * @param retryAfterSec Retry-After of that 503, s
 * @param maxMessage octets of the longest message that is sent
 */
public record TransactionLimits(int maxClient, int maxServer, long maxStored, int retryAfterSec, int maxMessage) {
    /** Some 1,500 calls a second over UDP, whose transactions linger 32 s. */
    public static final TransactionLimits DEFAULT = new TransactionLimits(100_000, 100_000, 256L << 20, 5, 64 * 1024);

    public TransactionLimits {
        if (maxClient < 1 || maxServer < 1 || maxStored < 0 || retryAfterSec < 0 || maxMessage < 1024) {
            throw new IllegalArgumentException("limits must be positive, maxMessage at least 1024");
        }
    }
}
