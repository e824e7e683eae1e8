package io.trunkline.perf.load;

/**
 * What a {@link Role} has counted since its start, in units.
 *
 * @param sent handed to the socket
 * @param dropped due, but the role was too far behind to send them
 * @param late sent more than {@link #LATE_NS} after the intended time
 * @param acknowledged taken by the peer
 * @param refused not taken by the peer, which said so
 * @param abandoned never answered, and no longer awaited: in doubt
 * @param ended acknowledged ones that had their last word
 * @param delivered of these, the ones that ended well
 * @param repeated last words that came again
 * @param received what came from the other side unasked: inbound messages
 * @param connects connections made
 * @param disconnects connections lost
 */
public record RoleCounts(
        long sent,
        long dropped,
        long late,
        long acknowledged,
        long refused,
        long abandoned,
        long ended,
        long delivered,
        long repeated,
        long received,
        long connects,
        long disconnects) {
    /** Beyond this a unit left late: a millisecond, what a selector that sleeps can keep. */
    public static final long LATE_NS = 1_000_000;

    public static final RoleCounts NONE = new RoleCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Sent and not answered yet. */
    public long inFlight() {
        return sent - acknowledged - refused - abandoned;
    }

    /** Acknowledged and without a last word. */
    public long open() {
        return acknowledged - ended;
    }

    public RoleCounts plus(final RoleCounts other) {
        return new RoleCounts(
                sent + other.sent,
                dropped + other.dropped,
                late + other.late,
                acknowledged + other.acknowledged,
                refused + other.refused,
                abandoned + other.abandoned,
                ended + other.ended,
                delivered + other.delivered,
                repeated + other.repeated,
                received + other.received,
                connects + other.connects,
                disconnects + other.disconnects);
    }
}
