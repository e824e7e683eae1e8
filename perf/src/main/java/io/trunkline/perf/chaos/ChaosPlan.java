package io.trunkline.perf.chaos;

/**
 * How a proxy misbehaves; the same seed and the same traffic give the same faults.
 *
 * @param delayMs each chunk is held back up to so many milliseconds; order is kept
 * @param splitPercent chance that a chunk is cut into small pieces
 * @param stallPercent chance that a chunk is followed by a stall
 * @param stallMs length of a stall
 * @param dropPerMille chance per chunk that the connection is broken there, in the middle of the chunk
 */
public record ChaosPlan(long seed, int delayMs, int splitPercent, int stallPercent, int stallMs, int dropPerMille) {
    public ChaosPlan {
        if (delayMs < 0 || stallMs < 0) {
            throw new IllegalArgumentException("a delay is negative");
        }
        if (splitPercent < 0 || splitPercent > 100 || stallPercent < 0 || stallPercent > 100) {
            throw new IllegalArgumentException("a percentage is not between 0 and 100");
        }
        if (dropPerMille < 0 || dropPerMille > 1000) {
            throw new IllegalArgumentException("dropPerMille is not between 0 and 1000");
        }
    }

    /** Passes everything on as it comes. */
    public static ChaosPlan none(final long seed) {
        return new ChaosPlan(seed, 0, 0, 0, 0, 0);
    }
}
