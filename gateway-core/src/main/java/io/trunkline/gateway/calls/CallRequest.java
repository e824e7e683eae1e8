package io.trunkline.gateway.calls;

import org.agrona.DirectBuffer;

/** A call that is to be placed: a reused, mutable view whose fields point into the receive buffer and are valid during the call only. */
public final class CallRequest {
    /** The id of the authenticated tenant, as given out by the journal. */
    public int tenant;

    public DirectBuffer buffer;
    /** The caller's number as the callee is to see it, E.164 digits with or without {@code +}. */
    public int fromOffset;

    public int fromLength;
    /** Whom to call, E.164 digits with or without {@code +}. */
    public int toOffset;

    public int toLength;
    /**
     * SIP URI at the tenant's platform that is called first and makes the offer, as a media server's; empty: {@code from} there.
     * It goes to the addresses of the platform, whatever host it names.
     */
    public int firstOffset;

    public int firstLength;
    /** Longest duration, s; 0: the tenant's. */
    public int maxDurationSec;
    /** How long both parties together may take to answer, ms; 0: what is configured. */
    public long setupTimeoutMs;
    /** As for messages, for {@link CallStart}. Both 0: none. */
    public long referenceHi;

    public long referenceLo;
    public long contentHash;
}
