package io.trunkline.gateway.engine;

import org.agrona.DirectBuffer;

/** A delivery receipt, read and normalised by the carrier's adapter: a reused view, valid only during the call. */
public final class ReceiptNotice {
    /** SMPP message_state: 1 enroute, 2 delivered, 3 expired, 4 deleted, 5 undeliverable, 6 accepted, 7 unknown, 8 rejected. */
    public int messageState;
    /** No more receipts will follow for this segment. */
    public boolean finalState;

    public ErrorCode errorCode = ErrorCode.NONE;
    /** network type in the high 16 bits, code in the low; 0: none. */
    public int networkErrorCode;
    /** The receipt's err as a number where it is one, for the tenant's raw code. */
    public int rawCode;

    public DirectBuffer buffer;
    public int messageIdOffset;
    public int messageIdLength;
    public int statOffset;
    public int statLength;
    public int errOffset;
    public int errLength;
    /** Digits of the handset's number, for in-doubt units whose message id never came. */
    public int handsetOffset;

    public int handsetLength;
}
