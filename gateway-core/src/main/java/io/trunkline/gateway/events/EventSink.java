package io.trunkline.gateway.events;

/**
 * Where a subscription's events go: one upstream session, or all binds of one SMPP account. An event that was not taken
 * stays in the journal and comes again after {@link Subscription#resume()}.
 */
public interface EventSink extends EventTaker {
    /** Another session has taken over this subscription, or it was removed; no more events will come. */
    void onSuperseded();
}
