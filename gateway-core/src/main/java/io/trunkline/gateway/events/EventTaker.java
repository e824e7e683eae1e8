package io.trunkline.gateway.events;

/** Where events go. Called on the shard's thread. One that returns false takes nothing. */
public interface EventTaker {
    boolean onStatus(StatusEvent event);

    boolean onInbound(InboundEvent event);

    boolean onCall(CallEvent event);
}
