package io.trunkline.smpp.codec;

/** The TLV congestion_state of responses (SMPP 5.0 §4.8.4.18): how loaded the peer is, in percent. */
public final class CongestionState {
    /** No congestion_state in the PDU, or none that makes sense. */
    public static final int ABSENT = -1;

    public static final int IDLE = 0;
    public static final int LOW_FIRST = 1;
    public static final int MEDIUM_FIRST = 30;
    public static final int HIGH_FIRST = 50;
    /** From here on the peer runs at the load that suits it best. */
    public static final int OPTIMUM_FIRST = 80;

    public static final int NEARING_FIRST = 90;
    public static final int CONGESTED = 100;

    /** The ranges of the specification. */
    public enum Level {
        IDLE,
        LOW,
        MEDIUM,
        HIGH,
        OPTIMUM,
        NEARING,
        CONGESTED
    }

    private CongestionState() {}

    /**
     * Reads it from the TLVs of a response.
     *
     * @return 0..100 or {@link #ABSENT}; values above 100, which are reserved, count as absent
     */
    public static int read(final TlvIterator tlvs) {
        final int state =
                tlvs.length() != 0 && tlvs.find(TlvTag.CONGESTION_STATE) ? (int) tlvs.unsignedValue(ABSENT) : ABSENT;
        tlvs.rewind();
        return state >= IDLE && state <= CONGESTED ? state : ABSENT;
    }

    /**
     * The range that a state falls into.
     *
     * @param state 0..100
     */
    public static Level level(final int state) {
        if (state < IDLE || state > CONGESTED) {
            throw new IllegalArgumentException("congestion_state " + state + " is not within 0..100");
        }
        if (state == IDLE) {
            return Level.IDLE;
        }
        if (state < MEDIUM_FIRST) {
            return Level.LOW;
        }
        if (state < HIGH_FIRST) {
            return Level.MEDIUM;
        }
        if (state < OPTIMUM_FIRST) {
            return Level.HIGH;
        }
        if (state < NEARING_FIRST) {
            return Level.OPTIMUM;
        }
        return state < CONGESTED ? Level.NEARING : Level.CONGESTED;
    }
}
