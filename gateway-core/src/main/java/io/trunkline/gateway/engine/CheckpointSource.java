package io.trunkline.gateway.engine;

/** What a checkpoint holds besides the engine's own state: written by those who keep it. */
public interface CheckpointSource {
    /** {@code Named} records of all tenants, carriers, binds and subscriptions: first, for all others refer to them. */
    void writeNames();

    /**
     * {@code CallSnapshot} records of some calls, what calls of some tenants cost, and {@code CursorSnapshot} records of some: called once in a duty
     * cycle, until it says that it has written those of all.
     *
     * @param first whether it begins anew
     */
    boolean writeCallsAndCursors(boolean first);
}
