package io.trunkline.perf.prove;

import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.SegmentWrittenDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import io.trunkline.perf.load.LoadRun;
import org.agrona.collections.Long2LongHashMap;

/**
 * What the journal says of each unit of a load, found by its client reference (which is the marker in its text). Folded from the
 * records themselves, not from anything that the daemon made of them.
 */
public final class JournalView implements RecordHandler {
    /** No such unit. */
    public static final long NONE = -1;

    private static final int STATE_SHIFT = 32;
    private static final long ANY_SECOND_WRITE_MARKED = 1L << 40;
    private static final long CLOSED_TWICE = 1L << 41;
    private static final long DUPLICATE_TOLD = 1L << 42;

    /** Unit id to index of the unit's facts, by reference. */
    private final Long2LongHashMap referenceOf = new Long2LongHashMap(NONE);

    private final Long2LongHashMap factsOf = new Long2LongHashMap(NONE);
    private final UnitAcceptedDecoder accepted = new UnitAcceptedDecoder();
    private final SegmentWrittenDecoder written = new SegmentWrittenDecoder();
    private final UnitClosedDecoder closed = new UnitClosedDecoder();
    private long lastSequence;
    private long gaps;
    private long acceptedTwice;

    @Override
    public void onRecord(final RecordView record) {
        if (lastSequence != 0 && record.sequence() != lastSequence + 1) {
            gaps++;
        }
        lastSequence = record.sequence();
        switch (record.templateId()) {
            case UnitAcceptedDecoder.TEMPLATE_ID -> onAccepted(record);
            case SegmentWrittenDecoder.TEMPLATE_ID -> onWritten(record);
            case UnitClosedDecoder.TEMPLATE_ID -> onClosed(record);
            default -> {
                // The rest says nothing that the judge asks for.
            }
        }
    }

    private void onAccepted(final RecordView record) {
        accepted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        if (accepted.referenceHi() != LoadRun.REFERENCE_HI) {
            return;
        }
        final long reference = accepted.referenceLo();
        if (factsOf.get(reference) != NONE) {
            acceptedTwice++;
        }
        referenceOf.put(record.unitId(), reference);
        factsOf.put(reference, 0);
    }

    private void onWritten(final RecordView record) {
        written.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        if (written.possibleDuplicate() != 0) {
            mark(record.unitId(), ANY_SECOND_WRITE_MARKED);
        }
    }

    private void onClosed(final RecordView record) {
        closed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final long reference = referenceOf.get(record.unitId());
        if (reference == NONE) {
            return;
        }
        long facts = factsOf.get(reference);
        if (state(facts) != 0) {
            facts |= CLOSED_TWICE;
        } else {
            facts |= (long) closed.state() << STATE_SHIFT;
        }
        if (closed.possibleDuplicate() != 0) {
            facts |= DUPLICATE_TOLD;
        }
        factsOf.put(reference, facts);
    }

    private void mark(final long unitId, final long bit) {
        final long reference = referenceOf.get(unitId);
        if (reference != NONE) {
            factsOf.put(reference, factsOf.get(reference) | bit);
        }
    }

    private static int state(final long facts) {
        return (int) (facts >>> STATE_SHIFT) & 0xFF;
    }

    /** Whether a unit of this reference was accepted. */
    public boolean accepted(final long reference) {
        return factsOf.get(reference) != NONE;
    }

    /** The terminal state, as a number of UnitState; 0 while open or unknown. */
    public int terminalState(final long reference) {
        final long facts = factsOf.get(reference);
        return facts == NONE ? 0 : state(facts);
    }

    /** A segment of it was written as a possible duplicate, or it was closed as one. */
    public boolean possibleDuplicate(final long reference) {
        final long facts = factsOf.get(reference);
        return facts != NONE && (facts & (ANY_SECOND_WRITE_MARKED | DUPLICATE_TOLD)) != 0;
    }

    public boolean closedTwice(final long reference) {
        final long facts = factsOf.get(reference);
        return facts != NONE && (facts & CLOSED_TWICE) != 0;
    }

    /** References that were accepted more than once. */
    public long acceptedTwice() {
        return acceptedTwice;
    }

    /** Places where the sequence jumps. */
    public long gaps() {
        return gaps;
    }

    public long units() {
        return factsOf.size();
    }

    public long lastSequence() {
        return lastSequence;
    }
}
