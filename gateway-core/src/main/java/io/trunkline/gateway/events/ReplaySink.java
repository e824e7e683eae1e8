package io.trunkline.gateway.events;

import io.trunkline.gateway.engine.ErrorCode;

/** Where a replay's events go. An event that was not taken comes again after {@link Replay#resume()}. */
public interface ReplaySink extends EventTaker {
    /** All that was asked for and lies before this record has been offered and taken. */
    void onProgress(long nextIndex, long events);

    /** The last call. */
    void onEnded(End end);

    /**
     * How a replay ended.
     *
     * @param code why it did not go on; {@code NONE}: all was taken, or it was stopped
     * @param nextIndex as in {@link #onProgress}
     * @param events taken
     * @param oldestIndex of the oldest record that is kept; 0: it was not looked up
     * @param oldestMs wall time of that, ms
     */
    record End(ErrorCode code, long nextIndex, long events, long oldestIndex, long oldestMs) {}
}
