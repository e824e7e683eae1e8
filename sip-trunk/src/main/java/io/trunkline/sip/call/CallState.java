package io.trunkline.sip.call;

/** Where a call stands. Goes forward only. */
public enum CallState {
    /** The caller's INVITE is there, the router has not decided. */
    OFFERED,
    /** The first party of a call that the owner places is invited. */
    PLACING,
    /** One target after the other is tried. */
    TRYING,
    /** A target has answered, and the caller was told so. */
    ANSWERED,
    /** Over, and told so. */
    ENDED
}
