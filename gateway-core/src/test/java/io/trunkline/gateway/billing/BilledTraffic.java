package io.trunkline.gateway.billing;

import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.chronicle.Checkpoints;
import io.trunkline.gateway.journal.codec.CallEndedEncoder;
import io.trunkline.gateway.journal.codec.InboundReceivedEncoder;
import io.trunkline.gateway.journal.codec.NamedEncoder;
import io.trunkline.gateway.journal.codec.ReceiptReceivedEncoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredEncoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenEncoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedEncoder;
import io.trunkline.gateway.journal.codec.UnitClosedEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Writes the records of messages as the engine does, without an engine. */
public final class BilledTraffic {
    public static final int ACME = 1;
    public static final int NEWS = 2;
    public static final int ALPHA = 1;
    public static final int BETA = 2;
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final int ROOM = 1024;
    private static final int TAKEN = 1;
    private static final int FAILED = 4;
    private static final int IN_DOUBT = 5;

    private final JournalStore journal;
    private static final int OUT = 1;

    private long nextUnit = 1000;
    private final Map<Long, Integer> segmentsOf = new HashMap<>();
    private int network;

    public BilledTraffic(final JournalStore journal) {
        this.journal = journal;
        at(NOON);
    }

    /**
     * A journal whose oldest files are gone, and with them the names: a delivered message of so many segments stands in it before the
     * checkpoint that has them again.
     */
    public static BilledTraffic beheaded(final JournalStore journal, final int segments) {
        final BilledTraffic late = new BilledTraffic(journal);
        late.delivered(ACME, ALPHA, "447700900123", segments);
        Checkpoints.around(journal, late::named);
        return late;
    }

    /** Tenants and carriers get their numbers. */
    public BilledTraffic named() {
        name(1, ACME, "acme");
        name(1, NEWS, "news");
        name(2, ALPHA, "alpha");
        name(2, BETA, "beta");
        return this;
    }

    /** The trunk that calls of a carrier go over. */
    public BilledTraffic trunk(final int carrier, final String name) {
        name(3, trunkOf(carrier), name);
        return this;
    }

    private static int trunkOf(final int carrier) {
        return 20 + carrier;
    }

    /** The network of the handsets that follow. */
    public BilledTraffic to(final int itsNetwork) {
        network = itsNetwork;
        return this;
    }

    /** The clock of the records that follow. */
    public BilledTraffic at(final Instant time) {
        journal.wallTimeNs(TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano());
        return this;
    }

    private void name(final int kind, final int number, final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        final int offset = journal.begin(NamedEncoder.TEMPLATE_ID, 0, ROOM);
        final NamedEncoder encoder = new NamedEncoder();
        encoder.wrap(journal.buffer(), offset).number(number).kind((short) kind).putName(bytes, 0, bytes.length);
        commit(encoder.encodedLength());
    }

    private void commit(final int length) {
        journal.commit(length);
        journal.publish();
    }

    /** A message is accepted; its id. */
    public long accept(final int tenant, final String from, final String to, final int segments) {
        return accept(tenant, from, to, segments, "");
    }

    public long accept(
            final int tenant, final String from, final String to, final int segments, final String campaign) {
        final long unit = ++nextUnit;
        segmentsOf.put(unit, segments);
        final int offset = journal.begin(UnitAcceptedEncoder.TEMPLATE_ID, unit, ROOM);
        final UnitAcceptedEncoder encoder = new UnitAcceptedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .referenceHi(0)
                .referenceLo(unit)
                .tenant(tenant)
                .tableVersion(3)
                .routeRow(7)
                .carrier(ALPHA)
                .messageClass((short) 2)
                .origin((short) 1)
                .senderType((short) 1)
                .encoding((short) 1)
                .segments((short) segments)
                .network(network);
        put(encoder, from, to, campaign);
        commit(encoder.encodedLength());
        return unit;
    }

