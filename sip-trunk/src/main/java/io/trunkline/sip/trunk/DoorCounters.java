package io.trunkline.sip.trunk;

/** What came in from where, since the beginning. Written by its loop only. */
public final class DoorCounters {
    long known;
    long unknownRequests;
    long unknownResponses;
    long scanners;
    long banned;
    long bans;
    long challenged;
    long challengesSuppressed;
    long authenticated;
    long wrong;
    long replayed;

    /** Messages from known addresses. */
    public long known() {
        return known;
    }

    /** Requests from unknown addresses that got no answer. */
    public long unknownRequests() {
        return unknownRequests;
    }

    /** Responses from addresses to which nothing is sent. */
    public long unknownResponses() {
        return unknownResponses;
    }

    /** Requests by scanners, dropped. */
    public long scanners() {
        return scanners;
    }

    /** Requests by banned addresses, dropped. */
    public long banned() {
        return banned;
    }

    /** Addresses that were banned. */
    public long bans() {
        return bans;
    }

    public long challenged() {
        return challenged;
    }

    /** Challenges that were not sent, as there were too many. */
    public long challengesSuppressed() {
        return challengesSuppressed;
    }

    /** Requests with good credentials. */
    public long authenticated() {
        return authenticated;
    }

    /** Requests with wrong credentials. */
    public long wrong() {
        return wrong;
    }

    /** Requests with credentials that were used before. */
    public long replayed() {
        return replayed;
    }
}
