package io.trunkline.sip.media;

/**
 * How the relay is asked.
 *
 * @param maxPending requests without answer; beyond it none is sent
 * @param maxRequest octets of the largest request
 * @param repeatMs a request is repeated after this, then after twice as long each time, ms
 * @param timeoutMs how long an answer may take, ms
 */
public record RelayLimits(int maxPending, int maxRequest, long repeatMs, long timeoutMs) {
    /** A relay in the same room. */
    public static final RelayLimits DEFAULT = new RelayLimits(4_096, 32 * 1024, 100, 1_500);

    public RelayLimits {
        if (maxPending < 1 || maxRequest < 1 || repeatMs < 1 || timeoutMs < repeatMs) {
            throw new IllegalArgumentException("limits of the relay must be positive, timeoutMs at least repeatMs");
        }
    }
}
