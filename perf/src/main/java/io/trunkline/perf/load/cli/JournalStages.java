package io.trunkline.perf.load.cli;

import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.ReceiptReceivedDecoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredDecoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.MarkedUnits;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/** The stages of a run's units as the gateway's journal has them; units are known by their client references. */
final class JournalStages implements RecordHandler {
    private static final long NONE = Long.MIN_VALUE;

    private final UnitTimes times;
    /** Number in the client reference, by unit id. */
    private final Long2LongHashMap units = new Long2LongHashMap(NONE);

    private final UnitAcceptedDecoder accepted = new UnitAcceptedDecoder();

    JournalStages(final List<MarkedUnits> runs) {
        times = new UnitTimes(
                runs,
                LoadStage.JOURNALED,
                LoadStage.WRITTEN,
                LoadStage.ANSWERED,
                LoadStage.RECEIPTED,
                LoadStage.CLOSED);
    }

    UnitTimes times() {
        return times;
    }

    @Override
    public void onRecord(final RecordView record) {
        switch (record.templateId()) {
            case UnitAcceptedDecoder.TEMPLATE_ID -> {
                accepted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                if (accepted.referenceHi() == LoadRun.REFERENCE_HI) {
                    units.put(record.unitId(), accepted.referenceLo());
                    reached(LoadStage.JOURNALED, record);
                }
            }
            case SegmentWrittenDecoder.TEMPLATE_ID -> reached(LoadStage.WRITTEN, record);
            case SegmentAnsweredDecoder.TEMPLATE_ID -> reached(LoadStage.ANSWERED, record);
            case ReceiptReceivedDecoder.TEMPLATE_ID -> reached(LoadStage.RECEIPTED, record);
            case UnitClosedDecoder.TEMPLATE_ID -> reached(LoadStage.CLOSED, record);
            default -> {
                // The rest is no stage of a unit.
            }
        }
    }

    private void reached(final LoadStage stage, final RecordView record) {
        final long unit = units.get(record.unitId());
        if (unit != NONE) {
            times.reached(stage, unit, record.wallTimeNs());
        }
    }
}
