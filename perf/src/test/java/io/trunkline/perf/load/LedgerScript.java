package io.trunkline.perf.load;

import io.trunkline.perf.load.UnitLedger.Answer;

/** Fills a ledger by hand: what a client was told. Units are numbered from 1, in order. */
public final class LedgerScript {
    private final UnitLedger ledger = new UnitLedger();

    private long index(final long unit) {
        while (ledger.size() < unit) {
            ledger.sent(ledger.size(), 0);
        }
        return unit - 1;
    }

    public LedgerScript accepted(final long unit) {
        ledger.answered(index(unit), Answer.ACCEPTED, unit * 10, 0, 1, 1);
        return this;
    }

    public LedgerScript refused(final long unit) {
        ledger.answered(index(unit), Answer.REFUSED, 0, 1022, 0, 1);
        return this;
    }

    public LedgerScript state(final long unit, final int state) {
        ledger.stated(index(unit), state, 0, 1);
        return this;
    }

    public UnitLedger ledger() {
        return ledger;
    }
}
