package io.trunkline.client;

/** Where a {@link TrunklineClient} stands. */
public enum ClientState {
    /** A connection is being made or authenticated. */
    CONNECTING,
    /** Submits are taken, events come. */
    READY,
    /** The last connection failed; waiting before the next attempt. */
    BACKING_OFF,
    /** Closed by its owner. Final. */
    CLOSED,
    /** The gateway refused, and said that trying again is of no use. Final. */
    REFUSED
}
