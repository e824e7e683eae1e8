package io.trunkline.gateway.calls;

/** A call as it begins; filled anew for each by whoever joins calls to trunks. */
public final class CallStart {
    /** {@link #origin} of a call that a tenant placed by the binary protocol. */
    public static final int ORIGIN_BINARY = 1;
    /** {@link #origin} of a call that came in by SIP, from either side. */
    public static final int ORIGIN_SIP = 3;

    /** Who pays, or owns the number that is called: the journal's number. */
    public int tenant;

    public CallDirection direction = CallDirection.OUT;
    public int origin = ORIGIN_SIP;
    /** Of a call that was placed: as for messages. Both 0: none. */
    public long referenceHi;

    public long referenceLo;
    /** What the reference stands for, so that one used for another call is noticed. */
    public long contentHash;
    /** The configuration that it is routed with. */
    public int tableVersion;
    /** Of a call from the network: where it came from. */
    public int carrier;

    public int trunk;
    /** Who calls: digits as in E.164 where it is a number. */
    public String from = "";
    /** Who is called: digits as in E.164 where it is a number. */
    public String to = "";
    /** The same where the caller's side asserts it (RFC 3325), and is believed; empty where only From says so. */
    public String asserted = "";
    /** SIP Call-ID of the caller's side; empty of a call that was placed. */
    public String callId = "";

    /** As after construction. */
    public CallStart clear() {
        tenant = 0;
        direction = CallDirection.OUT;
        origin = ORIGIN_SIP;
        referenceHi = 0;
        referenceLo = 0;
        contentHash = 0;
        tableVersion = 0;
        carrier = 0;
        trunk = 0;
        from = "";
        to = "";
        asserted = "";
        callId = "";
        return this;
    }
}
