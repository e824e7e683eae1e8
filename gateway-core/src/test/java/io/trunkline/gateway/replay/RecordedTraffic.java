package io.trunkline.gateway.replay;

import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.ShortJournal;
import io.trunkline.gateway.journal.chronicle.Checkpoints;
import io.trunkline.gateway.journal.codec.ConfigAppliedEncoder;
import io.trunkline.gateway.journal.codec.NamedEncoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedEncoder;
import io.trunkline.gateway.journal.codec.UnitClosedEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/** A journal with traffic in it, written by the writer that the daemon has. */
public final class RecordedTraffic implements AutoCloseable {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final int TENANT = 1;
    private static final int CARRIER = 2;
    private static final int ROOM = 1000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final JournalStore journal;
    private final UnitAcceptedEncoder accepted = new UnitAcceptedEncoder();
    private int version = 1;

    /** Begins a run of a journal in a data directory. */
    public RecordedTraffic(final Path data) {
        journal = ShortJournal.open(data);
        at(NOON);
    }

    /** What follows happened then. */
    public RecordedTraffic at(final Instant time) {
        journal.wallTimeNs(time.getEpochSecond() * NANOS_PER_SECOND + time.getNano());
        return this;
    }

    public RecordedTraffic tenant(final int number, final String name) {
        return named(TENANT, number, name);
    }

    public RecordedTraffic carrier(final int number, final String name) {
        return named(CARRIER, number, name);
    }

    private RecordedTraffic named(final int kind, final int number, final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        final int offset = journal.begin(NamedEncoder.TEMPLATE_ID, 0, ROOM);
        final NamedEncoder encoder = new NamedEncoder();
        encoder.wrap(journal.buffer(), offset).number(number).kind((short) kind).putName(bytes, 0, bytes.length);
        journal.commit(encoder.encodedLength());
        journal.publish();
        return this;
    }

    /** A checkpoint, and what is recorded within it. */
    public RecordedTraffic checkpoint(final Runnable within) {
        Checkpoints.around(journal, within);
        return this;
    }

    /** A configuration came into force; units that follow name it. */
    public RecordedTraffic applied(final int itsVersion, final String hash) {
        version = itsVersion;
        final byte[] bytes = hash.getBytes(StandardCharsets.UTF_8);
        final int offset = journal.begin(ConfigAppliedEncoder.TEMPLATE_ID, 0, ROOM);
        final ConfigAppliedEncoder encoder = new ConfigAppliedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .version(itsVersion)
                .putHash(bytes, 0, bytes.length)
                .putWho(bytes, 0, 0)
                .putComment(bytes, 0, 0);
        journal.commit(encoder.encodedLength());
        journal.publish();
        return this;
    }

    /** A transactional unit was accepted, and ended. */
    public RecordedTraffic unit(
            final long id, final int tenant, final int carrier, final String to, final int segments, final int row) {
        final byte[] from = "12025550100".getBytes(StandardCharsets.US_ASCII);
        final byte[] number = to.getBytes(StandardCharsets.US_ASCII);
        final byte[] body = "the parcel".getBytes(StandardCharsets.US_ASCII);
        final int offset = journal.begin(UnitAcceptedEncoder.TEMPLATE_ID, id, ROOM);
        accepted.wrap(journal.buffer(), offset)
                .priceCapMicros(SubmitRequest.ABSENT)
                .tenant(tenant)
                .tableVersion(version)
                .routeRow(row)
                .carrier(carrier)
                .messageClass((short) 2)
                .receiptWish((short) 2)
                .origin((short) 1)
                .senderType((short) 1)
                .segments((short) segments)
                .putFrom(from, 0, from.length)
                .putTo(number, 0, number.length)
                .putBody(body, 0, body.length)
                .putCampaign(body, 0, 0)
                .putTags(body, 0, 0);
        journal.commit(accepted.encodedLength());
        journal.publish();
        final int closedAt = journal.begin(UnitClosedEncoder.TEMPLATE_ID, id, UnitClosedEncoder.BLOCK_LENGTH);
        new UnitClosedEncoder()
                .wrap(journal.buffer(), closedAt)
                .tenant(tenant)
                .carrier(carrier)
                .state((short) 10);
        journal.commit(UnitClosedEncoder.BLOCK_LENGTH);
        journal.publish();
        return this;
    }

    @Override
    public void close() {
        journal.close();
    }
}
