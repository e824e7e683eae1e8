package io.trunkline.sip.time;

/** Something with at most one deadline in a {@link TimerWheel}; it is its own entry there. */
public abstract class Timed {
    Timed next;
    Timed previous;
    int list = TimerWheel.NONE;
    long deadlineMs;

    /** The deadline has come; it is set no longer. */
    protected abstract void onTimer(long nowMs);
}
