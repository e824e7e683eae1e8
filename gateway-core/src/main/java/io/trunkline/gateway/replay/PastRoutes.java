package io.trunkline.gateway.replay;

/** What the configurations that were in force asked for a unit, as far as that is still known. */
public interface PastRoutes {
    /** Nothing is known. */
    PastRoutes NONE = new PastRoutes() {
        @Override
        public void inForce(final int version, final String hash) {}

        @Override
        public long costMicros(final int version, final int row, final String carrier) {
            return CandidateRoutes.UNPRICED;
        }
    };

    /** The journal says that a configuration came into force: units that follow name it. */
    void inForce(int version, String hash);

    /**
     * Cost of a segment by the row that a unit was routed by.
     *
     * @param row id of the row in that version, as the journal has it
     * @param carrier to which it went; no carrier of that name where the journal does not name it
     * @return millionths of the currency's unit, or {@link CandidateRoutes#UNPRICED}
     */
    long costMicros(int version, int row, String carrier);
}
