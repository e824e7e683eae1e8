package io.trunkline.perf.billing;

import io.trunkline.gateway.config.JournalSettings;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.config.Size;
import io.trunkline.gateway.engine.CarrierProtocol;
import io.trunkline.gateway.engine.Conclusion;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.chronicle.ChronicleJournal;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.gateway.journal.codec.NamedEncoder;
import io.trunkline.gateway.journal.codec.ReceiptReceivedEncoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredEncoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenEncoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedEncoder;
import io.trunkline.gateway.journal.codec.UnitClosedEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A journal with as many messages as wanted, written through the journal's own appender with the records that the engine writes
 * for each: accepted, and for each segment written, answered and receipted; closed. Thousands are open at a time, so that the
 * records of one are far apart, as they are in a day's journal.
 */
public final class SampleJournal {
    /** How many tenants share the traffic. */
    public static final int TENANTS = 8;

    public static final int CARRIERS = 3;

    private static final String[] COUNTRIES = {"1", "34", "44", "49", "33", "39", "55", "91", "48", "351"};
    private static final int ROOM = 1024;
    private static final int RECORDS_A_CYCLE = 200;
    private static final int TAKEN = 1;
    private static final int REFUSED = 4;
    private static final byte[] BODY =
            "Your code is 123456. It is valid for ten minutes.".getBytes(StandardCharsets.US_ASCII);

    private final JournalStore journal;
    private final SplittableRandom random;
    private final Deque<Open> open = new ArrayDeque<>();
    private final UnitAcceptedEncoder accepted = new UnitAcceptedEncoder();
    private final SegmentWrittenEncoder written = new SegmentWrittenEncoder();
    private final SegmentAnsweredEncoder answered = new SegmentAnsweredEncoder();
    private final ReceiptReceivedEncoder receipt = new ReceiptReceivedEncoder();
    private final UnitClosedEncoder closed = new UnitClosedEncoder();
    private final long[] events = new long[TENANTS + 1];
    private long records;

