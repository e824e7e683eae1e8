package io.trunkline.gateway.calls;

/**
 * A call that has not ended, as operators see it.
 *
 * @param tenant its number in the journal
 * @param direction to a carrier, or from one
 * @param state {@code trying}, {@code ringing} or {@code answered}
 * @param from E.164 digits, or empty
 * @param to E.164 digits
 * @param carrier its number in the journal; 0 before the first attempt
 * @param trunk {@code carrier/trunk}, or empty
 * @param startedAtMs wall time, since 1970
 * @param answeredAtMs the same; 0 before the answer
 * @param callId of the leg that came in, or of the first party; as in its SIP messages
 */
public record CallRow(
        long unitId,
        int tenant,
        Direction direction,
        String state,
        String from,
        String to,
        int carrier,
        String trunk,
        int attempts,
        long startedAtMs,
        long answeredAtMs,
        String callId) {
    /** Which way a call goes. */
    public enum Direction {
        /** From a tenant to a carrier. */
        OUT,
        /** From a carrier to a tenant. */
        IN
    }
}
