package io.trunkline.gateway.events;

import io.trunkline.gateway.journal.Journal;
import io.trunkline.gateway.journal.codec.CursorSnapshotEncoder;
import io.trunkline.gateway.journal.codec.EventAcknowledgedEncoder;
import io.trunkline.gateway.journal.codec.NamedEncoder;
import java.nio.charset.StandardCharsets;

/** Writes what is to be remembered of cursors. */
final class CursorJournal {
    /** {@code Named.kind} of a subscription. */
    static final int KIND_SUBSCRIPTION = 4;

    private static final int GROUP_HEADERS_LENGTH = 8;

    private final Journal journal;
    private final NamedEncoder named = new NamedEncoder();
    private final EventAcknowledgedEncoder acknowledged = new EventAcknowledgedEncoder();
    private final CursorSnapshotEncoder snapshot = new CursorSnapshotEncoder();

    CursorJournal(final Journal journal) {
        this.journal = journal;
    }

    boolean accepting() {
        return journal.accepting();
    }

    void named(final TenantStream stream, final Cursor cursor) {
        final byte[] name = (stream.tenant() + "/" + cursor.name()).getBytes(StandardCharsets.UTF_8);
        final int offset =
                journal.begin(NamedEncoder.TEMPLATE_ID, 0, NamedEncoder.BLOCK_LENGTH + Short.BYTES + name.length);
        named.wrap(journal.buffer(), offset)
                .number(cursor.number())
                .kind((short) KIND_SUBSCRIPTION)
                .putName(name, 0, name.length);
        journal.commit(named.encodedLength());
    }

    void acknowledged(final TenantStream stream, final Cursor cursor) {
        final int offset =
                journal.begin(EventAcknowledgedEncoder.TEMPLATE_ID, 0, EventAcknowledgedEncoder.BLOCK_LENGTH);
        acknowledged
                .wrap(journal.buffer(), offset)
                .eventSequence(cursor.acknowledged())
                .tenant(stream.tenant())
                .subscription(cursor.number());
        journal.commit(acknowledged.encodedLength());
    }

    /** All that is known of one tenant's events, the names of its subscriptions first. */
    void snapshot(final TenantStream stream) {
        stream.forEachCursor(cursor -> named(stream, cursor));
        final EventIndex index = stream.index();
        final int maxLength = CursorSnapshotEncoder.BLOCK_LENGTH
                + GROUP_HEADERS_LENGTH
                + stream.cursors() * CursorSnapshotEncoder.SubscriptionsEncoder.sbeBlockLength()
                + index.size() * CursorSnapshotEncoder.IndexEncoder.sbeBlockLength();
        final int offset = journal.begin(CursorSnapshotEncoder.TEMPLATE_ID, 0, maxLength);
        snapshot.wrap(journal.buffer(), offset).lastEventSequence(stream.last()).tenant(stream.tenant());
        final CursorSnapshotEncoder.SubscriptionsEncoder subscriptions = snapshot.subscriptionsCount(stream.cursors());
        stream.forEachCursor(cursor ->
                subscriptions.next().acknowledged(cursor.acknowledged()).subscription(cursor.number()));
        final CursorSnapshotEncoder.IndexEncoder entries = snapshot.indexCount(index.size());
        for (int i = 0; i < index.size(); i++) {
            entries.next()
                    .eventSequence(index.event(i))
                    .recordSequence(index.record(i))
                    .timeMs(index.timeMs(i));
        }
        journal.commit(snapshot.encodedLength());
    }
}
