package io.trunkline.sip.locate;

import io.trunkline.sip.transport.Destination;
import java.util.HashMap;
import java.util.Map;

/**
 * Which addresses of a peer are worth trying. An address that failed often enough is down; it comes up again after answers to
 * probes, or, where nobody probes, may be tried again after a while that grows. One that asked to be left alone (Retry-After) is.
 * One call's failure is that call's: others try the address until it is down.
 */
public final class AddressHealth {
    /**
     * When an address is down.
     *
     * @param failuresDown failures in a row that make it so
     * @param answersUp answers in a row that end it
     * @param probed whether only answers end it; else the time does, for one more try
     * @param firstBackoffMs how long it is left alone, ms; twice as long after every further failure
     * @param maxBackoffMs and at most so long, ms
     */
    public record Policy(int failuresDown, int answersUp, boolean probed, long firstBackoffMs, long maxBackoffMs) {
        public static final Policy DEFAULT = new Policy(2, 1, false, 5_000, 120_000);

        public Policy {
            if (failuresDown < 1 || answersUp < 1 || firstBackoffMs < 1 || maxBackoffMs < firstBackoffMs) {
                throw new IllegalArgumentException("counts and times must be positive, maxBackoffMs the larger one");
            }
        }
    }

    private static final class State {
        private int failures;
        private int answers;
        private boolean down;
        private long backoffMs;
        private long retryAtMs;
        private long heldUntilMs = Long.MIN_VALUE;
    }

    private final Policy policy;
    private final Map<Destination, State> states = new HashMap<>();

    public AddressHealth(final Policy policy) {
        this.policy = policy;
    }

    /** Whether calls may try it now. */
    public boolean isUsable(final Destination destination, final long nowMs) {
        final State state = states.get(destination);
        if (state == null) {
            return true;
        }
        final boolean up = !state.down || (!policy.probed && nowMs >= state.retryAtMs);
        return up && nowMs >= state.heldUntilMs;
    }

    /** Whether it is down, whenever it may be tried again. */
    public boolean isDown(final Destination destination) {
        final State state = states.get(destination);
        return state != null && state.down;
    }

    /**
     * No answer, or no connection.
     *
     * @return whether this made it go down
     */
    public boolean failed(final Destination destination, final long nowMs) {
        final State state = states.computeIfAbsent(destination, key -> new State());
        state.answers = 0;
        state.failures++;
        if (state.down) {
            // Several calls may fail in one try; the time grows once.
            if (nowMs >= state.retryAtMs) {
                state.backoffMs = Math.min(state.backoffMs * 2, policy.maxBackoffMs());
                state.retryAtMs = nowMs + state.backoffMs;
            }
            return false;
        }
        if (state.failures < policy.failuresDown()) {
            return false;
        }
        state.down = true;
        state.backoffMs = policy.firstBackoffMs();
        state.retryAtMs = nowMs + state.backoffMs;
        return true;
    }

    /**
     * It answered, whatever it said.
     *
     * @return whether this made it come up
     */
    public boolean answered(final Destination destination) {
        final State state = states.get(destination);
        if (state == null) {
            return false;
        }
        state.failures = 0;
        if (!state.down) {
            return false;
        }
        state.answers++;
        if (state.answers < policy.answersUp()) {
            return false;
        }
        state.down = false;
        state.answers = 0;
        return true;
    }

    /** It asked to be left alone until then. */
    public void holdOff(final Destination destination, final long untilMs) {
        final State state = states.computeIfAbsent(destination, key -> new State());
        state.heldUntilMs = Math.max(state.heldUntilMs, untilMs);
    }

    /** Forgets all addresses that are not there any more. */
    void retain(final Located located) {
        states.keySet().removeIf(destination -> !located.contains(destination));
    }

    /** Addresses of which something is known. */
    int size() {
        return states.size();
    }
}
