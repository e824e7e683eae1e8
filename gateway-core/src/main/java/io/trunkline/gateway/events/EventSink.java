package io.trunkline.gateway.events;

/**
 * Where a subscription's events go: one upstream session, or all binds of one SMPP account. Called on the shard's
 * thread. A sink that returns false takes nothing; the event stays in the journal and comes again after
 * {@link Subscription#resume()}.
 */
public interface EventSink {
    boolean onStatus(StatusEvent event);

    boolean onInbound(InboundEvent event);

    boolean onCall(CallEvent event);

    /** Another session has taken over this subscription, or it was removed; no more events will come. */
    void onSuperseded();
}
