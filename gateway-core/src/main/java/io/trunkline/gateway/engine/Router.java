package io.trunkline.gateway.engine;

import io.trunkline.routing.CarrierQuality;
import org.agrona.DirectBuffer;

/** Where units go, decided on the routing snapshot in force. Allocates nothing while units are routed. */
public interface Router {
    /** Finds the carriers for a unit, or why there are none. */
    void route(RouteQuestion question, RouteDecision decision);

    /**
     * Writes into a decision what the carrier that was chosen takes, by the version that decided.
     *
     * @param question the same as for {@link #route}
     * @param network of the destination: {@link io.trunkline.routing.networks.MccMnc}
     * @param carrier its number
     */
    void price(RouteQuestion question, int network, int carrier, RouteDecision decision);

    /** Whether the decision depends on what units carry: whoever asks then finds it out. */
    boolean asksContent();

    /** The treatment with a number that {@link #route} gave, or the journal; null for {@link Treatment#NONE}. */
    Treatment treatment(int number);

    /**
     * A message has come to its end at a carrier, or this carrier has refused it for good.
     *
     * @param delayMs from the carrier's answer to its receipt; -1 where that is not known
     */
    void ended(int carrier, boolean delivered, long delayMs, long nowMs);

    /**
     * An attempt to place a call with a carrier has come to its end.
     *
     * @param delayMs until it rang or was answered; -1 where it did neither
     * @param durationS from answer to end; 0 where it was not answered
     */
    default void callEnded(
            final int carrier,
            final CarrierQuality.CallEnd end,
            final long delayMs,
            final long durationS,
            final long nowMs) {}

    /** The tenant that owns a number, for inbound; 0: nobody. */
    int owner(DirectBuffer digits, int offset, int length);
}
