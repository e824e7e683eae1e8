package io.trunkline.sip.call;

/**
 * A call that the owner places between two others (third party call control, RFC 3725 §4.1, flow I): the first party is invited
 * without an offer, the targets of the plan with the offer that it answers with, and their answer goes into its ACK.
 *
 * @param first the first party; its {@code from} must be given
 * @param callerId {@code name-addr} that the targets see in From, unless they name one
 * @param plan the targets and times; setup ends after 30 s at the latest from the first party's answer on, which waits for its ACK
 */
public record PlaceOrder(Target first, String callerId, CallPlan plan) {
    public PlaceOrder {
        if (first.from() == null || callerId == null) {
            throw new IllegalArgumentException("the first party's from and the callerId must be given");
        }
    }
}
