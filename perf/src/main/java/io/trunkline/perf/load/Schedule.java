package io.trunkline.perf.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** When units are meant to leave. */
public sealed interface Schedule {
    /**
     * Nanoseconds from the start at which unit {@code index} is meant to leave; {@link #WHEN_ROOM} where it leaves as
     * soon as there is room.
     */
    long intendedNs(long index);

    /** The value of a closed loop. */
    long WHEN_ROOM = -1;

    /** The time of units that a schedule does not have: after everything, and with room to be added to. */
    long NEVER = Long.MAX_VALUE / 4;

    /** More than any machine sends: a schedule with so many a second is a slip of the finger. */
    double HIGHEST_RATE = 100_000_000;

    /** Units that are meant to have left by {@code elapsedNs}; 0 for a closed loop, which intends nothing. */
    default long dueBy(final long elapsedNs) {
        if (intendedNs(0) == WHEN_ROOM || intendedNs(0) > elapsedNs) {
            return 0;
        }
        long due = 0;
        long beyond = 1;
        while (intendedNs(beyond) <= elapsedNs) {
            due = beyond;
            beyond *= 2;
        }
        // Unit `due` is due, unit `beyond` is not.
        while (beyond - due > 1) {
            final long middle = (due + beyond) >>> 1;
            if (intendedNs(middle) <= elapsedNs) {
                due = middle;
            } else {
                beyond = middle;
            }
        }
        return beyond;
    }

    /** Units that it has in all; {@link Long#MAX_VALUE} where it goes on for ever. */
    default long units() {
        return Long.MAX_VALUE;
    }

    /** How long it takes in nanoseconds until it has no more to say; {@link #NEVER} where it goes on for ever. */
    default long lengthNs() {
        return NEVER;
    }

    /** The same pattern at {@code share} of its rate, for one of several roles that share it. */
    default Schedule share(final double share) {
        return share == 1 ? this : new Share(this, share);
    }

    /** Open loop: so many a second, evenly. */
    record Constant(double perSecond) implements Schedule {
        public Constant {
            rate(perSecond);
        }

        @Override
        public long intendedNs(final long index) {
            return (long) (index / perSecond * 1e9);
        }

        @Override
        public String toString() {
            return "constant " + Schedule.perSecond(perSecond);
        }
    }

    /** Open loop: from one rate to another over so many seconds, then constant. */
    record Ramp(double fromPerSecond, double toPerSecond, double seconds) implements Schedule {
        public Ramp {
            rate(fromPerSecond);
            rate(toPerSecond);
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
            return "ramp from " + perSecond(fromPerSecond) + " to " + perSecond(toPerSecond) + " in "
                    + Schedule.seconds(seconds);
        }
    }

    /** Open loop: one constant rate after another, the last for ever. */
    record Steps(List<Step> steps) implements Schedule {
        /** So many a second for so many seconds. */
        public record Step(double perSecond, double seconds) {
            public Step {
                rate(perSecond);
                positive(seconds);
            }
        }

        public Steps {
            steps = List.copyOf(steps);
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("steps need one step at least, such as 1000x10");
            }
        }

        @Override
        public long intendedNs(final long index) {
            double first = 0;
            double seconds = 0;
            for (int i = 0; i < steps.size(); i++) {
                final Step step = steps.get(i);
                final double units = step.perSecond() * step.seconds();
                if (index < first + units || i == steps.size() - 1) {
                    return (long) ((seconds + (index - first) / step.perSecond()) * 1e9);
                }
                first += units;
                seconds += step.seconds();
            }
            return NEVER;
        }

        @Override
        public long lengthNs() {
            return (long) (steps.stream().mapToDouble(Step::seconds).sum() * 1e9);
        }

        @Override
        public String toString() {
            return steps.stream()
                    .map(step -> perSecond(step.perSecond()) + " for " + seconds(step.seconds()))
                    .collect(Collectors.joining(", then ", "steps of ", ""));
        }
    }

    /** Open loop: a constant rate, and every so often a burst of units that are all meant to leave at once. */
    record Burst(double perSecond, long size, double everySeconds) implements Schedule {
        public Burst {
            rate(perSecond);
            positive(everySeconds);
            if (size < 1) {
                throw new IllegalArgumentException("a burst has one unit at least, not " + size);
            }
            rate(perSecond + size / everySeconds);
        }

        @Override
        public long intendedNs(final long index) {
            // A round begins with its burst; the steady ones follow.
            final double steady = perSecond * everySeconds;
            final double perRound = steady + size;
            final double round = Math.floor(index / perRound);
            final double within = index - round * perRound;
            final double seconds = round * everySeconds + Math.max(0, within - size) / perSecond;
            return (long) (seconds * 1e9);
        }

        @Override
        public String toString() {
            return Schedule.perSecond(perSecond) + " with a burst of " + size + " every " + seconds(everySeconds);
        }
    }

    /** Open loop: what arrived once, at the same distances. */
    final class Replay implements Schedule {
        private final long[] arrivalsNs;
        private final String source;

        /** @param arrivalsNs in any order; the first one becomes the start */
        public Replay(final long[] arrivalsNs, final String source) {
            if (arrivalsNs.length == 0) {
                throw new IllegalArgumentException("no arrival in " + source);
            }
            this.arrivalsNs = arrivalsNs.clone();
            this.source = source;
            Arrays.sort(this.arrivalsNs);
            final long first = this.arrivalsNs[0];
            for (int i = 0; i < this.arrivalsNs.length; i++) {
                this.arrivalsNs[i] -= first;
            }
        }

        @Override
        public long intendedNs(final long index) {
            return index < arrivalsNs.length ? arrivalsNs[(int) index] : NEVER;
        }

        @Override
        public long units() {
            return arrivalsNs.length;
        }

        @Override
        public long lengthNs() {
            return arrivalsNs[arrivalsNs.length - 1] + 1;
        }

        @Override
        public String toString() {
            return "replay of " + arrivalsNs.length + " arrivals of " + source;
        }
    }

    /** A part of another schedule: evenly every so many-th of its units. */
    record Share(Schedule whole, double share) implements Schedule {
        public Share {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("a share is above 0 and at most 1, not " + share);
            }
        }

        @Override
        public long intendedNs(final long index) {
            return whole.intendedNs((long) (index / share));
        }

        @Override
        public long units() {
            return whole.units() == Long.MAX_VALUE ? Long.MAX_VALUE : (long) (whole.units() * share);
        }

        @Override
        public long lengthNs() {
            return whole.lengthNs();
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f %% of %s", share * 100, whole);
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

    private static void rate(final double value) {
        if (!(value > 0 && value <= HIGHEST_RATE)) {
            throw new IllegalArgumentException(
                    "a rate is above 0 and at most " + perSecond(HIGHEST_RATE) + ", not " + value);
        }
    }

    private static void positive(final double value) {
        if (!(value > 0 && value < 1e9)) {
            throw new IllegalArgumentException("a duration is above 0 seconds and below 1e9, not " + value);
        }
    }

    private static String perSecond(final double value) {
        return number(value) + "/s";
    }

    private static String seconds(final double value) {
        return number(value) + " s";
    }

    private static String number(final double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.3f", value);
    }
}
