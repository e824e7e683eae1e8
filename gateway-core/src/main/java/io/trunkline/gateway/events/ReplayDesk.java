package io.trunkline.gateway.events;

/** Gives tenants events that happened before, once more, beside their subscriptions. All calls come from the shard's thread. */
public interface ReplayDesk {
    /**
     * Begins a replay.
     *
     * @return null where it is over already, as the sink was told
     */
    Replay replay(int tenant, ReplayWish wish, ReplaySink sink);
}
