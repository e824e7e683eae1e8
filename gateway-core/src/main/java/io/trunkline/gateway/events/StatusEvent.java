package io.trunkline.gateway.events;

/** One status event, a reused view that is valid only during the call. */
public final class StatusEvent {
    /** Per tenant, from 1, without gaps. */
    public long sequence;

    public long unitId;
    public long referenceHi;
    public long referenceLo;
    public long timeMs;
    /** The number of a {@link io.trunkline.gateway.engine.UnitState}. */
    public int state;
    /** The number of an {@link io.trunkline.gateway.engine.ErrorCode}. */
    public int errorCode;
    /** What the carrier said, as it said it: SMPP command_status, or the receipt's err as a number; 0 if nothing. */
    public int rawCode;

    /** As in the submit: 1 binary protocol, 2 SMPP, 3 SIP; 0 not known. */
    public int origin;
    /** As in the submit: 1 none, 2 final, 3 all; 0 not known. */
    public int receiptWish;
    /** Milliseconds since the epoch; 0 not known. */
    public long acceptedAtMs;
    /** E.164 digits of the destination as a number; 0 not known. A receipt to an SMPP client comes from it. */
    public long destination;
    /** The sender, to whom a receipt goes; see {@link io.trunkline.gateway.engine.PackedSender}. */
    public long senderHi;

    public long senderLo;

    public int segments;
    public int segmentsDelivered;
    public boolean possibleDuplicate;
    /** Read back from the journal: the tenant may have seen it before. */
    public boolean replayed;
}
