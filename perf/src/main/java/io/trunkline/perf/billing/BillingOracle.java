package io.trunkline.perf.billing;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.UnitLedger;
import io.trunkline.perf.load.UnitLedger.Answer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.LongHashSet;

/**
 * Computes what call detail records must say from what the carriers logged and what the client was told, and from the rates as
 * plain numbers: with nothing of the gateway's in it. Counts where a record says otherwise, and names the first few.
 */
public final class BillingOracle {
    private static final int NAMED = 5;
    private static final String[] CARRIERS = {"alpha", "beta"};

    private final CarrierTally carriers;
    private final List<String> examples = new ArrayList<>();
    private final LongHashSet seen = new LongHashSet();
    private final LoadRun run;

    private long records;
    private long twice;
    private long strangers;
    private long wrongSegments;
    private long wrongPrices;
    private long wrongCosts;
    private long doubtful;
    private long price;
    private long cost;

    public BillingOracle(final CarrierTally carriers, final LoadRun run) {
        this.carriers = carriers;
        this.run = run;
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
        final long index = marker - run.plan().firstUnit();
        final UnitLedger ledger = run.ledger();
        records++;
        if (!reference.startsWith(Long.toHexString(LoadRun.REFERENCE_HI)) || index < 0 || index >= ledger.size()) {
            strangers++;
            return;
        }
        if (!seen.add(marker)) {
            twice++;
            name("twice", row);
        }
        final int taken = (int) row.number("segments_taken");
        final int doubted = (int) row.number("segments_in_doubt");
        doubtful += doubted > 0 ? 1 : 0;
        int answered = 0;
        int unanswered = 0;
        long expectedCost = 0;
        final long destination = carriers.destination(marker);
        for (int carrier = 0; carrier < CARRIERS.length; carrier++) {
            answered += carriers.taken(marker, carrier);
            unanswered += carriers.unanswered(marker, carrier);
            expectedCost += carriers.taken(marker, carrier) * costOf(destination, carrier);
        }
        if (taken > answered || answered + unanswered > taken + doubted) {
            wrongSegments++;
            name("carriers took " + answered + " and left " + unanswered + " unanswered", row);
        }
        judgePrice(row, ledger, index, taken, doubted);
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
        final UnitLedger ledger = run.ledger();
        long missing = 0;
        for (long index = 0; index < ledger.size(); index++) {
            final boolean ended = ledger.answer(index) == Answer.ACCEPTED && ledger.terminal(index);
            missing += ended && !seen.contains(run.plan().firstUnit() + index) ? 1 : 0;
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

    /** Sum of the records' costs, in millionths. */
    public long cost() {
        return cost;
    }

    public List<String> examples() {
        return examples;
    }
}
