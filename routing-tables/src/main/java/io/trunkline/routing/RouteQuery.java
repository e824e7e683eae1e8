package io.trunkline.routing;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What is to be routed, apart from its number; one object is reused from unit to unit. */
public final class RouteQuery {
    /** In place of a price: it is not known. */
    public static final int NO_PRICE = -1;

    private int tenant;
    private int group;
    private UnitKind kind = UnitKind.MESSAGE;
    private int messageClass;
    private long epochSecond;
    private long unitId;
    private int price = NO_PRICE;
    private int priceCap = Policy.NO_CAP;
    private Measurements measurements = Measurements.NONE;
    private ContentType content = ContentType.UNKNOWN;
    private final UnsafeBuffer sender = new UnsafeBuffer(new byte[0]);

    /**
     * Begins a message. Until something else is said it is routed at the beginning of 1970, has neither price nor cap, and
     * nothing is known of any carrier.
     */
    public RouteQuery message(final int itsTenant, final int itsClass, final long itsUnitId) {
        kind = UnitKind.MESSAGE;
        tenant = itsTenant;
        messageClass = itsClass;
        unitId = itsUnitId;
        epochSecond = 0;
        price = NO_PRICE;
        priceCap = Policy.NO_CAP;
        measurements = Measurements.NONE;
        content = ContentType.UNKNOWN;
        sender.wrap(sender, 0, 0);
        return this;
    }

    /** As {@link #message}, for a call. */
    public RouteQuery call(final int itsTenant, final int itsClass, final long itsUnitId) {
        message(itsTenant, itsClass, itsUnitId);
        kind = UnitKind.CALL;
        return this;
    }

    /** When: decides which time windows are open. */
    public RouteQuery at(final long seconds) {
        epochSecond = seconds;
        return this;
    }

    /**
     * What the tenant pays and allows, a segment or a minute, in millionths of the currency's unit.
     *
     * @param itsPrice or {@link #NO_PRICE}
     * @param itsCap most that a carrier may ask, or {@link Policy#NO_CAP}
     */
    public RouteQuery paying(final int itsPrice, final int itsCap) {
        price = itsPrice;
        priceCap = itsCap;
        return this;
    }

    /** How the carriers do. */
    public RouteQuery measured(final Measurements itsMeasurements) {
        measurements = itsMeasurements;
        return this;
    }

    /** From whom, in ASCII; the octets are not copied. */
    public RouteQuery from(final DirectBuffer buffer, final int offset, final int length) {
        sender.wrap(buffer, offset, length);
        return this;
    }

    /** What a message carries. */
    public RouteQuery carrying(final ContentType itsContent) {
        content = itsContent;
        return this;
    }

    /** The group of the tenant, which the snapshot knows. */
    void group(final int itsGroup) {
        group = itsGroup;
    }

    public int tenant() {
        return tenant;
    }

    int group() {
        return group;
    }

    public UnitKind kind() {
        return kind;
    }

    /** 1..255. */
    public int messageClass() {
        return messageClass;
    }

    public long epochSecond() {
        return epochSecond;
    }

    public long unitId() {
        return unitId;
    }

    int price() {
        return price;
    }

    int priceCap() {
        return priceCap;
    }

    Measurements measurements() {
        return measurements;
    }

    ContentType content() {
        return content;
    }

    DirectBuffer sender() {
        return sender;
    }
}
