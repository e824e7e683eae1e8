package io.trunkline.gateway.export;

import io.trunkline.gateway.config.Exports.What;
import io.trunkline.gateway.engine.CarrierProtocol;
import io.trunkline.gateway.engine.Conclusion;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.PackedSender;
import io.trunkline.gateway.engine.RecordWords;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.ConvertedDecoder;
import io.trunkline.gateway.journal.codec.InboundReceivedDecoder;
import io.trunkline.gateway.journal.codec.ReceiptReceivedDecoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredDecoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import io.trunkline.gateway.journal.codec.UnitProgressedDecoder;
import io.trunkline.gateway.journal.codec.UnitRejectedDecoder;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import io.trunkline.routing.networks.MccMnc;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes an event of each record that says something of a unit. A pure function of the records and of what is asked for. Fields are
 * only ever added; {@code docs/reference/events.md} lists them.
 */
final class RecordEvents implements RecordHandler {
    private static final String[] CLASSES = {"", "otp", "transactional", "bulk"};
    private static final String[] ORIGINS = {"", "binary", "smpp", "sip"};
    private static final String[] ENCODINGS = {"", "gsm7", "latin1", "ucs2", "binary"};
    private static final int BINARY = 4;

    private final NamesByNumber names;
    private final Set<What> what;
    private final boolean bodies;
    private final PeriodCipher cipher;
    private final EventJson json;
    private final CallRecordEvents calls;
    private final Consumer<ExportEvent> sink;
    private final UnsafeBuffer sender = new UnsafeBuffer(new byte[PackedSender.MAX_LENGTH]);

    private final UnitAcceptedDecoder accepted = new UnitAcceptedDecoder();
    private final UnitRejectedDecoder rejected = new UnitRejectedDecoder();
    private final SegmentWrittenDecoder written = new SegmentWrittenDecoder();
    private final SegmentAnsweredDecoder answered = new SegmentAnsweredDecoder();
    private final ReceiptReceivedDecoder receipt = new ReceiptReceivedDecoder();
    private final UnitProgressedDecoder progressed = new UnitProgressedDecoder();
    private final UnitClosedDecoder closed = new UnitClosedDecoder();
    private final InboundReceivedDecoder inbound = new InboundReceivedDecoder();
    private final ConvertedDecoder converted = new ConvertedDecoder();

    /**
     * @param bodies whether texts of messages go along
     * @param cipher for those that stand enciphered
     * @param shard whose journal it is
     */
    RecordEvents(
            final NamesByNumber names,
            final List<What> what,
            final boolean bodies,
            final PeriodCipher cipher,
            final String shard,
            final Consumer<ExportEvent> sink) {
        this.names = names;
        this.what = what.isEmpty() ? EnumSet.noneOf(What.class) : EnumSet.copyOf(what);
        this.bodies = bodies;
        this.cipher = cipher;
        this.json = new EventJson(shard);
        this.calls = new CallRecordEvents(names, json);
        this.sink = sink;
    }

    @Override
    public void onRecord(final RecordView record) {
        final What itsKind = kind(record.templateId());
        if (itsKind == null || !what.contains(itsKind)) {
            return;
        }
        if (itsKind == What.CALLS) {
            calls.write(record);
            emit(record.sequence(), record.wallTimeNs(), Long.toUnsignedString(record.unitId()));
            return;
        }
        final String otherKey = switch (record.templateId()) {
            case UnitAcceptedDecoder.TEMPLATE_ID -> accepted(record);
            case UnitRejectedDecoder.TEMPLATE_ID -> rejected(record);
            case SegmentWrittenDecoder.TEMPLATE_ID -> written(record);
            case SegmentAnsweredDecoder.TEMPLATE_ID -> answered(record);
            case ReceiptReceivedDecoder.TEMPLATE_ID -> receipt(record);
            case UnitProgressedDecoder.TEMPLATE_ID -> progressed(record);
            case UnitClosedDecoder.TEMPLATE_ID -> closed(record);
            case InboundReceivedDecoder.TEMPLATE_ID -> inbound(record);
            default -> converted(record);
        };
        final String key = record.unitId() == 0 ? otherKey : Long.toUnsignedString(record.unitId());
        emit(record.sequence(), record.wallTimeNs(), key);
    }

    /** What a record type belongs to; null for one that is no event. */
    static What kind(final int templateId) {
        return switch (templateId) {
            case UnitAcceptedDecoder.TEMPLATE_ID, UnitRejectedDecoder.TEMPLATE_ID -> What.ACCEPTED;
            case SegmentWrittenDecoder.TEMPLATE_ID,
                    SegmentAnsweredDecoder.TEMPLATE_ID,
                    ReceiptReceivedDecoder.TEMPLATE_ID -> What.SEGMENTS;
            case UnitProgressedDecoder.TEMPLATE_ID, UnitClosedDecoder.TEMPLATE_ID, ConvertedDecoder.TEMPLATE_ID ->
                What.STATUSES;
            case InboundReceivedDecoder.TEMPLATE_ID -> What.INBOUND;
            default -> CallRecordEvents.handles(templateId) ? What.CALLS : null;
        };
    }

