package io.trunkline.gateway.events;

import org.agrona.DirectBuffer;

/** One step of a call, a reused view that is valid only during the call. */
public final class CallEvent {
    /** In place of a time that there is none of. */
    public static final int NONE = -1;

    /** Per tenant, from 1, without gaps; shared with status and inbound events. */
    public long sequence;

    public long unitId;
    /** As in PlaceCall; both 0 of a call that was not placed. */
    public long referenceHi;

    public long referenceLo;
    public long timeMs;
    /** The number of a {@link io.trunkline.gateway.calls.CallUnitState}. */
    public int state;
    /** The number of an {@link io.trunkline.gateway.engine.ErrorCode}. */
    public int errorCode;
    /** SIP status that the caller's side was told; 0 none. */
    public int status;
    /** Q.850; 0 not known. */
    public int cause;
    /** The number of a {@link io.trunkline.gateway.calls.CallDirection}. */
    public int direction;
    /** From the start until it rang; {@link #NONE}. */
    public int pddMs;
    /** From the start until it was answered; {@link #NONE}. */
    public int setupMs;
    /** From the answer to the end; {@link #NONE}. */
    public int talkMs;

    /** Read back from the journal: the tenant may have seen it before. */
    public boolean replayed;

    /** Who calls and who is called: of the first and of the last event of a call, else empty. */
    public DirectBuffer buffer;

    public int fromOffset;
    public int fromLength;
    public int toOffset;
    public int toLength;

    /** Without numbers. */
    public void withoutParties() {
        buffer = null;
        fromLength = 0;
        toLength = 0;
    }
}
