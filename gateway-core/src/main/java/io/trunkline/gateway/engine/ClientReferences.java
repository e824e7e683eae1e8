package io.trunkline.gateway.engine;

/**
 * What client references stand for, for units that are no messages: one window for all of a tenant's units, so that a reference
 * means one thing. States are the numbers of the journal, which messages and calls share.
 */
public final class ClientReferences {
    /** No unit. */
    public static final long NONE = 0;

    private final EngineState state;

    ClientReferences(final EngineState state) {
        this.state = state;
    }

    /**
     * The unit that a tenant used this reference for, within the window.
     *
     * @return {@link #NONE} where there is none
     */
    public long unit(final int tenant, final long hi, final long lo) {
        final int slot = state.dedupe.find(tenant, hi, lo, state.nowMs);
        return slot == DedupeWindow.NOT_SEEN ? NONE : state.dedupe.unit(slot);
    }

    /** What it stood for; meaningful where {@link #unit} gave one. */
    public long contentHash(final int tenant, final long hi, final long lo) {
        return state.dedupe.contentHash(state.dedupe.find(tenant, hi, lo, state.nowMs));
    }

    /** The number of the unit's state, as it was told last; as above. */
    public int state(final int tenant, final long hi, final long lo) {
        return state.dedupe.stateNumber(state.dedupe.find(tenant, hi, lo, state.nowMs));
    }

    /** Remembers a reference that has no unit yet. */
    public void put(
            final int tenant, final long hi, final long lo, final long contentHash, final long unit, final long atMs) {
        state.dedupe.put(tenant, hi, lo, contentHash, unit, atMs, 0, 0);
    }

    /** Notes the state of a unit, where its reference is still held. */
    public void state(final int tenant, final long hi, final long lo, final long unit, final int number) {
        final int slot = state.dedupe.ring().find(tenant, hi, lo);
        if (slot >= 0 && state.dedupe.unit(slot) == unit) {
            state.dedupe.stateNumber(slot, number);
        }
    }
}
