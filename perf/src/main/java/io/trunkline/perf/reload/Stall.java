package io.trunkline.perf.reload;

import io.trunkline.perf.load.UnitLedger;
import io.trunkline.perf.load.UnitLedger.Answer;
import io.trunkline.perf.reload.Reloader.Reload;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What reloads do to acknowledgements. A unit that waited for its acknowledgement at any moment at which a reload was under
 * way counts as during it: from its intended time on, so that a stall is not hidden by units that it kept from being sent.
 */
public final class Stall {
    private static final long HIGHEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final Histogram[] during;
    private final Histogram[] outside;
    private final Histogram quiet = new Histogram(HIGHEST_NS, DIGITS);

    private Stall(final int rounds) {
        during = new Histogram[rounds];
        outside = new Histogram[rounds];
        for (int i = 0; i < rounds; i++) {
            during[i] = new Histogram(HIGHEST_NS, DIGITS);
            outside[i] = new Histogram(HIGHEST_NS, DIGITS);
        }
    }

    /**
     * Sorts the units of a run that has ended.
     *
     * @param quietFromNs from then until the first reload nothing was reloaded: what it is like otherwise
     * @param reloads in their order
     * @param rounds into so many parts of equal time the reloads are divided
     */
    public static Stall of(
            final UnitLedger ledger, final long quietFromNs, final List<Reload> reloads, final int rounds) {
        final Stall stall = new Stall(rounds);
        final long firstNs = reloads.get(0).startNs();
        final long lastNs = reloads.get(reloads.size() - 1).endNs();
        int at = 0;
        for (long index = 0; index < ledger.size(); index++) {
            final long sentNs = ledger.intendedNs(index);
            if (ledger.answer(index) != Answer.ACCEPTED || sentNs < quietFromNs || sentNs > lastNs) {
                continue;
            }
            final long tookNs = ledger.answeredUs(index) * 1000L;
            if (sentNs < firstNs) {
                if (sentNs + tookNs < firstNs) {
                    stall.quiet.recordValue(tookNs);
                }
                continue;
            }
            while (at < reloads.size() - 1 && reloads.get(at).endNs() < sentNs) {
                at++;
            }
            final boolean hit = overlaps(reloads, at, sentNs, sentNs + tookNs);
            final int round = (int) Math.min(rounds - 1, (sentNs - firstNs) * rounds / Math.max(1, lastNs - firstNs));
            (hit ? stall.during : stall.outside)[round].recordValue(Math.min(tookNs, HIGHEST_NS));
        }
        return stall;
    }

    private static boolean overlaps(final List<Reload> reloads, final int at, final long fromNs, final long toNs) {
        // Two may be under way at once: the one after may have begun before this one ended.
        for (int i = Math.max(0, at - 1); i < reloads.size() && reloads.get(i).startNs() <= toNs; i++) {
            if (reloads.get(i).endNs() >= fromNs) {
                return true;
            }
        }
        return false;
    }

    /** Microseconds by which a percentile is greater during reloads than between them: the median of the rounds. */
    public double addedUs(final double percentile) {
        final double[] differences = new double[during.length];
        for (int i = 0; i < during.length; i++) {
            differences[i] = us(during[i], percentile) - us(outside[i], percentile);
        }
        Arrays.sort(differences);
        return differences[differences.length / 2];
    }

    /** A percentile of acknowledgements during reloads, microseconds. */
    public double duringUs(final double percentile) {
        return us(sum(during), percentile);
    }

    /** The same between them. */
    public double outsideUs(final double percentile) {
        return us(sum(outside), percentile);
    }

    /** The same before the first one. */
    public double quietUs(final double percentile) {
        return us(quiet, percentile);
    }

    public long unitsDuring() {
        return sum(during).getTotalCount();
    }

    public long unitsOutside() {
        return sum(outside).getTotalCount();
    }

    private static Histogram sum(final Histogram[] parts) {
        final Histogram sum = new Histogram(HIGHEST_NS, DIGITS);
        for (final Histogram part : parts) {
            sum.add(part);
        }
        return sum;
    }

    private static double us(final Histogram histogram, final double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1000.0;
    }
}
