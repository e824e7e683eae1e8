package io.trunkline.perf.prove;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.UnitLedger;
import io.trunkline.perf.load.UnitLedger.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins the four logs: what the client was answered, what the carriers saw, what the journal holds, what the status
 * events said. Trusts none of them; counts where they disagree and names the first few units.
 */
public final class Judge {
    private static final int DELIVERED = 10;
    private static final int UNDELIVERED = 11;
    private static final int CANCELLED = 14;
    private static final int NAMED = 5;

    private final CarrierView carriers;
    private final JournalView journal;
    private final List<String> examples = new ArrayList<>();

    private long accepted;
    private final long[] states = new long[16];
    private long open;
    private long refused;
    private long unanswered;
    private long lost;
    private long deliveredWithoutCarrier;
    private long sentTwiceUnmarked;
    private long sentTwiceMarked;
    private long refusedButSent;
    private long disagreements;
    private long terminalChanged;
    private long closedTwice;
    private long internalErrors;

    public Judge(final CarrierView carriers, final JournalView journal) {
        this.carriers = carriers;
        this.journal = journal;
    }

    /** Takes in a run that has ended. */
    public Judge hear(final LoadRun run) {
        return hear(run.plan().firstUnit(), run.ledger());
    }

    Judge hear(final long firstUnit, final UnitLedger ledger) {
        for (long index = 0; index < ledger.size(); index++) {
            judge(firstUnit + index, index, ledger);
        }
        return this;
    }

    private void judge(final long marker, final long index, final UnitLedger ledger) {
        final Answer answer = ledger.answer(index);
        final int taken = mostTaken(marker, ledger.segments(index));
        switch (answer) {
            case ACCEPTED -> judgeAccepted(marker, index, ledger, taken);
            case REFUSED -> {
                refused++;
                if (taken > 0) {
                    refusedButSent++;
                    name("refused but sent", marker, index, ledger);
                }
            }
            case NONE, ABANDONED -> unanswered++;
        }
        if (anyRepeated(marker, ledger.segments(index))) {
            if (journal.possibleDuplicate(marker) || ledger.possibleDuplicate(index)) {
                sentTwiceMarked++;
            } else {
                sentTwiceUnmarked++;
                name("sent twice unmarked", marker, index, ledger);
            }
        }
    }

    private int mostTaken(final long marker, final int segments) {
        int most = 0;
        for (int part = 1; part <= Math.max(1, segments); part++) {
            most = Math.max(most, carriers.taken(marker, part));
        }
        return most;
    }

    private boolean anyRepeated(final long marker, final int segments) {
        for (int part = 1; part <= Math.max(1, segments); part++) {
            if (carriers.repeated(marker, part)) {
                return true;
            }
        }
        return false;
    }

    private void judgeAccepted(final long marker, final long index, final UnitLedger ledger, final int taken) {
        accepted++;
        final int state = ledger.state(index);
        if (ledger.terminal(index)) {
            states[state]++;
            if (ledger.code(index) == ErrorCode.INTERNAL.number()) {
                internalErrors++;
                name("ended by an internal error", marker, index, ledger);
            }
        } else {
            open++;
            name("without a last word", marker, index, ledger);
        }
        if (!journal.accepted(marker)) {
            lost++;
            name("acknowledged and not in the journal", marker, index, ledger);
        }
        if ((state == DELIVERED || state == UNDELIVERED) && taken == 0) {
            deliveredWithoutCarrier++;
            name("delivered, and no carrier took it", marker, index, ledger);
        }
        final boolean groundless = state == DELIVERED && !carriers.receiptedDelivered(marker);
        if (groundless || (state == CANCELLED && taken > 0)) {
            disagreements++;
            name("state without ground", marker, index, ledger);
        }
        if (ledger.terminal(index) && journal.terminalState(marker) != state) {
            disagreements++;
            name("journal says state " + journal.terminalState(marker), marker, index, ledger);
        }
        if (ledger.terminalChanged(index)) {
            terminalChanged++;
            name("last word changed", marker, index, ledger);
        }
        if (journal.closedTwice(marker)) {
            closedTwice++;
        }
    }

    private void name(final String what, final long marker, final long index, final UnitLedger ledger) {
        if (examples.size() < NAMED) {
            examples.add(what + ": unit " + Long.toUnsignedString(ledger.unitId(index)) + " marker " + marker
                    + " answer " + ledger.answer(index) + " state " + ledger.state(index) + " code "
                    + ledger.code(index) + " copies taken " + mostTaken(marker, ledger.segments(index)));
        }
    }

    /** Writes the verdict: the figures, and what must be zero. */
    public void verdict(final ClaimResult result) {
        result.value("acknowledged", accepted)
                .value("delivered", states[DELIVERED])
                .value("undelivered", states[UNDELIVERED])
                .value("failed", states[12])
                .value("expired", states[13])
                .value("cancelled", states[CANCELLED])
                .value("unknown", states[15])
                .value("refused", refused)
                .value("unanswered", unanswered)
                .value("sentTwiceMarked", sentTwiceMarked)
                .zero("lost", lost + deliveredWithoutCarrier)
                .zero("sentTwiceUnmarked", sentTwiceUnmarked)
                .zero("stuck", open);
        result.require(refusedButSent == 0, refusedButSent + " refused units were sent")
                .require(disagreements == 0, disagreements + " states disagree between status, journal and carrier")
                .require(terminalChanged == 0, terminalChanged + " units were told two different last words")
                .require(internalErrors == 0, internalErrors + " units ended by an internal error")
                .require(closedTwice == 0, closedTwice + " units were closed twice in the journal")
                .require(journal.acceptedTwice() == 0, journal.acceptedTwice() + " references were accepted twice")
                .require(journal.gaps() == 0, journal.gaps() + " gaps in the journal's sequence")
                .require(accepted > 0, "nothing was acknowledged, so nothing was shown");
        examples.forEach(example -> result.require(false, example));
    }
}