    private record Open(long unit, int tenant, int carrier, int segments, boolean refused, String to) {
        byte[] toOctets() {
            return to.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private SampleJournal(final JournalStore journal, final long seed) {
        this.journal = journal;
        random = new SplittableRandom(seed);
    }

    static String tenant(final int number) {
        return "tenant-" + number;
    }

    static String carrier(final int number) {
        return "carrier-" + number;
    }

    static String country(final SplittableRandom random) {
        return COUNTRIES[random.nextInt(COUNTRIES.length)];
    }

    /**
     * Writes a journal.
     *
     * @param openAtATime messages between the beginning of one and its end
     * @return records written
     */
    public static long write(final Path data, final long units, final int openAtATime, final long seed) {
        final JournalSettings settings = new JournalSettings(
                Durability.PROCESS,
                new JournalSettings.GroupCommit(Duration.ofMillis(2), new Size(1 << 18)),
                new JournalSettings.Retention(Duration.ofDays(7)),
                new JournalSettings.Space(new Size(1 << 20), new Size(0), new Size(1 << 26)),
                new JournalSettings.Checkpoint(Duration.ofHours(1), new Size(1L << 40)));
        try (JournalStore journal = ChronicleJournal.open(
                JournalFiles.shardDirectory(data, 0), 0, settings, () -> {}, failure -> {}, damage -> {})) {
            journal.recover(false, record -> {});
            journal.start();
            final SampleJournal sample = new SampleJournal(journal, seed);
            sample.run(units, openAtATime);
            return sample.records;
        }
    }

    private void run(final long units, final int openAtATime) {
        long now =
                TimeUnit.SECONDS.toNanos(Instant.parse("2026-11-20T00:00:00Z").getEpochSecond());
        for (int i = 1; i <= TENANTS; i++) {
            name(1, i, tenant(i));
        }
        for (int i = 1; i <= CARRIERS; i++) {
            name(2, i, carrier(i));
        }
        for (long unit = 1; unit <= units || !open.isEmpty(); unit++) {
            now += 20_000;
            journal.wallTimeNs(now);
            if (unit <= units) {
                begin(unit);
            }
            if (open.size() > openAtATime || unit > units) {
                end(open.poll());
            }
        }
        journal.publish();
    }

    private void commit(final int length) {
        journal.commit(length);
        if (++records % RECORDS_A_CYCLE == 0) {
            journal.publish();
        }
    }

    private void name(final int kind, final int number, final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        final int offset = journal.begin(NamedEncoder.TEMPLATE_ID, 0, ROOM);
        final NamedEncoder named = new NamedEncoder();
        named.wrap(journal.buffer(), offset).number(number).kind((short) kind).putName(bytes, 0, bytes.length);
        commit(named.encodedLength());
    }

    /** One in ten is refused, one in ten has two segments and one in twenty three. */
    private void begin(final long unit) {
        final int kind = random.nextInt(20);
        final int segments = kind < 2 ? 2 : kind == 2 ? 3 : 1;
        final StringBuilder to = new StringBuilder(country(random));
        while (to.length() < 11) {
            to.append(random.nextInt(10));
        }
        final byte[] from = (random.nextBoolean() ? "ACME" : "+447700900123").getBytes(StandardCharsets.US_ASCII);
        final Open began = new Open(
                unit,
                1 + random.nextInt(TENANTS),
                1 + random.nextInt(CARRIERS),
                segments,
                random.nextInt(10) == 0,
                to.toString());
        final int offset = journal.begin(UnitAcceptedEncoder.TEMPLATE_ID, unit, ROOM);
        accepted.wrap(journal.buffer(), offset)
                .referenceHi(1)
                .referenceLo(unit)
                .contentHash(unit)
                .scheduledAtMs(0)
                .expiresAtMs(0)
                .priceCapMicros(SubmitRequest.ABSENT)
                .tenant(began.tenant())
                .tableVersion(1)
                .routeRow(0)
                .routeRule(0)
                .rewrite(0)
                .treatment(0)
                .network(0)
                .carrier(began.carrier())
                .messageClass((short) 2)
                .receiptWish((short) 2)
                .origin((short) 1)
                .senderType((short) 1)
                .encoding((short) 1)
                .dataCoding((short) 0)
                .segments((short) segments)
                .flags((short) 0)
                .bodyPeriod(0)
                .putFrom(from, 0, from.length)
                .putTo(began.toOctets(), 0, began.to().length())
                .putBody(BODY, 0, BODY.length)
                .putCampaign(BODY, 0, 0)
                .putTags(BODY, 0, 0);
        commit(accepted.encodedLength());
        for (int segment = 0; segment < segments; segment++) {
            written(began, segment);
            answered(began, segment);
        }
        open.add(began);
    }

    private void written(final Open unit, final int segment) {
        final int offset = journal.begin(SegmentWrittenEncoder.TEMPLATE_ID, unit.unit(), ROOM);
        written.wrap(journal.buffer(), offset)
                .smppSequence(segment)
                .carrier(unit.carrier())
                .link(1)
                .segment((short) segment)
                .segments((short) unit.segments())
                .attempt((short) 0)
                .possibleDuplicate((short) 0)
                .treatment(0)
                .protocol((short) CarrierProtocol.SMPP.number());
        commit(SegmentWrittenEncoder.BLOCK_LENGTH);
    }

    private void answered(final Open unit, final int segment) {
        final byte[] id = messageId(unit, segment);
        final int offset = journal.begin(SegmentAnsweredEncoder.TEMPLATE_ID, unit.unit(), ROOM);
        answered.wrap(journal.buffer(), offset)
                .status(0)
                .carrier(unit.carrier())
                .link(1)
                .errorCode(0)
                .segment((short) segment)
                .attempt((short) 0)
                .outcome((short) (unit.refused() ? REFUSED : TAKEN))
                .protocol((short) CarrierProtocol.SMPP.number())
                .conclusion((short) Conclusion.RECEIPT_FOLLOWS.number())
                .putMessageId(id, 0, id.length);
        commit(answered.encodedLength());
    }

    private static byte[] messageId(final Open unit, final int segment) {
        return Long.toHexString(unit.unit() * 64 + segment).getBytes(StandardCharsets.US_ASCII);
    }

    private void end(final Open unit) {
        for (int segment = 0; segment < unit.segments() && !unit.refused(); segment++) {
            final byte[] id = messageId(unit, segment);
            final byte[] stat = "DELIVRD".getBytes(StandardCharsets.US_ASCII);
            final int offset = journal.begin(ReceiptReceivedEncoder.TEMPLATE_ID, unit.unit(), ROOM);
            receipt.wrap(journal.buffer(), offset)
                    .carrier(unit.carrier())
                    .link(1)
                    .errorCode(0)
                    .networkErrorCode(0)
                    .segment((short) segment)
                    .messageState((short) 2)
                    .disposition((short) 1)
                    .putMessageId(id, 0, id.length)
                    .putStat(stat, 0, stat.length)
                    .putErr(stat, 0, 0);
            commit(receipt.encodedLength());
        }
        final int offset = journal.begin(UnitClosedEncoder.TEMPLATE_ID, unit.unit(), ROOM);
        closed.wrap(journal.buffer(), offset)
                .eventSequence(++events[unit.tenant()])
                .referenceHi(1)
                .referenceLo(unit.unit())
                .tenant(unit.tenant())
                .carrier(unit.carrier())
                .origin((short) 1)
                .receiptWish((short) 2)
                .acceptedAtMs(0)
                .destination(Long.parseLong(unit.to()))
                .senderHi(0)
                .senderLo(0)
                .rawCode(0)
                .possibleDuplicate((short) 0)
                .errorCode(unit.refused() ? ErrorCode.CARRIER_REFUSED.number() : 0)
                .state((short) (unit.refused() ? UnitState.FAILED : UnitState.DELIVERED).number())
                .segments((short) unit.segments())
                .segmentsDelivered((short) (unit.refused() ? 0 : unit.segments()));
        commit(UnitClosedEncoder.BLOCK_LENGTH);
    }
}
