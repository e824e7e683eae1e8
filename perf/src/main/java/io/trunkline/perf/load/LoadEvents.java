package io.trunkline.perf.load;

import io.trunkline.client.ClientListener;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.upstream.codec.InboundMessageDecoder;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import io.trunkline.upstream.codec.SubmitAcceptedDecoder;
import io.trunkline.upstream.codec.SubmitRefusedDecoder;

/** What comes back on a connection: counted, timed and written into the ledger. On the run's thread; allocates nothing. */
class LoadEvents implements ClientListener {
    private final long firstUnit;
    private final UnitLedger ledger;
    private final LoadCounters counters;
    private final LoadLatencies latencies;
    private final Runnable progressed;
    private long lastSequence;

    LoadEvents(
            final long firstUnit,
            final UnitLedger ledger,
            final LoadCounters counters,
            final LoadLatencies latencies,
            final Runnable progressed) {
        this.firstUnit = firstUnit;
        this.ledger = ledger;
        this.counters = counters;
        this.latencies = latencies;
        this.progressed = progressed;
    }

    @Override
    public void onAccepted(final SubmitAcceptedDecoder accepted) {
        final long index = index(accepted.referenceHi(), accepted.referenceLo());
        if (index < 0) {
            return;
        }
        final long latencyNs = System.nanoTime() - ledger.intendedNs(index);
        ledger.answered(
                index, UnitLedger.Answer.ACCEPTED, accepted.unitId(), 0, accepted.segments(), (int) (latencyNs / 1000));
        latencies.answered(latencyNs);
        counters.increment(Counter.ACCEPTED);
        if (accepted.duplicate() != 0) {
            ledger.flag(index, UnitLedger.ANSWERED_AS_DUPLICATE);
            counters.increment(Counter.ANSWERED_AS_DUPLICATE);
        }
        progressed.run();
    }

    @Override
    public void onRefused(final SubmitRefusedDecoder refused) {
        final long index = index(refused.referenceHi(), refused.referenceLo());
        if (index < 0) {
            return;
        }
        ledger.answered(index, UnitLedger.Answer.REFUSED, 0, refused.code(), 0, 0);
        counters.increment(Counter.REFUSED);
        counters.refused(refused.code());
        progressed.run();
    }

    @Override
    public void onAbandoned(final long referenceHi, final long referenceLo) {
        final long index = index(referenceHi, referenceLo);
        if (index >= 0) {
            ledger.answered(index, UnitLedger.Answer.ABANDONED, 0, 0, 0, 0);
            counters.increment(Counter.ABANDONED);
        }
    }

    @Override
    public void onStatus(final MessageStatusDecoder status) {
        counters.increment(Counter.EVENTS);
        watchSequence(status.sequence(), status.flags().replayed());
        final long index = index(status.referenceHi(), status.referenceLo());
        if (index < 0) {
            counters.increment(Counter.EVENTS_OF_OTHERS);
            return;
        }
        if (status.flags().possibleDuplicate()) {
            ledger.flag(index, UnitLedger.POSSIBLE_DUPLICATE);
        }
        final int state = status.state().value();
        final long latencyNs = System.nanoTime() - ledger.intendedNs(index);
        if (ledger.stated(index, state, status.code(), (int) (latencyNs / 1000))) {
            latencies.terminal(latencyNs);
            counters.terminal(state, status.code());
            progressed.run();
        } else if (state >= LoadRun.FIRST_TERMINAL) {
            counters.increment(Counter.EVENTS_REPEATED);
        }
    }

    @Override
    public void onInbound(final InboundMessageDecoder inbound) {
        counters.increment(Counter.INBOUND);
        watchSequence(inbound.sequence(), inbound.flags().replayed());
    }

    private void watchSequence(final long sequence, final boolean replayed) {
        if (sequence > lastSequence + 1 && lastSequence != 0) {
            counters.increment(Counter.EVENT_GAPS);
        } else if (sequence <= lastSequence && !replayed) {
            counters.increment(Counter.EVENT_REPEATS_UNMARKED);
        }
        lastSequence = Math.max(lastSequence, sequence);
    }

    private long index(final long referenceHi, final long referenceLo) {
        final long index = referenceLo - firstUnit;
        return referenceHi == LoadRun.REFERENCE_HI && index >= 0 && index < ledger.size() ? index : -1;
    }
}
