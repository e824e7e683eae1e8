package io.trunkline.gateway.engine;

/**
 * What an upstream server may ask of the engine. All calls come from the shard's thread and answer at once; the
 * answer may be encoded at once too, because no byte leaves the shard before the journal holds what it speaks of.
 */
public interface MessageDesk {
    /**
     * A submit of this tenant with this reference follows shortly. Announcing those of one read together makes them cheaper:
     * where each reference is looked up lies in memory that no cache holds, and waiting for many at once takes about as long
     * as for one.
     */
    void expect(int tenant, long referenceHi, long referenceLo);

    /** Takes a submit or refuses it; {@code answer} says which. */
    void submit(SubmitRequest request, SubmitAnswer answer);

    /** How a cancel ended. Numbers as on the wire. */
    enum CancelOutcome {
        CANCELLED(1),
        TOO_LATE(2),
        NOT_FOUND(3);

        private final int number;

        CancelOutcome(final int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** Cancels a unit of this tenant if no carrier may have it yet; too late too where the journal has no room for it. */
    CancelOutcome cancel(int tenant, long unitId);

    /**
     * What became of a unit that came by SMPP. Of those that have ended the engine knows the last 65,536 for a day, after a
     * restart those that ended since the checkpoint that it began from.
     *
     * @return false where the tenant has no such unit that is open or known to have ended
     */
    boolean query(int tenant, long unitId, UnitStatus status);

    /** How long the tenant's rate holds back the next submit, ms; 0: not at all. */
    int rateWaitMs(int tenant);

    /** Notes that the one-time password in this unit was used; false where the tenant has no such unit, or no room. */
    boolean converted(int tenant, long unitId, long convertedAtMs);
}
