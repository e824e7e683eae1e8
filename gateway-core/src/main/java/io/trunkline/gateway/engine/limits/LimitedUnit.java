package io.trunkline.gateway.engine.limits;

import org.agrona.DirectBuffer;

/** What limits look at in a unit; one object is reused from unit to unit. */
public final class LimitedUnit {
    int tenant;
    int network;
    int segments;
    long sender;
    long campaign;
    long brand;
    long destination;

    /**
     * Begins a unit without sender, campaign and destination.
     *
     * @param itsTenant number in the journal
     * @param itsNetwork {@link io.trunkline.routing.networks.MccMnc} of the destination
     */
    public LimitedUnit begin(final int itsTenant, final int itsNetwork, final int itsSegments) {
        tenant = itsTenant;
        network = itsNetwork;
        segments = itsSegments;
        sender = 0;
        campaign = 0;
        brand = 0;
        destination = 0;
        return this;
    }

    /** The sender as it was submitted; a + before a number makes no difference. */
    public LimitedUnit from(final DirectBuffer buffer, final int offset, final int length) {
        final int sign = length > 0 && buffer.getByte(offset) == '+' ? 1 : 0;
        sender = LimitKey.text(buffer, offset + sign, length - sign);
        return this;
    }

    /** The destination in digits, without sign. */
    public LimitedUnit to(final DirectBuffer buffer, final int offset, final int length) {
        destination = LimitKey.text(buffer, offset, length);
        return this;
    }

    /** The campaign as it was submitted, and the brand that it is of. */
    public LimitedUnit campaign(
            final Campaigns campaigns, final DirectBuffer buffer, final int offset, final int length) {
        campaign = campaigns.campaign(LimitKey.text(buffer, offset, length));
        brand = campaigns.brand(campaign);
        return this;
    }
}
