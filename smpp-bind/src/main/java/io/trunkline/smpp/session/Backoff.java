package io.trunkline.smpp.session;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to bind: exponential with decorrelated jitter, so that binds that fell
 * together do not come back together. Each pause is drawn between the floor and three times the pause before, and cut
 * at the cap. Refusals that time alone does not heal (wrong password) or heals slowly (the peer still holds the old
 * bind) have a longer floor. Forgotten only after a bind has held for a while: one that is dropped right after each bind
 * is a failure too.
 */
public final class Backoff {
    private final Settings settings;
    private final RandomGenerator random;
    private long pauseNs;
    private int failures;

    /**
     * The limits of the pauses, nanoseconds.
     *
     * @param floorNs the shortest pause, above 0
     * @param capNs the longest pause, at least {@code floorNs}
     * @param alreadyBoundFloorNs shortest pause after ESME_RALYBND: some peers hold a dead bind for minutes
     * @param authFloorNs shortest pause after a wrong system id, password or a bind refused as such
     * @param authCapNs longest pause after those, at least {@code authFloorNs} and {@code alreadyBoundFloorNs}
     * @param steadyNs a bind that held for so long makes all earlier failures forgotten
     */
    public record Settings(
            long floorNs, long capNs, long alreadyBoundFloorNs, long authFloorNs, long authCapNs, long steadyNs) {
        /** 1 s to 30 s; 15 s to 10 min when already bound, 60 s to 10 min for refused credentials; steady after 10 s. */
        public static final Settings DEFAULT = new Settings(
                1_000_000_000L, 30_000_000_000L, 15_000_000_000L, 60_000_000_000L, 600_000_000_000L, 10_000_000_000L);

        /** Checks the ranges. */
        public Settings {
            if (floorNs <= 0
                    || capNs < floorNs
                    || alreadyBoundFloorNs < floorNs
                    || authFloorNs < floorNs
                    || authCapNs < authFloorNs
                    || authCapNs < alreadyBoundFloorNs
                    || steadyNs < 0) {
                throw new IllegalArgumentException("back-off settings out of range");
            }
        }
    }

    /** What failed. */
    public enum Failure {
        /** Connect, drop, timeout, any other refusal. */
        ORDINARY,
        /** ESME_RALYBND. */
        ALREADY_BOUND,
        /** ESME_RBINDFAIL, ESME_RINVPASWD, ESME_RINVSYSID. */
        CREDENTIALS
    }

    /** A fresh one; the generator is seeded by the caller. */
    public Backoff(final Settings settings, final RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** The pause before the next attempt, nanoseconds. */
    public long onFailure(final Failure failure) {
        final long floor = switch (failure) {
            case ORDINARY -> settings.floorNs;
            case ALREADY_BOUND -> settings.alreadyBoundFloorNs;
            case CREDENTIALS -> settings.authFloorNs;
        };
        final long cap = failure == Failure.ORDINARY ? settings.capNs : settings.authCapNs;
        final long upper = Math.min(cap, Math.max(floor, pauseNs) * 3);
        pauseNs = upper > floor ? random.nextLong(floor, upper + 1) : floor;
        failures++;
        return pauseNs;
    }

    /** A bind ended that had held for so long. */
    public void onHeld(final long heldNs) {
        if (heldNs >= settings.steadyNs) {
            pauseNs = 0;
            failures = 0;
        }
    }

    /** Failures in a row. */
    public int failures() {
        return failures;
    }
}
