package io.trunkline.gateway.upstream;

/**
 * What happened on an upstream listener since the start. Plain fields, written by the shard's thread only; whoever
 * shows them reads values that may lag a little.
 */
public final class UpstreamCounters {
    public long connectionsAccepted;
    /** Closed at once because a cap on connections was reached. */
    public long connectionsOverCap;

    public long connectionsClosed;

    public long authenticated;
    public long notAuthenticated;
    public long addressNotAllowed;
    public long lockedOut;
    /** Authenticated, but the account had all its sessions. */
    public long sessionsOverCap;
    /** Connected and never said who it is. */
    public long helloTimeouts;

    /** Frames or PDUs read in whole. */
    public long framesRead;

    public long malformed;
    public long wrongState;
    /** Of a newer protocol version, skipped as SBE's rules say. */
    public long unknownSkipped;

    public long submits;
    public long submitsAccepted;
    public long submitsRefused;
    public long overCredit;
    /** SMPP: a submit over the rate was not read any further for a while. */
    public long readPauses;

    public long queries;
    public long cancels;
    /** Calls that were to be placed, and those of them that were accepted. */
    public long calls;

    public long callsAccepted;
    public long conversions;
    /** Conversions of a unit that the tenant does not have. */
    public long conversionsUnknown;

    public long eventsSent;
    /** The sink had no room; the stream waits for the client. */
    public long eventsHeld;

    public long eventAcks;
    /** SMPP: a delivery that was not answered, or answered with a code that means later, and is tried again. */
    public long eventRetries;
    /** SMPP: refused for good by the client. */
    public long eventsRefused;
    /** SMPP: given up after too many attempts, or not expressible. */
    public long eventsDropped;
    /** SMPP: events that are not for this client: units of another protocol, receipts that it did not ask for. */
    public long eventsSkipped;

    public long subscriptionsRefused;
    public long superseded;

    public long slowReaders;
    public long idleTimeouts;
    public long tlsFailures;
}