    private static void put(
            final UnitAcceptedEncoder encoder, final String from, final String to, final String campaign) {
        final byte[] sender = from.getBytes(StandardCharsets.ISO_8859_1);
        final byte[] destination = to.getBytes(StandardCharsets.US_ASCII);
        final byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);
        final byte[] name = campaign.getBytes(StandardCharsets.ISO_8859_1);
        encoder.putFrom(sender, 0, sender.length)
                .putTo(destination, 0, destination.length)
                .putBody(body, 0, body.length)
                .putCampaign(name, 0, name.length)
                .putTags(name, 0, 0);
    }

    /** One PDU of as many as the message has segments. */
    public BilledTraffic write(final long unit, final int carrier, final int segment, final int attempt) {
        return write(unit, carrier, segment, attempt, segmentsOf.get(unit));
    }

    /** One PDU with all of the message: the carrier cuts it itself. */
    public BilledTraffic writeWhole(final long unit, final int carrier) {
        return write(unit, carrier, 0, 0, 1);
    }

    private BilledTraffic write(
            final long unit, final int carrier, final int segment, final int attempt, final int pdus) {
        final int offset = journal.begin(SegmentWrittenEncoder.TEMPLATE_ID, unit, ROOM);
        final SegmentWrittenEncoder encoder = new SegmentWrittenEncoder();
        encoder.wrap(journal.buffer(), offset)
                .carrier(carrier)
                .segment((short) segment)
                .segments((short) pdus)
                .attempt((short) attempt);
        commit(encoder.encodedLength());
        return this;
    }

    public BilledTraffic taken(final long unit, final int carrier, final int segment, final int attempt) {
        return answer(unit, carrier, segment, attempt, TAKEN, "m" + unit + "-" + segment + "-" + attempt);
    }

    /** A carrier took the only PDU, and gave this id for it. */
    public BilledTraffic takenAs(final long unit, final int carrier, final String id) {
        return answer(unit, carrier, 0, 0, TAKEN, id);
    }

    public BilledTraffic refused(final long unit, final int carrier, final int segment) {
        return answer(unit, carrier, segment, 0, FAILED, "");
    }

    public BilledTraffic lost(final long unit, final int carrier, final int segment, final int attempt) {
        return answer(unit, carrier, segment, attempt, IN_DOUBT, "");
    }

    private BilledTraffic answer(
            final long unit,
            final int carrier,
            final int segment,
            final int attempt,
            final int outcome,
            final String id) {
        final byte[] bytes = id.getBytes(StandardCharsets.US_ASCII);
        final int offset = journal.begin(SegmentAnsweredEncoder.TEMPLATE_ID, unit, ROOM);
        final SegmentAnsweredEncoder encoder = new SegmentAnsweredEncoder();
        encoder.wrap(journal.buffer(), offset)
                .carrier(carrier)
                .segment((short) segment)
                .attempt((short) attempt)
                .outcome((short) outcome)
                .putMessageId(bytes, 0, bytes.length);
        commit(encoder.encodedLength());
        return this;
    }

    /** A receipt that was matched with the unit. */
    public BilledTraffic receipt(final long unit, final int carrier, final int segment) {
        final int offset = journal.begin(ReceiptReceivedEncoder.TEMPLATE_ID, unit, ROOM);
        final ReceiptReceivedEncoder encoder = new ReceiptReceivedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .carrier(carrier)
                .segment((short) segment)
                .disposition((short) 1)
                .putMessageId(new byte[0], 0, 0)
                .putStat(new byte[0], 0, 0)
                .putErr(new byte[0], 0, 0);
        commit(encoder.encodedLength());
        return this;
    }

    public BilledTraffic close(
            final long unit,
            final int tenant,
            final int carrier,
            final UnitState state,
            final int error,
            final int segments,
            final int delivered) {
        final int offset = journal.begin(UnitClosedEncoder.TEMPLATE_ID, unit, ROOM);
        final UnitClosedEncoder encoder = new UnitClosedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .referenceLo(unit)
                .tenant(tenant)
                .carrier(carrier)
                .errorCode(error)
                .state((short) state.number())
                .segments((short) segments)
                .segmentsDelivered((short) delivered)
                .origin((short) 1)
                .acceptedAtMs(NOON.toEpochMilli())
                .destination(447_700_900_123L);
        commit(encoder.encodedLength());
        return this;
    }

    /**
     * A call that has ended; its id.
     *
     * @param outcome number of a {@link io.trunkline.gateway.calls.CallUnitState}
     * @param talkMs below zero: it was not answered
     */
    public long call(
            final int tenant,
            final int carrier,
            final int direction,
            final String to,
            final int outcome,
            final int talkMs) {
        final long unit = ++nextUnit;
        final int offset = journal.begin(CallEndedEncoder.TEMPLATE_ID, unit, ROOM);
        final CallEndedEncoder encoder = new CallEndedEncoder();
        final long never = CallEndedEncoder.talkMsNullValue();
        encoder.wrap(journal.buffer(), offset)
                .referenceHi(0)
                .referenceLo(0)
                .startedAtMs(NOON.toEpochMilli())
                .lastSeenAtMs(NOON.toEpochMilli() + 4_200 + Math.max(0, talkMs))
                .tenant(tenant)
                .tableVersion(3)
                .routeRow(7)
                .pddMs(850)
                .setupMs(talkMs < 0 ? never : 4_200)
                .talkMs(talkMs < 0 ? never : talkMs)
                .lengthMs(4_200 + Math.max(0, talkMs))
                .status(talkMs < 0 ? 486 : 200)
                .cause(talkMs < 0 ? 17 : 16)
                .errorCode(talkMs < 0 ? 3030 : 0)
                .carrier(carrier)
                .trunk(trunkOf(carrier))
                .outcome((short) outcome)
                .reason((short) (talkMs < 0 ? 5 : 1))
                .attempts((short) 1)
                .direction((short) direction)
                .origin((short) 3)
                .signedAs((short) (direction == OUT ? 'B' : 0))
                .verdict((short) (direction == OUT ? 0 : 5))
                .attested((short) (direction == OUT ? 0 : 'A'));
        final byte[] number = to.getBytes(StandardCharsets.US_ASCII);
        final byte[] caller = "+34911000000".getBytes(StandardCharsets.US_ASCII);
        final byte[] callId = "=a84b4c,\"76e\"@pc33".getBytes(StandardCharsets.US_ASCII);
        encoder.putFrom(caller, 0, caller.length)
                .putTo(number, 0, number.length)
                .putAsserted(caller, 0, 0)
                .putCallId(callId, 0, callId.length);
        commit(encoder.encodedLength());
        return unit;
    }

    /** A message that went well: accepted, written, taken, delivered. */
    public long delivered(final int tenant, final int carrier, final String to, final int segments) {
        final long unit = accept(tenant, "ACME", to, segments);
        for (int segment = 0; segment < segments; segment++) {
            write(unit, carrier, segment, 0).taken(unit, carrier, segment, 0);
        }
        close(unit, tenant, carrier, UnitState.DELIVERED, 0, segments, segments);
        return unit;
    }

    /** A message from a handset. */
    public long received(final int tenant, final int carrier, final String from, final String to, final int segments) {
        final long unit = ++nextUnit;
        final byte[] sender = from.getBytes(StandardCharsets.US_ASCII);
        final byte[] destination = to.getBytes(StandardCharsets.US_ASCII);
        final int offset = journal.begin(InboundReceivedEncoder.TEMPLATE_ID, unit, ROOM);
        final InboundReceivedEncoder encoder = new InboundReceivedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .tenant(tenant)
                .carrier(carrier)
                .segments((short) segments)
                .encoding((short) 1)
                .bodyPeriod(0)
                .putFrom(sender, 0, sender.length)
                .putTo(destination, 0, destination.length)
                .putBody(sender, 0, sender.length);
        commit(encoder.encodedLength());
        return unit;
    }
}
