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

    public int segments;
    public int segmentsDelivered;
    public boolean possibleDuplicate;
    /** Read back from the journal: the tenant may have seen it before. */
    public boolean replayed;
}
