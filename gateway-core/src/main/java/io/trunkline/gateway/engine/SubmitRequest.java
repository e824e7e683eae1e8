package io.trunkline.gateway.engine;

import org.agrona.DirectBuffer;

/**
 * One submit as an upstream server hands it to the engine: a reused, mutable view whose text fields point into the
 * receive buffer and are valid only during the call.
 */
public final class SubmitRequest {
    /** No value given, for the fields that may be absent. */
    public static final long ABSENT = Long.MIN_VALUE;
    /** {@link #dataCoding} of a text body: the engine chooses the encoding. */
    public static final int TEXT = -1;

    /** The id of the authenticated tenant, as given out by the journal; never taken from the frame. */
    public int tenant;
    /** Client reference, 16 opaque bytes, big-endian halves; both 0: no reference, no dedupe. */
    public long referenceHi;

    public long referenceLo;
    /** 1 otp, 2 transactional, 3 bulk. */
    public int messageClass;
    /** 1 number, 2 alphanumeric, 3 pool. */
    public int senderType;
    /** 1 none, 2 final, 3 all. */
    public int receiptWish;
    /** 1 binary protocol, 2 SMPP, 3 SIP. */
    public int origin;
    /** {@link #TEXT}, or the data coding 0..255 of a binary body. */
    public int dataCoding;

    public boolean smartEncoding;
    public boolean userDataHeader;
    /** Milliseconds since the epoch, or {@link #ABSENT}: at once. */
    public long scheduledAtMs;
    /** Milliseconds from acceptance, or {@link #ABSENT}: the tenant's default. */
    public long validityMs;
    /** Millionths of the tenant's currency per unit, or {@link #ABSENT}. */
    public long priceCapMicros;

    public DirectBuffer buffer;
    public int fromOffset;
    public int fromLength;
    public int toOffset;
    public int toLength;
    public int bodyOffset;
    public int bodyLength;
    public int campaignOffset;
    public int campaignLength;
    public int tagsOffset;
    public int tagsLength;
}
