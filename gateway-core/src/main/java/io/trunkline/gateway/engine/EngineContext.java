package io.trunkline.gateway.engine;

import io.trunkline.gateway.journal.Journal;

/**
 * What an engine is made of. Everything that is not plain computation comes in here, so that the same engine runs under
 * a shard and under a simulator.
 *
 * @param shard 0..63, part of every unit id
 * @param nowNs monotonic time at the start
 * @param nowMs wall time at the start
 */
public record EngineContext(
        int shard,
        EngineLimits limits,
        Journal journal,
        TenantEvents events,
        Router router,
        BodyStore bodies,
        long nowNs,
        long nowMs) {}
