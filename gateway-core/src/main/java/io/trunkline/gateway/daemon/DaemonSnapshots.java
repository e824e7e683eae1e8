package io.trunkline.gateway.daemon;

import io.trunkline.gateway.calls.CallCosts;
import io.trunkline.gateway.calls.CallLedger;
import io.trunkline.gateway.engine.CheckpointSource;
import io.trunkline.gateway.events.TenantStreams;
import io.trunkline.gateway.journal.Journal;

/** What a checkpoint holds besides the engine: names, calls, what they cost, and how far the tenants have heard. */
record DaemonSnapshots(Names names, CallLedger calls, CallCosts costs, TenantStreams streams, Journal journal)
        implements CheckpointSource {
    /** Tenants whose cursors are written in one duty cycle. */
    private static final int CURSORS_PER_CYCLE = 16;
    /** Open calls that are written in one. */
    private static final int CALLS_PER_CYCLE = 256;
    /** Tenants whose costs are written in one. */
    private static final int COSTS_PER_CYCLE = 16;

    @Override
    public void writeNames() {
        names.writeAll(journal);
    }

    @Override
    public boolean writeCallsAndCursors(final boolean first) {
        final boolean allCalls = calls.writeSnapshots(first, CALLS_PER_CYCLE);
        final boolean allCosts = costs.writeSnapshots(first, COSTS_PER_CYCLE);
        final boolean allCursors = streams.writeSnapshots(first, CURSORS_PER_CYCLE);
        return allCalls && allCosts && allCursors;
    }
}
