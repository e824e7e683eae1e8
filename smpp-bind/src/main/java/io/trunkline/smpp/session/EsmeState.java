package io.trunkline.smpp.session;

/** Where a supervised bind stands. */
public enum EsmeState {
    /** Told to stop; nothing is tried. */
    DISABLED,
    /** Waits for the next attempt, or for the MC's outbind. */
    WAITING,
    /** Resolves, connects, shakes hands. */
    CONNECTING,
    /** The bind request is on its way. */
    BINDING,
    /** Live. */
    BOUND,
    /** Submits nothing more; answers are awaited. */
    DRAINING,
    /** The unbind request is on its way. */
    UNBINDING,
    /** What is written leaves, then the connection closes. */
    CLOSING
}
