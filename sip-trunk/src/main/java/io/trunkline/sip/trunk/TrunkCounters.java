package io.trunkline.sip.trunk;

/** What a trunk has seen, since it began. Written by its loop only. */
public final class TrunkCounters {
    long probesSent;
    long probesAnswered;
    long probesFailed;
    long addressesDown;
    long addressesUp;
    long registrations;
    long registrationFailures;
    long challengesAnswered;
    long challengesNotAnswered;
    long shed;
    long heldOff;

    public long probesSent() {
        return probesSent;
    }

    public long probesAnswered() {
        return probesAnswered;
    }

    public long probesFailed() {
        return probesFailed;
    }

    /** Times that an address went down. */
    public long addressesDown() {
        return addressesDown;
    }

    /** Times that an address came up again. */
    public long addressesUp() {
        return addressesUp;
    }

    /** REGISTERs that were accepted, refreshes among them. */
    public long registrations() {
        return registrations;
    }

    /** Rounds of REGISTER that ended without. */
    public long registrationFailures() {
        return registrationFailures;
    }

    public long challengesAnswered() {
        return challengesAnswered;
    }

    /** Challenges of another realm, from elsewhere, too weak, or to credentials that were refused. */
    public long challengesNotAnswered() {
        return challengesNotAnswered;
    }

    /** Places in a call's order that a peer's load shedding took (RFC 7339). */
    public long shed() {
        return shed;
    }

    /** Times that a Retry-After was obeyed. */
    public long heldOff() {
        return heldOff;
    }
}
