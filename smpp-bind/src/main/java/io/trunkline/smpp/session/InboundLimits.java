package io.trunkline.smpp.session;

/**
 * What a peer may send before reading from it pauses, so that one that floods takes no time from the others. Answers to
 * our own requests are not counted: our window bounds those.
 *
 * @param pdusPerTurn PDUs handled before other sessions have their turn, above 0
 * @param pdusPerSecond PDUs a second, or 0: no limit
 */
public record InboundLimits(int pdusPerTurn, int pdusPerSecond) {
    /** 1,024 in a turn, 50,000 in a second. */
    public static final InboundLimits DEFAULT = new InboundLimits(1024, 50_000);

    /** Checks the ranges. */
    public InboundLimits {
        if (pdusPerTurn < 1 || pdusPerSecond < 0 || pdusPerSecond > TokenBucket.MAX_RATE_MILLIS / 1000) {
            throw new IllegalArgumentException("inbound limits out of range");
        }
    }
}
