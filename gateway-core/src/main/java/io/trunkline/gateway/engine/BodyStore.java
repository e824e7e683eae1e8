package io.trunkline.gateway.engine;

/** Reads bodies back from the journal for units that were accepted when memory for bodies was used up. */
public interface BodyStore {
    /**
     * Asks for the {@code UnitAccepted} record of a unit; the answer comes later to {@link Engine#bodyLoaded}, in the
     * order of asking.
     *
     * @return false where no more requests are taken now
     */
    boolean request(long unitId, long acceptedSequence);
}
