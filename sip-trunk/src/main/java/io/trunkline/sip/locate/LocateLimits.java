package io.trunkline.sip.locate;

/**
 * How much of what DNS says is taken. What is over a limit is left out.
 *
 * @param maxPointers NAPTR records followed
 * @param maxServices SRV records used, of all pointers together
 * @param maxAddresses addresses used, of all targets together
 * @param minTtlMs answers are kept at least so long, ms
 * @param maxTtlMs and at most so long, ms
 * @param retryMs after an answer that there is nothing, or none, ask again then, ms
 */
public record LocateLimits(
        int maxPointers, int maxServices, int maxAddresses, long minTtlMs, long maxTtlMs, long retryMs) {
    /** More SRV records than any carrier has. */
    public static final LocateLimits DEFAULT = new LocateLimits(8, 32, 64, 5_000, 3_600_000, 15_000);

    public LocateLimits {
        if (maxPointers < 1 || maxServices < 1 || maxAddresses < 1) {
            throw new IllegalArgumentException("at least one record of each kind must be taken");
        }
        if (minTtlMs < 1 || maxTtlMs < minTtlMs || retryMs < 1) {
            throw new IllegalArgumentException("times must be positive, maxTtlMs at least minTtlMs");
        }
    }
}
