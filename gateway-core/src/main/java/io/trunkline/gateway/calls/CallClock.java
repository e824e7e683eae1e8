package io.trunkline.gateway.calls;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * The time that calls live by: milliseconds that never go back and never jump, whatever is done to the wall clock. They began as
 * wall time; {@link #offsetMs} leads from them to what the wall clock says now.
 */
final class CallClock implements EpochClock {
    private final NanoClock monotonic;
    private final LongSupplier wall;
    private final long beginMs;

    CallClock(final NanoClock monotonic, final LongSupplier wall) {
        this.monotonic = monotonic;
        this.wall = wall;
        beginMs = wall.getAsLong() - TimeUnit.NANOSECONDS.toMillis(monotonic.nanoTime());
    }

    @Override
    public long time() {
        return beginMs + TimeUnit.NANOSECONDS.toMillis(monotonic.nanoTime());
    }

    /** What must be added to a time of this clock to be wall time as of now. */
    long offsetMs() {
        return wall.getAsLong() - time();
    }
}
