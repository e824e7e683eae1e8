package io.trunkline.gateway.engine;

/**
 * Receipts that units from a checkpoint wait for. They go into the tables of their carriers many at a time: with a million of them
 * each touch of a table is a miss of the cache, and the misses of several overlap.
 */
final class ExpectedReceipts {
    private static final int BATCH = 64;

    private final Receipts receipts;
    private final Unit[] units = new Unit[BATCH];
    private final int[] segments = new int[BATCH];
    private int count;

    ExpectedReceipts(final Receipts receipts) {
        this.receipts = receipts;
    }

    /** The unit has the segment's id already. */
    void add(final Unit unit, final int segment) {
        if (count == BATCH) {
            settle();
        }
        units[count] = unit;
        segments[count++] = segment;
    }

    /** Puts in what was added: before anything else is done with these units. */
    void settle() {
        for (int i = 0; i < count; i++) {
            final Unit unit = units[i];
            unit.carrier.correlator.touch(unit.messageKeyHi(segments[i]), unit.messageKeyLo(segments[i]));
        }
        for (int i = 0; i < count; i++) {
            final Unit unit = units[i];
            receipts.expect(unit, segments[i], unit.messageKeyHi(segments[i]), unit.messageKeyLo(segments[i]));
            units[i] = null;
        }
        count = 0;
    }
}
