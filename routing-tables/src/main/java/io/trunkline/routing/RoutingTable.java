package io.trunkline.routing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Holds the snapshot in force. One thread publishes, any thread reads: a release-store and an acquire-load, so a reader sees
 * either the old snapshot or the whole new one.
 */
public final class RoutingTable {
    private static final VarHandle CURRENT;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(RoutingTable.class, "current", RoutingSnapshot.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // Only through CURRENT.
    private RoutingSnapshot current;

    /** A table with its first snapshot in force. */
    public RoutingTable(final RoutingSnapshot first) {
        CURRENT.setRelease(this, first);
    }

    /** The snapshot in force; take it once per unit and keep to it. */
    public RoutingSnapshot current() {
        return (RoutingSnapshot) CURRENT.getAcquire(this);
    }

    /** Puts a snapshot into force. */
    public void publish(final RoutingSnapshot snapshot) {
        CURRENT.setRelease(this, snapshot);
    }
}
