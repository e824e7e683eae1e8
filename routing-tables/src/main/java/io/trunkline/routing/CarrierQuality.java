package io.trunkline.routing;

/**
 * Measures carriers over a sliding window and grades them. What happens is counted at once; grades change in {@link #judge}
 * only, so selections in between are made by the same grades. Counting and judging allocate nothing. Not for several threads:
 * the shard that routes also measures.
 */
public final class CarrierQuality implements Measurements {
    /** In place of a value: too little is known. */
    public static final long UNKNOWN = -1;

    private static final int KINDS = 2;

    private final QualitySettings settings;
    private final QualityRule[] rules;
    private final SlidingCounts[] counts;
    private final Grade[] grades;
    /** The rules that hold, one bit each. */
    private final int[] holding;

    private final long[] judgedMs;

    /** How a call attempt ended. */
    public enum CallEnd {
        /** It was answered. */
        ANSWERED,
        /** The called one was busy, did not answer, or declined; or the caller gave up. */
        USER,
        /** The network could not get there. */
        NETWORK
    }

    public CarrierQuality(final QualitySettings settings) {
        this.settings = settings;
        rules = settings.rules().toArray(QualityRule[]::new);
        final int places = settings.carriers() * KINDS;
        counts = new SlidingCounts[places];
        grades = new Grade[places];
        holding = new int[places];
        judgedMs = new long[places];
        for (int place = 0; place < places; place++) {
            counts[place] = new SlidingCounts(settings.bucketMs(), settings.buckets());
            grades[place] = Grade.GOOD;
        }
    }

    /** Goes on where another has been: with other rules or more carriers, and with what was counted, if the window is the same. */
    public CarrierQuality(final QualitySettings settings, final CarrierQuality before) {
        this(settings);
        final boolean sameWindow =
                settings.bucketMs() == before.settings.bucketMs() && settings.buckets() == before.settings.buckets();
        if (sameWindow) {
            System.arraycopy(before.counts, 0, counts, 0, Math.min(counts.length, before.counts.length));
        }
        if (sameWindow && settings.rules().equals(before.settings.rules())) {
            final int known = Math.min(grades.length, before.grades.length);
            System.arraycopy(before.grades, 0, grades, 0, known);
            System.arraycopy(before.holding, 0, holding, 0, known);
            System.arraycopy(before.judgedMs, 0, judgedMs, 0, known);
        }
    }

    public QualitySettings settings() {
        return settings;
    }

    private boolean isMeasured(final int carrier) {
        return carrier >= 0 && carrier < settings.carriers();
    }

    private static int place(final int carrier, final UnitKind kind) {
        return carrier * KINDS + (kind == UnitKind.CALL ? 1 : 0);
    }

    /**
     * A message has come to its end.
     *
     * @param delayMs from sending to the receipt, or {@link #UNKNOWN}
     */
    public void message(final int carrier, final boolean delivered, final long delayMs, final long nowMs) {
        if (!isMeasured(carrier)) {
            return;
        }
        final SlidingCounts its = counts[place(carrier, UnitKind.MESSAGE)];
        its.advance(nowMs);
        its.add(SlidingCounts.ATTEMPTS, 1);
        if (delivered) {
            its.add(SlidingCounts.GOOD, 1);
            delayed(its, delayMs);
        }
    }

    private static void delayed(final SlidingCounts its, final long delayMs) {
        if (delayMs != UNKNOWN) {
            its.add(SlidingCounts.DELAYS, 1);
            its.add(SlidingCounts.DELAY_MS, delayMs);
        }
    }

    /**
     * A call attempt has come to its end.
     *
     * @param delayMs until it rang or was answered, or {@link #UNKNOWN} where it never did
     * @param durationS from answer to end, 0 where it was not answered
     */
    public void call(final int carrier, final CallEnd end, final long delayMs, final long durationS, final long nowMs) {
        if (!isMeasured(carrier)) {
            return;
        }
        final SlidingCounts its = counts[place(carrier, UnitKind.CALL)];
        its.advance(nowMs);
        its.add(SlidingCounts.ATTEMPTS, 1);
        if (end != CallEnd.NETWORK) {
            its.add(SlidingCounts.EFFECTIVE, 1);
        }
        if (end == CallEnd.ANSWERED) {
            its.add(SlidingCounts.GOOD, 1);
            its.add(SlidingCounts.DURATION_S, durationS);
        }
        delayed(its, delayMs);
    }

    /** A carrier's value as of the last event or judgement, rounded down, or {@link #UNKNOWN}. */
    public long value(final int carrier, final Indicator indicator) {
        if (!isMeasured(carrier)) {
            return UNKNOWN;
        }
        final SlidingCounts its = counts[place(carrier, indicator.kind())];
        return switch (indicator) {
            case DELIVERY_RATE, ANSWER_SEIZURE_RATIO ->
                rate(its.sum(SlidingCounts.GOOD), its.sum(SlidingCounts.ATTEMPTS));
            case NETWORK_EFFECTIVENESS_RATIO -> rate(its.sum(SlidingCounts.EFFECTIVE), its.sum(SlidingCounts.ATTEMPTS));
            case DELIVERY_LATENCY, POST_DIAL_DELAY ->
                mean(its.sum(SlidingCounts.DELAY_MS), its.sum(SlidingCounts.DELAYS));
            case AVERAGE_CALL_DURATION -> mean(its.sum(SlidingCounts.DURATION_S), its.sum(SlidingCounts.GOOD));
        };
    }

    private static long rate(final long part, final long all) {
        return all == 0 ? UNKNOWN : part * Policy.ALL_BASIS_POINTS / all;
    }

    private static long mean(final long sum, final long count) {
        return count == 0 ? UNKNOWN : sum / count;
    }

    /** Grades every carrier anew; call it every second or so. */
    public void judge(final long nowMs) {
        for (int carrier = 0; carrier < settings.carriers(); carrier++) {
            judge(carrier, UnitKind.MESSAGE, nowMs);
            judge(carrier, UnitKind.CALL, nowMs);
        }
    }

    private void judge(final int carrier, final UnitKind kind, final long nowMs) {
        final int place = place(carrier, kind);
        counts[place].advance(nowMs);
        if (counts[place].sum(SlidingCounts.ATTEMPTS) < settings.leastSamples()) {
            if (nowMs - judgedMs[place] >= settings.holdMs()) {
                holding[place] = 0;
                grades[place] = Grade.GOOD;
            }
            return;
        }
        judgedMs[place] = nowMs;
        Grade worst = Grade.GOOD;
        for (int r = 0; r < rules.length; r++) {
            if (rules[r].indicator().kind() != kind) {
                continue;
            }
            final long value = value(carrier, rules[r].indicator());
            final boolean before = (holding[place] >>> r & 1) != 0;
            final boolean holds = value == UNKNOWN ? before : rules[r].holds(value, before);
            holding[place] = holds ? holding[place] | (1 << r) : holding[place] & ~(1 << r);
            if (holds && rules[r].grade().rank() > worst.rank()) {
                worst = rules[r].grade();
            }
        }
        grades[place] = worst;
    }

    @Override
    public Grade grade(final int carrier, final UnitKind kind) {
        return isMeasured(carrier) ? grades[place(carrier, kind)] : Grade.GOOD;
    }
}
