package io.trunkline.gateway.events;

import org.agrona.DirectBuffer;

/** One inbound message, a reused view that is valid only during the call. */
public final class InboundEvent {
    /** Per tenant, from 1, without gaps; shared with status events. */
    public long sequence;

    public long unitId;
    public long timeMs;
    /** 1 GSM 7 bit, 2 Latin-1, 3 UCS-2, 4 binary: what came over the air. Text is handed on as UTF-8. */
    public int encoding;

    public int dataCoding;
    public int segments;
    public int segmentsMissing;
    public boolean replayed;

    public DirectBuffer buffer;
    public int fromOffset;
    public int fromLength;
    public int toOffset;
    public int toLength;
    public int bodyOffset;
    public int bodyLength;
}
