package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.Sip;
import io.trunkline.sip.call.CallLimits;
import io.trunkline.sip.call.HeaderPolicy;
import io.trunkline.sip.call.LegPolicy;
import io.trunkline.sip.transaction.TransactionLimits;
import io.trunkline.sip.trunk.DoorSettings;

/** From what {@code sip} of the configuration says of all peers to what {@code sip-trunk} wants to know of them. */
final class SipSettings {
    private static final int RETRY_AFTER_SEC = 5;

    private SipSettings() {}

    static DoorSettings door(final Sip sip) {
        final DoorSettings door = sip.realm().map(DoorSettings::in).orElseGet(DoorSettings::closed);
        return sip.strangers() == Sip.Strangers.REFUSE ? door.refusing() : door;
    }

    static CallLimits limits(final Sip.Bounds bounds) {
        final CallLimits usual = CallLimits.DEFAULT;
        return new CallLimits(
                bounds.calls(),
                usual.maxPending(),
                usual.maxForks(),
                usual.maxInvite(),
                bounds.memory().bytes(),
                usual.maxMessage(),
                RETRY_AFTER_SEC,
                usual.offerMs(),
                bounds.behind().toMillis());
    }

    static TransactionLimits transactions(final Sip.Bounds bounds) {
        return new TransactionLimits(
                bounds.transactions(),
                bounds.transactions(),
                bounds.memory().bytes(),
                RETRY_AFTER_SEC,
                TransactionLimits.DEFAULT.maxMessage());
    }

    static LegPolicy callers(final Sip.Times times) {
        return new LegPolicy(
                HeaderPolicy.DEFAULT, false, (int) times.sessionTimer().toSeconds(), (int)
                        times.minSessionTimer().toSeconds());
    }
}
