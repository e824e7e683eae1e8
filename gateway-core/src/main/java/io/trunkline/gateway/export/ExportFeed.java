package io.trunkline.gateway.export;

import io.trunkline.gateway.billing.UnitFold;
import io.trunkline.gateway.billing.cdr.CdrEvents;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.journal.JournalTail;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.NamedDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads the journal on and makes events of it, a handful at a time. Records that the target has events of already are read once more
 * where call detail records need them, and give none.
 */
final class ExportFeed implements AutoCloseable {
    private final JournalTail tail;
    private final NamesByNumber names;
    private final RecordEvents records;
    /** Null where call detail records are not wanted. */
    private final UnitFold fold;

    private final List<ExportEvent> events = new ArrayList<>();
    private final long writtenBefore;
    private long next;
    /** Sequence that the next record should have; 0: any. */
    private long expected;

    private long lastTimeNs;
    private long lost;

    /**
     * A feed.
     *
     * @param tail closed with this
     * @param cursor where it ended last
     * @param from record to read from
     * @param written last record that the target has events of
     */
    ExportFeed(
            final ExportService.Settings settings,
            final JournalTail tail,
            final ExportCursor cursor,
            final long from,
            final long written) {
        this.tail = tail;
        names = cursor.names().ahead(tail);
        writtenBefore = written;
        next = from;
        expected = written == 0 && from == 1 ? 0 : from;
        lastTimeNs = cursor.lastTimeNs();
        records = new RecordEvents(
                names, settings.what(), settings.bodies(), settings.ciphers().get(), settings.shard(), events::add);
        fold = settings.billing().map(billing -> fold(settings, billing)).orElse(null);
    }

    private UnitFold fold(final ExportService.Settings settings, final BillingConfig billing) {
        final CdrEvents cdrs = new CdrEvents(billing, names, settings.shard());
        final UnitFold made = new UnitFold(
                names,
                facts -> events.add(new ExportEvent(
                        ExportEvent.Stream.CDR,
                        facts.closedSequence,
                        lastTimeNs,
                        Long.toUnsignedString(facts.unit).getBytes(StandardCharsets.UTF_8),
                        cdrs.of(facts))));
        made.quietUntil(writtenBefore);
        return made;
    }

    /**
     * Reads on.
     *
     * @return the events of the records read, by ascending index; valid until the next call
     */
    List<ExportEvent> read() {
        events.clear();
        next = tail.read(next, this::onRecord);
        missing(next, lastTimeNs);
        return Collections.unmodifiableList(events);
    }

    private void onRecord(final RecordView record) {
        missing(record.sequence(), record.wallTimeNs());
        expected = record.sequence() + 1;
        lastTimeNs = record.wallTimeNs();
        if (record.templateId() == NamedDecoder.TEMPLATE_ID) {
            names.onNamed(record);
        }
        if (fold != null) {
            fold.onRecord(record);
            fold.takeGaps();
        }
        if (record.sequence() > writtenBefore) {
            records.onRecord(record);
        }
    }

    /** Tells of the records before {@code end} that should have come and did not. A first export begins with what there is. */
    private void missing(final long end, final long timeNs) {
        final long first = Math.max(expected, writtenBefore + 1);
        if (expected > 0 && first < end) {
            lost += end - first;
            records.gap(first, end - 1, timeNs);
            expected = end;
        }
    }

    /** Record to be read next. */
    long next() {
        return next;
    }

    /** Wall time of the record read last. */
    long lastTimeNs() {
        return lastTimeNs;
    }

    /** Records that the journal did not have any more, since this was asked last. */
    long takeLost() {
        final long taken = lost;
        lost = 0;
        return taken;
    }

    /** Where things stand, once all events handed out are in the target. */
    ExportCursor cursor(final String identity) {
        final long resumeFrom = fold == null ? next : fold.oldestOpen(next);
        return ExportCursor.of(identity, next - 1, lastTimeNs, resumeFrom, names);
    }

    @Override
    public void close() {
        tail.close();
    }
}
