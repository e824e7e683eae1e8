package io.trunkline.gateway.events;

/** A replay under way. */
public interface Replay {
    /** The sink has room again after it refused an event. */
    void resume();

    /** No more is wanted; the sink is told the end. */
    void stop();

    /** Nobody listens any more; the sink is told nothing. */
    void abandon();
}
