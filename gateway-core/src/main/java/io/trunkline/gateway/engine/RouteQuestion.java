package io.trunkline.gateway.engine;

import io.trunkline.routing.ContentType;
import io.trunkline.routing.UnitKind;
import org.agrona.DirectBuffer;

/** A unit that looks for its carriers: one object, reused from unit to unit; the buffers are valid during the call only. */
public final class RouteQuestion {
    /** {@link #priceCap} where the unit has none. */
    public static final int NO_CAP = -1;

    public UnitKind kind = UnitKind.MESSAGE;
    /** Its number in the journal. */
    public int tenant;
    /** 1 otp, 2 transactional, 3 bulk. */
    public int messageClass;

    public long unitId;
    public long nowMs;
    public ContentType content = ContentType.UNKNOWN;
    /** Most that a segment may cost, in millionths, or {@link #NO_CAP}. */
    public int priceCap = NO_CAP;

    public DirectBuffer from;
    public int fromOffset;
    public int fromLength;
    /** E.164 digits without sign. */
    public DirectBuffer to;

    public int toOffset;
    public int toLength;
}
