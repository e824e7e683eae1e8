package io.trunkline.perf.load;

/** Where a {@link Role} stands. */
public enum RoleState {
    /** Not connected yet, so nothing was sent. */
    CONNECTING,
    SENDING,
    /** All is sent; answers or last words are awaited. */
    DRAINING,
    /** All that was sent has come to its end. */
    SETTLED,
    /** The peer refused for good, or is gone and does not come back: {@link Role#trouble()} says what happened. */
    FAILED
}
