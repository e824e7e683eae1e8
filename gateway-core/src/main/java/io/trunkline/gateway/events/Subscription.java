package io.trunkline.gateway.events;

/** One named durable cursor into a tenant's event stream, with a sink attached. */
public interface Subscription {
    /** Delivery goes on after this sequence. */
    long resumedAfter();

    /** The client has made safe all events up to and including this sequence; late or repeated calls change nothing. */
    void acknowledge(long sequence);

    /** The sink has room again after it refused an event. */
    void resume();

    /** Detaches the sink; the cursor stays. */
    void detach();
}
