package io.trunkline.perf.billing;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.UnitLedger;
import io.trunkline.perf.load.UnitLedger.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.LongHashSet;

/**
 * Computes what call detail records must say from what the carriers logged and what the client was told, and from the rates as
 * plain numbers: with nothing of the gateway's in it. Counts where a record says otherwise, and names the first few.
 */
public final class BillingOracle {
    private static final int NAMED = 5;
    /** Whose logs there are, in the order of the tally. */
    private static final String[] CARRIERS = {"alpha", "beta"};

    private final CarrierTally carriers;
    private final List<String> examples = new ArrayList<>();
    private final LongHashSet seen = new LongHashSet();
    private final List<LoadRun> runs;

    private long records;
    private long twice;
    private long strangers;
    private long wrongSegments;
    private long wrongPrices;
    private long wrongCosts;
    private long doubtful;
    private long several;
    private long refused;
    private long price;
    private long expectedPrice;
    private long cost;
    private final Map<String, Long> outcomes = new TreeMap<>();

    /** @param runs all that was submitted; ended */
    public BillingOracle(final CarrierTally carriers, final LoadRun... runs) {
        this.carriers = carriers;
        this.runs = List.of(runs);
    }

    private LoadRun runOf(final long marker) {
        for (final LoadRun run : runs) {
            final long index = marker - run.plan().firstUnit();
            if (index >= 0 && index < run.ledger().size()) {
                return run;
            }
        }
        return null;
    }

    /** The price of a segment, in millionths: by the first digits, as {@link #rates} says. */
    private static long priceOf(final long destination) {
        return Long.toString(destination).startsWith("4477") ? 35_000 : 40_000;
    }

    private static long costOf(final long destination, final int carrier) {
        return Long.toString(destination).startsWith("44") ? 21_000 + 1_000L * carrier : 25_000 + 1_000L * carrier;
    }

    /** The same as a file. */
    public static String rates() {
        return """
                kind,for,service,prefix,currency,rate,from,to,version
                price,*,mt,*,EUR,0.040,2020-01-01,,p1
                price,*,mt,4477,EUR,0.035,2020-01-01,,p1
                cost,alpha,mt,*,EUR,0.025,2020-01-01,,a1
                cost,alpha,mt,44,EUR,0.021,2020-01-01,,a1
                cost,beta,mt,*,EUR,0.026,2020-01-01,,b1
                cost,beta,mt,44,EUR,0.022,2020-01-01,,b1
                """;
    }

    /** Judges a record. */
    public void hear(final CdrRows.Row row) {
        final String reference = row.text("reference");
        final long marker = Long.parseUnsignedLong(reference.substring(16), 16);
        records++;
        outcomes.merge(row.text("outcome"), 1L, Long::sum);
        final LoadRun run = runOf(marker);
        if (run == null || !reference.startsWith(Long.toHexString(LoadRun.REFERENCE_HI))) {
            strangers++;
            return;
        }
        final UnitLedger ledger = run.ledger();
        final long index = marker - run.plan().firstUnit();
        if (ledger.answer(index) == Answer.REFUSED) {
            refused++;
            name("refused", row);
        }
        if (!seen.add(marker)) {
            twice++;
            name("twice", row);
        }
        final int taken = (int) row.number("segments_taken");
        final int doubted = (int) row.number("segments_in_doubt");
        doubtful += doubted > 0 ? 1 : 0;
        several += row.number("segments") > 1 ? 1 : 0;
        judgeCost(row, marker, taken, doubted);
        judgePrice(row, ledger, index, taken, doubted);
    }

    /** By what the carriers logged: what one left unanswered it may have taken all the same, and its receipt may say so. */
    private void judgeCost(final CdrRows.Row row, final long marker, final int taken, final int doubted) {
        final long destination = carriers.destination(marker);
        int had = 0;
        long expectedCost = 0;
        for (int carrier = 0; carrier < CARRIERS.length; carrier++) {
            final int itsSegments = carriers.taken(marker, carrier) + carriers.unanswered(marker, carrier);
            had += itsSegments;
            expectedCost += itsSegments * costOf(destination, carrier);
        }
        if (taken > had || had > taken + doubted) {
            wrongSegments++;
            name("carriers had " + had + " segments", row);
        }
        final long itsCost = cost(row);
        cost += itsCost;
        if (doubted == 0 && itsCost != expectedCost) {
            wrongCosts++;
            name("cost " + itsCost + ", and " + expectedCost + " by the carriers' logs", row);
        }
    }