    /** Says that there is no record for some sequences: removed by retention, or damaged. */
    void gap(final long first, final long last, final long timeNs) {
        if (what.isEmpty()) {
            return;
        }
        json.begin("journal.gap", last, timeNs, 0).number("first", first).number("last", last);
        emit(last, timeNs, "");
    }

    private void emit(final long index, final long timeNs, final String key) {
        sink.accept(new ExportEvent(
                ExportEvent.Stream.EVENTS, index, timeNs, key.getBytes(StandardCharsets.UTF_8), json.end()));
    }

    // Each writes the fields of an event, and names what a record of no unit concerns.

    private String accepted(final RecordView record) {
        accepted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        // A record that is older than networks has none.
        final boolean known =
                accepted.network() != UnitAcceptedDecoder.networkNullValue() && accepted.network() != MccMnc.UNKNOWN;
        json.begin("message.accepted", record)
                .text("tenant", names.tenant((int) accepted.tenant()))
                .reference("reference", accepted.referenceHi(), accepted.referenceLo())
                .text("class", word(CLASSES, accepted.messageClass()))
                .text("origin", word(ORIGINS, accepted.origin()))
                .text("encoding", word(ENCODINGS, accepted.encoding()))
                .number("segments", accepted.segments())
                .text("carrier", names.carrier(accepted.carrier()))
                .text("network", known ? MccMnc.text((int) accepted.network()) : "")
                .number("table_version", accepted.tableVersion())
                .number("route_row", accepted.routeRow(), UnitAcceptedDecoder.routeRowNullValue())
                .number("route_rule", accepted.routeRule(), UnitAcceptedDecoder.routeRuleNullValue())
                .time("scheduled_at", accepted.scheduledAtMs())
                .time("expires_at", accepted.expiresAtMs());
        // Data fields are read in the order of the schema.
        final byte[] from = new byte[accepted.fromLength()];
        accepted.getFrom(from, 0, from.length);
        final byte[] to = new byte[accepted.toLength()];
        accepted.getTo(to, 0, to.length);
        final byte[] body = new byte[accepted.bodyLength()];
        accepted.getBody(body, 0, body.length);
        final byte[] campaign = new byte[accepted.campaignLength()];
        accepted.getCampaign(campaign, 0, campaign.length);
        json.text("sender", from).text("destination", to).text("campaign", campaign);
        final long key = accepted.bodyKey();
        final boolean readable = cipher.apply(
                PeriodCipher.period(accepted.bodyPeriod()),
                PeriodCipher.Use.ACCEPTED,
                record.unitId(),
                new UnsafeBuffer(body),
                0,
                body.length);
        body(body, accepted.encoding(), readable && (key == 0 || key == UnitAcceptedDecoder.bodyKeyNullValue()));
        return "";
    }

    private String rejected(final RecordView record) {
        rejected.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final String tenant = names.tenant((int) rejected.tenant());
        json.begin("message.refused", record)
                .text("tenant", tenant)
                .reference("reference", rejected.referenceHi(), rejected.referenceLo())
                .text("origin", word(ORIGINS, rejected.origin()));
        error(rejected.errorCode());
        json.number("suppressed", rejected.suppressed());
        final byte[] to = new byte[rejected.toLength()];
        rejected.getTo(to, 0, to.length);
        json.text("destination", to);
        return tenant;
    }

    private String written(final RecordView record) {
        written.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        json.begin("segment.written", record)
                .text("carrier", names.carrier(written.carrier()))
                .text("bind", names.bind(written.link()))
                .number("segment", written.segment())
                .number("segments", written.segments())
                .number("attempt", written.attempt())
                .text("protocol", protocol(written.protocol()))
                .number(isSip(written.protocol()) ? "cseq" : "smpp_sequence", written.smppSequence())
                .flag("possible_duplicate", written.possibleDuplicate() != 0);
        return "";
    }

    private String answered(final RecordView record) {
        answered.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        json.begin("segment.answered", record)
                .text("carrier", names.carrier(answered.carrier()))
                .text("bind", names.bind(answered.link()))
                .number("segment", answered.segment())
                .number("attempt", answered.attempt())
                .text("outcome", dashed(RecordWords.outcome(answered.outcome())))
                .text("protocol", protocol(answered.protocol()))
                .number(isSip(answered.protocol()) ? "sip_status" : "command_status", answered.status());
        if (isSip(answered.protocol())) {
            json.flag("delivered", Conclusion.of(answered.conclusion()) == Conclusion.DELIVERED);
        }
        error(answered.errorCode());
        final byte[] id = new byte[answered.messageIdLength()];
        answered.getMessageId(id, 0, id.length);
        json.text("message_id", id);
        return "";
    }

    private static boolean isSip(final int protocol) {
        return CarrierProtocol.of(protocol) == CarrierProtocol.SIP;
    }

    private static String protocol(final int number) {
        return isSip(number) ? "sip" : "smpp";
    }

