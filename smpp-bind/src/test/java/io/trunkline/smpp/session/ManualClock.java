package io.trunkline.smpp.session;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/** A clock that goes when told to. Starts far from zero, where sums of times would show a wrong comparison. */
final class ManualClock implements NanoClock {
    private long nowNs = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);

    @Override
    public long nanoTime() {
        return nowNs;
    }

    long advance(final long amount, final TimeUnit unit) {
        nowNs += unit.toNanos(amount);
        return nowNs;
    }
}
