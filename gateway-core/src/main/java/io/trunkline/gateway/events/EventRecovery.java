package io.trunkline.gateway.events;

import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.CursorSnapshotDecoder;
import io.trunkline.gateway.journal.codec.EventAcknowledgedDecoder;
import io.trunkline.gateway.journal.codec.NamedDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Builds streams and cursors from the records of earlier runs. All it learns only ever moves forward, so a snapshot
 * may come before or after the records that it speaks of, and may be met twice.
 */
final class EventRecovery {
    private static final long NS_PER_MS = 1_000_000;

    private final TenantStreams streams;
    private final EventRecords events = new EventRecords();
    private final EventAcknowledgedDecoder acknowledged = new EventAcknowledgedDecoder();
    private final NamedDecoder named = new NamedDecoder();
    private final CursorSnapshotDecoder snapshot = new CursorSnapshotDecoder();

    EventRecovery(final TenantStreams streams) {
        this.streams = streams;
    }

    void onRecord(final RecordView record) {
        switch (record.templateId()) {
            case EventAcknowledgedDecoder.TEMPLATE_ID -> onAcknowledged(record);
            case NamedDecoder.TEMPLATE_ID -> onNamed(record);
            case CursorSnapshotDecoder.TEMPLATE_ID -> onSnapshot(record);
            default -> {
                if (events.wrap(record)) {
                    streams.recovered(
                            streams.stream(events.tenant()),
                            events.sequence(),
                            record.sequence(),
                            record.wallTimeNs() / NS_PER_MS);
                }
            }
        }
    }

    private void onAcknowledged(final RecordView record) {
        acknowledged.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final Cursor cursor = streams.stream((int) acknowledged.tenant()).cursor(acknowledged.subscription());
        if (cursor != null) {
            cursor.restore(acknowledged.eventSequence());
        }
    }

    private void onNamed(final RecordView record) {
        named.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        if (named.kind() != CursorJournal.KIND_SUBSCRIPTION) {
            return;
        }
        final int number = (int) named.number();
        final byte[] utf8 = new byte[named.nameLength()];
        named.getName(utf8, 0, utf8.length);
        final String name = new String(utf8, StandardCharsets.UTF_8);
        final int slash = name.indexOf('/');
        final TenantStream stream = streams.stream(Integer.parseInt(name.substring(0, slash)));
        if (stream.cursor(number) == null) {
            stream.add(new Cursor(number, name.substring(slash + 1)));
        }
        streams.recoveredNumber(number);
    }

    private void onSnapshot(final RecordView record) {
        snapshot.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final TenantStream stream = streams.stream((int) snapshot.tenant());
        stream.restoreLast(snapshot.lastEventSequence());
        for (final CursorSnapshotDecoder.SubscriptionsDecoder entry : snapshot.subscriptions()) {
            final Cursor cursor = stream.cursor(entry.subscription());
            if (cursor != null) {
                cursor.restore(entry.acknowledged());
            }
        }
        for (final CursorSnapshotDecoder.IndexDecoder entry : snapshot.index()) {
            stream.index().restore(entry.eventSequence(), entry.recordSequence(), entry.timeMs());
        }
        // The newest event before the snapshot is somewhere before it.
        stream.restoreLastRecord(record.sequence());
    }
}
