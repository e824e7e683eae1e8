package io.trunkline.sip.call;

/** How a call ended, as it stands in a call record. */
public enum CallOutcome {
    COMPLETED,
    BUSY,
    NO_ANSWER,
    CANCELLED,
    FAILED
}
