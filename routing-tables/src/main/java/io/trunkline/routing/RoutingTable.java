package io.trunkline.routing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Holds what is in force: a {@link RoutingSnapshot}, or something immutable around one. One thread publishes, any thread reads:
 * a release-store and an acquire-load, so a reader sees either the old one or the whole new one.
 */
public final class RoutingTable<S> {
    private static final VarHandle CURRENT;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(RoutingTable.class, "current", Object.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // Only through CURRENT.
    private Object current;

    /** A table with its first snapshot in force. */
    public RoutingTable(final S first) {
        CURRENT.setRelease(this, first);
    }

    /** What is in force; take it once per unit and keep to it. */
    @SuppressWarnings("unchecked") // Nothing else is ever put in.
    public S current() {
        return (S) CURRENT.getAcquire(this);
    }

    /** Puts a snapshot into force. */
    public void publish(final S snapshot) {
        CURRENT.setRelease(this, snapshot);
    }
}
