package io.trunkline.perf.prove;

import io.trunkline.gateway.journal.RecordFrame;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordStaging;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.SegmentWrittenEncoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedEncoder;
import io.trunkline.gateway.journal.codec.UnitClosedEncoder;
import io.trunkline.perf.load.LoadRun;

/** Records as the gateway writes them; unit ids are references times ten. */
final class JournalScript {
    private static final byte[] NOTHING = {};

    private final RecordHandler reader;
    private final RecordStaging staging = new RecordStaging(0);
    private final UnitAcceptedEncoder accepted = new UnitAcceptedEncoder();
    private final UnitClosedEncoder closed = new UnitClosedEncoder();
    private final SegmentWrittenEncoder written = new SegmentWrittenEncoder();

    private final RecordView record = new RecordView();

    JournalScript(final RecordHandler reader) {
        this.reader = reader;
    }

    JournalScript accepted(final long unit) {
        final int at = staging.begin(UnitAcceptedEncoder.TEMPLATE_ID, unit * 10, 512, 1);
        accepted.wrap(staging.buffer(), at)
                .referenceHi(LoadRun.REFERENCE_HI)
                .referenceLo(unit)
                .putFrom(NOTHING, 0, 0)
                .putTo(NOTHING, 0, 0)
                .putBody(NOTHING, 0, 0)
                .putCampaign(NOTHING, 0, 0)
                .putTags(NOTHING, 0, 0);
        return commit(at, accepted.encodedLength());
    }

    JournalScript closed(final long unit, final int state, final boolean duplicate) {
        final int at = staging.begin(UnitClosedEncoder.TEMPLATE_ID, unit * 10, 512, 1);
        closed.wrap(staging.buffer(), at).state((short) state).possibleDuplicate((short) (duplicate ? 1 : 0));
        return commit(at, closed.encodedLength());
    }

    JournalScript writtenAsPossibleDuplicate(final long unit) {
        final int at = staging.begin(SegmentWrittenEncoder.TEMPLATE_ID, unit * 10, 512, 1);
        written.wrap(staging.buffer(), at).possibleDuplicate((short) 1);
        return commit(at, written.encodedLength());
    }

    private JournalScript commit(final int at, final int length) {
        staging.commit(length);
        reader.onRecord(record.wrap(staging.buffer(), at - RecordFrame.HEADER_LENGTH));
        return this;
    }
}
