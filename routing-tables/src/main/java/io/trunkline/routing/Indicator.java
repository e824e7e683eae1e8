package io.trunkline.routing;

/** What is measured of a carrier over a sliding window. Rates are in basis points: 9,950 is 99.5 %. */
public enum Indicator {
    /** Delivered of those messages whose end is known. */
    DELIVERY_RATE(UnitKind.MESSAGE, true),
    /** From sending a message to its receipt: the mean of those delivered, in ms. */
    DELIVERY_LATENCY(UnitKind.MESSAGE, false),
    /** ASR: answered of all call attempts. */
    ANSWER_SEIZURE_RATIO(UnitKind.CALL, true),
    /** NER: all but failures of the network, of all call attempts (ITU-T E.425). */
    NETWORK_EFFECTIVENESS_RATIO(UnitKind.CALL, true),
    /** ACD: mean duration of answered calls, in s. */
    AVERAGE_CALL_DURATION(UnitKind.CALL, true),
    /** PDD: from the attempt until it rings or is answered, the mean of those that did, in ms. */
    POST_DIAL_DELAY(UnitKind.CALL, false);

    private final UnitKind kind;
    private final boolean moreIsBetter;

    Indicator(final UnitKind kind, final boolean moreIsBetter) {
        this.kind = kind;
        this.moreIsBetter = moreIsBetter;
    }

    /** Of which units. */
    public UnitKind kind() {
        return kind;
    }

    public boolean moreIsBetter() {
        return moreIsBetter;
    }
}