    /** By the state that the client was told. */
    private void judgePrice(
            final CdrRows.Row row, final UnitLedger ledger, final long index, final int taken, final int doubted) {
        final int segments = ledger.segments(index) > 0 ? ledger.segments(index) : (int) row.number("segments");
        final int state = ledger.state(index);
        final int owed;
        if (state == UnitState.DELIVERED.number()) {
            owed = segments;
        } else if (state == UnitState.UNDELIVERED.number()) {
            owed = Math.min(segments, taken);
        } else if (state == UnitState.UNKNOWN.number()) {
            final boolean inDoubt = ledger.code(index) == ErrorCode.IN_DOUBT_FAILED.number();
            owed = Math.min(segments, inDoubt ? taken + doubted : taken);
        } else {
            owed = 0;
        }
        final long expected = owed * priceOf(Long.parseLong(row.text("destination")));
        price += row.micros("price");
        expectedPrice += ledger.terminal(index) ? expected : row.micros("price");
        if (ledger.terminal(index) && row.micros("price") != expected) {
            wrongPrices++;
            name("price " + row.micros("price") + ", and " + expected + " for state " + state, row);
        }
    }

    /** Of the carrier in the end, and of others that took copies: {@code beta:1:0.026000:0.000000:EUR}. */
    private static long cost(final CdrRows.Row row) {
        long sum = Math.max(0, row.micros("cost"));
        for (final String other : row.text("other_carriers").split(" ", -1)) {
            if (!other.isEmpty()) {
                sum += Long.parseLong(other.split(":", -1)[2].replace(".", ""));
            }
        }
        return sum;
    }

    private void name(final String what, final CdrRows.Row row) {
        if (examples.size() < NAMED) {
            examples.add(what + ": unit " + row.text("unit") + " record " + row.text("record") + " outcome "
                    + row.text("outcome") + " taken " + row.text("segments_taken") + " in doubt "
                    + row.text("segments_in_doubt") + " carrier " + row.text("carrier") + " cost " + row.text("cost"));
        }
    }

    /** Units that ended, as far as the client knows, and have no record. */
    public long missing() {
        long missing = 0;
        for (final LoadRun run : runs) {
            final UnitLedger ledger = run.ledger();
            for (long index = 0; index < ledger.size(); index++) {
                final boolean ended = ledger.answer(index) == Answer.ACCEPTED && ledger.terminal(index);
                missing += ended && !seen.contains(run.plan().firstUnit() + index) ? 1 : 0;
            }
        }
        return missing;
    }

    public long records() {
        return records;
    }

    public long twice() {
        return twice;
    }

    /** Records of units that no client has submitted. */
    public long strangers() {
        return strangers;
    }

    /** Records of messages that the client was told were refused. */
    public long refused() {
        return refused;
    }

    /** Records of messages with several segments. */
    public long several() {
        return several;
    }

    /** How many records there are of each outcome. */
    public Map<String, Long> outcomes() {
        return outcomes;
    }

    public long wrongSegments() {
        return wrongSegments;
    }

    public long wrongPrices() {
        return wrongPrices;
    }

    public long wrongCosts() {
        return wrongCosts;
    }

    /** Records with segments whose answer was lost. */
    public long doubtful() {
        return doubtful;
    }

    /** Sum of the records' prices, in millionths. */
    public long price() {
        return price;
    }

    /** What the prices must come to, in millionths. */
    public long expectedPrice() {
        return expectedPrice;
    }

    /** Sum of the records' costs, in millionths. */
    public long cost() {
        return cost;
    }

    public List<String> examples() {
        return examples;
    }
}