    private String receipt(final RecordView record) {
        receipt.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final String carrier = names.carrier(receipt.carrier());
        json.begin("receipt.received", record)
                .text("carrier", carrier)
                .text("bind", names.bind(receipt.link()))
                .number("segment", receipt.segment())
                .text("disposition", dashed(RecordWords.disposition(receipt.disposition())))
                .number("message_state", receipt.messageState())
                .number("network_error_code", receipt.networkErrorCode());
        error(receipt.errorCode());
        final byte[] id = new byte[receipt.messageIdLength()];
        receipt.getMessageId(id, 0, id.length);
        final byte[] stat = new byte[receipt.statLength()];
        receipt.getStat(stat, 0, stat.length);
        final byte[] err = new byte[receipt.errLength()];
        receipt.getErr(err, 0, err.length);
        json.text("message_id", id).text("stat", stat).text("err", err);
        return carrier;
    }

    private String progressed(final RecordView record) {
        progressed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        json.begin("message.status", record)
                .text("tenant", names.tenant((int) progressed.tenant()))
                .reference("reference", progressed.referenceHi(), progressed.referenceLo())
                .text("state", state(progressed.state()))
                .flag("final", false)
                .number("event_sequence", progressed.eventSequence())
                .text("carrier", names.carrier(progressed.carrier()))
                .number("segments", progressed.segments())
                .flag("possible_duplicate", progressed.possibleDuplicate() != 0)
                .time("accepted_at", progressed.acceptedAtMs());
        addresses(progressed.destination(), progressed.senderHi(), progressed.senderLo());
        return "";
    }

    private String closed(final RecordView record) {
        closed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        json.begin("message.status", record)
                .text("tenant", names.tenant((int) closed.tenant()))
                .reference("reference", closed.referenceHi(), closed.referenceLo())
                .text("state", state(closed.state()))
                .flag("final", true)
                .number("event_sequence", closed.eventSequence())
                .text("carrier", names.carrier(closed.carrier()))
                .number("segments", closed.segments())
                .number("segments_delivered", closed.segmentsDelivered())
                .flag("possible_duplicate", closed.possibleDuplicate() != 0)
                .time("accepted_at", closed.acceptedAtMs());
        error(closed.errorCode());
        json.number("raw_code", closed.rawCode());
        addresses(closed.destination(), closed.senderHi(), closed.senderLo());
        return "";
    }

    private String inbound(final RecordView record) {
        inbound.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        // A number that nobody owns: the message was taken, and there is nobody to tell.
        final String tenant = inbound.tenant() == 0 ? "" : names.tenant((int) inbound.tenant());
        final int encoding = inbound.encoding();
        json.begin("message.inbound", record)
                .text("tenant", tenant)
                .number("event_sequence", inbound.eventSequence())
                .text("carrier", names.carrier(inbound.carrier()))
                .text("bind", names.bind(inbound.link()))
                .text("encoding", word(ENCODINGS, encoding))
                .number("segments", inbound.segments())
                .number("segments_missing", inbound.segmentsMissing());
        final byte[] from = new byte[inbound.fromLength()];
        inbound.getFrom(from, 0, from.length);
        final byte[] to = new byte[inbound.toLength()];
        inbound.getTo(to, 0, to.length);
        final byte[] body = new byte[inbound.bodyLength()];
        inbound.getBody(body, 0, body.length);
        json.text("sender", from).text("destination", to);
        final boolean readable = cipher.apply(
                PeriodCipher.period(inbound.bodyPeriod()),
                PeriodCipher.Use.INBOUND,
                record.unitId(),
                new UnsafeBuffer(body),
                0,
                body.length);
        body(body, encoding, readable);
        return tenant;
    }

    private String converted(final RecordView record) {
        converted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final String tenant = names.tenant((int) converted.tenant());
        json.begin("message.converted", record).text("tenant", tenant).time("converted_at", converted.convertedAtMs());
        return tenant;
    }

    private void body(final byte[] body, final int encoding, final boolean readable) {
        json.number("body_bytes", body.length);
        if (!readable) {
            json.flag("body_sealed", true);
        } else if (bodies && encoding == BINARY) {
            json.hex("body_hex", body);
        } else if (bodies) {
            json.text("body", body);
        }
    }

    private void error(final int number) {
        json.number("error", number);
        if (number != 0) {
            json.text("error_name", ErrorCode.of(number).name());
        }
    }

    private void addresses(final long destination, final long senderHi, final long senderLo) {
        final byte[] from = new byte[PackedSender.unpack(senderHi, senderLo, sender, 0)];
        sender.getBytes(0, from);
        json.text("sender", from).text("destination", destination == 0 ? "" : Long.toString(destination));
    }

    private static String state(final int number) {
        final UnitState state = UnitState.of(number);
        return state == null
                ? Integer.toString(number)
                : state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String dashed(final String words) {
        return words.replace(' ', '-');
    }

    private static String word(final String[] words, final int number) {
        return number >= 0 && number < words.length ? words[number] : Integer.toString(number);
    }
}
