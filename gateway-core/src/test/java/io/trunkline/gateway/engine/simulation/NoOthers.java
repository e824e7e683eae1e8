package io.trunkline.gateway.engine.simulation;

import io.trunkline.gateway.engine.CheckpointSource;

/** A checkpoint of the engine alone. */
final class NoOthers implements CheckpointSource {
    @Override
    public void writeNames() {}

    @Override
    public boolean writeCallsAndCursors(final boolean first) {
        return true;
    }
}
