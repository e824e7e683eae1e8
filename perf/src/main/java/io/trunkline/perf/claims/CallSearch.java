package io.trunkline.perf.claims;

import io.trunkline.perf.claims.CallTrial.Outcome;
import io.trunkline.perf.prove.ProveContext;

/**
 * The highest rate at which a path loses no call and no message has to be repeated: rates rise by a factor until one is too
 * much, then halve the distance. A rate has two chances, so that one stumble of the machine does not decide.
 */
final class CallSearch {
    private static final int CHANCES = 2;

    private final ProveContext context;
    private final CallTrial trial;
    private final CallPath direct;
    private final double from;
    private final double most;
    private final double factor;
    private final double precision;

    /** @param direct the same callers and callees with nothing between them: what SIPp repeats by itself */
    CallSearch(final ProveContext context, final CallTrial trial, final CallPath direct) {
        this.context = context;
        this.trial = trial;
        this.direct = direct;
        from = context.option("from", 800);
        most = context.option("most", 12_000);
        factor = context.option("factor-percent", 140) / 100.0;
        precision = 1 + context.option("precision-percent", 5) / 100.0;
    }

    /** The outcome at the highest rate that held, or the one that did not hold at the lowest. */
    Outcome highest(final CallPath path) throws Exception {
        Outcome best = null;
        Outcome last = null;
        double low = from;
        double high = Double.NaN;
        for (double rate = from; rate <= most; rate = Math.min(most, rate * factor)) {
            last = attempt(path, rate);
            if (last.failed() > 0) {
                high = rate;
                break;
            }
            best = last;
            low = rate;
            if (rate == most) {
                break;
            }
        }
        if (best == null) {
            return last;
        }
        while (!Double.isNaN(high) && high / low > precision) {
            final double middle = Math.sqrt(low * high);
            final Outcome outcome = attempt(path, middle);
            if (outcome.failed() > 0) {
                high = middle;
            } else {
                low = middle;
                best = outcome;
            }
        }
        return best;
    }

    /** An outcome that counts every message repeated beyond SIPp's own as a failed call. */
    private Outcome attempt(final CallPath path, final double rate) throws Exception {
        Outcome outcome = null;
        for (int chance = 0; chance < CHANCES; chance++) {
            outcome = trial.run(path, rate);
            context.say("%s at %s", path.name(), outcome);
            if (outcome.failed() == 0 && (outcome.repeated() == 0 || outcome.repeated() <= ownRepeats(rate))) {
                return outcome;
            }
            if (!outcome.trouble().isBlank()) {
                context.say("SIPp: %s", outcome.trouble().lines().findFirst().orElse(""));
            }
            path.recover();
        }
        return outcome.failed() > 0 ? outcome : failed(outcome);
    }

    private long ownRepeats(final double rate) throws Exception {
        final Outcome own = trial.run(direct, rate);
        context.say("SIPp by itself at %s", own);
        return own.repeated();
    }

    private static Outcome failed(final Outcome outcome) {
        return new Outcome(
                outcome.rate(),
                outcome.calls(),
                outcome.done(),
                outcome.repeated(),
                outcome.repeated(),
                outcome.delays(),
                outcome.cpuUs(),
                outcome.sippCpuUs(),
                outcome.bytes(),
                outcome.trouble());
    }
}
