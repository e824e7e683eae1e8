package io.trunkline.gateway.engine;

import io.trunkline.gateway.events.CallEvent;
import io.trunkline.gateway.events.InboundEvent;
import io.trunkline.gateway.events.StatusEvent;

/** Where the engine's events go. The sequence is taken before the record is written and is part of it. */
public interface TenantEvents {
    /** The next sequence of this tenant's events: from 1, without gaps. */
    long nextSequence(int tenant);

    /** The record that carries this event has been committed under {@code recordSequence}. */
    void status(int tenant, StatusEvent event, long recordSequence);

    void inbound(int tenant, InboundEvent event, long recordSequence);

    void call(int tenant, CallEvent event, long recordSequence);
}
