package io.trunkline.perf.load;

/** When units are meant to leave. */
public sealed interface Schedule {
    /**
     * Nanoseconds from the start at which unit {@code index} is meant to leave; {@link #WHEN_ROOM} where it leaves as
     * soon as there is room.
     */
    long intendedNs(long index);

    /** The value of a closed loop. */
    long WHEN_ROOM = -1;

    /** Open loop: so many a second, evenly. */
    record Constant(double perSecond) implements Schedule {
        public Constant {
            positive(perSecond);
        }

        @Override
        public long intendedNs(final long index) {
            return (long) (index / perSecond * 1e9);
        }

        @Override
        public String toString() {
            return "constant " + perSecond + "/s";
        }
    }

    /** Open loop: from one rate to another over so many seconds, then constant. */
    record Ramp(double fromPerSecond, double toPerSecond, double seconds) implements Schedule {
        public Ramp {
            positive(fromPerSecond);
            positive(toPerSecond);
            positive(seconds);
        }

        @Override
        public long intendedNs(final long index) {
            final double slope = (toPerSecond - fromPerSecond) / seconds;
            final double inRamp = (fromPerSecond + toPerSecond) / 2 * seconds;
            if (index >= inRamp) {
                return (long) ((seconds + (index - inRamp) / toPerSecond) * 1e9);
            }
            // Sent by time t: from·t + slope·t²/2; solved for t, in the form that holds for slope 0 as well.
            final double root = Math.sqrt(fromPerSecond * fromPerSecond + 2 * slope * index);
            return (long) (2 * index / (fromPerSecond + root) * 1e9);
        }

        @Override
        public String toString() {
            return "ramp " + fromPerSecond + "/s to " + toPerSecond + "/s in " + seconds + " s";
        }
    }

    /** Closed loop: as many unanswered submits as the window allows. It tells capacity, not latency under a rate. */
    record Closed() implements Schedule {
        @Override
        public long intendedNs(final long index) {
            return WHEN_ROOM;
        }

        @Override
        public String toString() {
            return "closed loop";
        }
    }

    private static void positive(final double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("a rate or duration must be above 0: " + value);
        }
    }
}
