package io.trunkline.gateway.admin;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.RecordWords;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.ConvertedDecoder;
import io.trunkline.gateway.journal.codec.InboundReceivedDecoder;
import io.trunkline.gateway.journal.codec.InboundSegmentDecoder;
import io.trunkline.gateway.journal.codec.ReceiptReceivedDecoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredDecoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import io.trunkline.gateway.journal.codec.UnitProgressedDecoder;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import io.trunkline.routing.rates.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells what a record says: {@code what} in a word, {@code says} in a sentence, and the fields for programs. A body is
 * told only where it was asked for, else its length.
 */
final class StoryTeller {
    private static final String[] CLASSES = {"", "otp", "transactional", "bulk"};
    private static final String[] ORIGINS = {"", "binary protocol", "SMPP", "SIP"};
    private static final String[] ENCODINGS = {"", "GSM 7 bit", "Latin-1", "UCS-2", "binary"};

    private final ShardView.Names names;
    private final boolean bodies;
    private final PeriodCipher cipher;
    private final CallTeller calls;
    private final SegmentTeller segments;
    private final UnitAcceptedDecoder accepted = new UnitAcceptedDecoder();
    private final ReceiptReceivedDecoder receipt = new ReceiptReceivedDecoder();
    private final UnitProgressedDecoder progressed = new UnitProgressedDecoder();
    private final UnitClosedDecoder closed = new UnitClosedDecoder();
    private final InboundSegmentDecoder part = new InboundSegmentDecoder();
    private final InboundReceivedDecoder inbound = new InboundReceivedDecoder();
    private final ConvertedDecoder converted = new ConvertedDecoder();

    StoryTeller(final ShardView.Names names, final boolean bodies, final PeriodCipher cipher) {
        this.names = names;
        this.cipher = cipher;
        this.bodies = bodies;
        calls = new CallTeller(names);
        segments = new SegmentTeller(this);
    }

    /** The record as a step of the story. */
    ObjectNode tell(final RecordView record) {
        final ObjectNode step = JsonNodeFactory.instance.objectNode();
        step.put("sequence", record.sequence());
        step.put("time", instant(record.wallTimeNs()).toString());
        switch (record.templateId()) {
            case UnitAcceptedDecoder.TEMPLATE_ID -> accepted(record, step);
            case SegmentWrittenDecoder.TEMPLATE_ID -> segments.written(record, step);
            case SegmentAnsweredDecoder.TEMPLATE_ID -> segments.answered(record, step);
            case ReceiptReceivedDecoder.TEMPLATE_ID -> receipt(record, step);
            case UnitProgressedDecoder.TEMPLATE_ID -> progressed(record, step);
            case UnitClosedDecoder.TEMPLATE_ID -> closed(record, step);
            case InboundSegmentDecoder.TEMPLATE_ID -> part(record, step);
            case InboundReceivedDecoder.TEMPLATE_ID -> inbound(record, step);
            case ConvertedDecoder.TEMPLATE_ID -> converted(record, step);
            default -> {
                if (!calls.tell(record, step)) {
                    step.put("what", "record").put("says", "record of type " + record.templateId());
                }
            }
        }
        return step;
    }

    private void accepted(final RecordView record, final ObjectNode step) {
        accepted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final int segments = accepted.segments();
        final String carrier = carrier(accepted.carrier());
        final String encoding = word(ENCODINGS, accepted.encoding());
        // A record that is older than rules has none.
        final int rule = accepted.routeRule() == UnitAcceptedDecoder.routeRuleNullValue() ? 0 : accepted.routeRule();
        step.put("what", "accepted")
                .put("tenant", name(names.tenants(), (int) accepted.tenant()))
                .put("class", word(CLASSES, accepted.messageClass()))
                .put("origin", word(ORIGINS, accepted.origin()))
                .put("reference", hex(accepted.referenceHi(), accepted.referenceLo()))
                .put("segments", segments)
                .put("encoding", encoding)
                .put("carrier", carrier)
                .put("routeRow", accepted.routeRow())
                .put("routeRule", rule)
                .put("tableVersion", accepted.tableVersion())
                .put("expires", Instant.ofEpochMilli(accepted.expiresAtMs()).toString());
        final String money = money(step);
        if (accepted.scheduledAtMs() > 0) {
            step.put("scheduled", Instant.ofEpochMilli(accepted.scheduledAtMs()).toString());
        }
        // Data fields are read in the order of the schema.
        final byte[] from = new byte[accepted.fromLength()];
        accepted.getFrom(from, 0, from.length);
        final byte[] to = new byte[accepted.toLength()];
        accepted.getTo(to, 0, to.length);
        final byte[] body = new byte[accepted.bodyLength()];
        accepted.getBody(body, 0, body.length);
        final byte[] campaign = new byte[accepted.campaignLength()];
        accepted.getCampaign(campaign, 0, campaign.length);
        step.put("from", text(from)).put("to", text(to));
        if (campaign.length > 0) {
            step.put("campaign", text(campaign));
        }
        final long key = accepted.bodyKey();
        final boolean inItsTime = deciphered(accepted.bodyPeriod(), PeriodCipher.Use.ACCEPTED, record.unitId(), body);
        if (key == 0 || key == UnitAcceptedDecoder.bodyKeyNullValue()) {
            body(step, body, accepted.encoding() == 4, inItsTime);
        } else {
            step.put("bodyBytes", body.length).put("bodySealed", true);
        }
        step.put(
                "says",
                String.format(
                        "from tenant %s over %s, class %s: %s to %s, %d %s in %s, to %s by %s of table %d%s",
                        step.get("tenant").stringValue(),
                        step.get("origin").stringValue(),
                        step.get("class").stringValue(),
                        text(from),
                        text(to),
                        segments,
                        segments == 1 ? "segment" : "segments",
                        encoding,
                        carrier,
                        decidedBy(rule),
                        accepted.tableVersion(),
                        money));
    }

    /** What the carrier took for a segment when this was decided: nothing where no deck says so, or the record is older. */
    private String money(final ObjectNode step) {
        final StringBuilder says = new StringBuilder();
        if (accepted.buyRateMicros() != UnitAcceptedDecoder.buyRateMicrosNullValue()) {
            says.append(money(step, "buyRate", accepted.buyRateMicros(), accepted.buyRateLine()));
        }
        if (accepted.feeMicros() != UnitAcceptedDecoder.feeMicrosNullValue()) {
            says.append(money(step, "fee", accepted.feeMicros(), accepted.feeLine()));
        }
        return says.toString();
    }

    private static String money(final ObjectNode step, final String what, final long micros, final long line) {
        final String amount = Micros.text(micros);
        final String row = "rates.csv:" + line;
        step.put(what, amount).put(what + "Row", row);
        return ", " + (what.equals("fee") ? "fee " : "buy rate ") + amount + " (" + row + ")";
    }

    /** What of the table decided: a row, a rule, or a row after a rule had changed the unit. */
    private String decidedBy(final int rule) {
        final String row = "row " + accepted.routeRow();
        if (rule == 0) {
            return row;
        }
        final boolean byRuleAlone = accepted.routeRow() == UnitAcceptedDecoder.routeRowNullValue();
        return byRuleAlone ? "rule " + rule : row + " after rule " + rule;
    }

    private void receipt(final RecordView record, final ObjectNode step) {
        receipt.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final String disposition = RecordWords.disposition(receipt.disposition());
        final String error = error(receipt.errorCode());
        final int segment = receipt.segment();
        step.put("what", "receipt")
                .put("carrier", carrier(receipt.carrier()))
                .put("bind", bind(receipt.link()))
                .put("segment", segment)
                .put("messageState", receipt.messageState())
                .put("networkErrorCode", receipt.networkErrorCode())
                .put("error", error)
                .put("disposition", disposition);
        final String where = where(receipt.carrier(), receipt.link());
        final byte[] id = new byte[receipt.messageIdLength()];
        receipt.getMessageId(id, 0, id.length);
        final byte[] stat = new byte[receipt.statLength()];
        receipt.getStat(stat, 0, stat.length);
        final byte[] err = new byte[receipt.errLength()];
        receipt.getErr(err, 0, err.length);
        step.put("messageId", text(id)).put("stat", text(stat)).put("err", text(err));
        step.put(
                "says",
                String.format(
                        "from %s for message id %s: stat %s, err %s%s (%s)",
                        where,
                        text(id),
                        dash(text(stat)),
                        dash(text(err)),
                        error.isEmpty() ? "" : ", " + error,
                        disposition));
    }

    private void progressed(final RecordView record, final ObjectNode step) {
        progressed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final String state = state(progressed.state());
        step.put("what", "progressed")
                .put("state", state)
                .put("eventSequence", progressed.eventSequence())
                .put("says", state + ", told to the tenant as event " + progressed.eventSequence());
    }

    private void closed(final RecordView record, final ObjectNode step) {
        closed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final String state = state(closed.state());
        final String error = error(closed.errorCode());
        step.put("what", "closed")
                .put("state", state)
                .put("error", error)
                .put("rawCode", closed.rawCode())
                .put("carrier", carrier(closed.carrier()))
                .put("segments", closed.segments())
                .put("segmentsDelivered", closed.segmentsDelivered())
                .put("possibleDuplicate", closed.possibleDuplicate() != 0)
                .put("eventSequence", closed.eventSequence());
        step.put(
                "says",
                String.format(
                        "%s%s, %d of %d segments delivered%s, told to the tenant as event %d",
                        state,
                        error.isEmpty() ? "" : " (" + error + ")",
                        closed.segmentsDelivered(),
                        closed.segments(),
                        closed.possibleDuplicate() != 0 ? ", possibly sent twice" : "",
                        closed.eventSequence()));
    }

    private void part(final RecordView record, final ObjectNode step) {
        part.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final String where = where(part.carrier(), part.link());
        final int number = part.part();
        final int parts = part.parts();
        final byte[] from = new byte[part.fromLength()];
        part.getFrom(from, 0, from.length);
        final byte[] to = new byte[part.toLength()];
        part.getTo(to, 0, to.length);
        final byte[] body = new byte[part.bodyLength()];
        part.getBody(body, 0, body.length);
        step.put("what", "inbound part").put("part", number).put("parts", parts);
        step.put("from", text(from)).put("to", text(to));
        body(step, body, true, deciphered(part.bodyPeriod(), PeriodCipher.Use.INBOUND_PART, part.bodyNonce(), body));
        step.put("says", "part " + number + " of " + parts + " over " + where + ": " + text(from) + " to " + text(to));
    }

    private void inbound(final RecordView record, final ObjectNode step) {
        inbound.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final String tenant = name(names.tenants(), (int) inbound.tenant());
        final String where = where(inbound.carrier(), inbound.link());
        final int segments = inbound.segments();
        final int missing = inbound.segmentsMissing();
        final int encoding = inbound.encoding();
        final long event = inbound.eventSequence();
        final byte[] from = new byte[inbound.fromLength()];
        inbound.getFrom(from, 0, from.length);
        final byte[] to = new byte[inbound.toLength()];
        inbound.getTo(to, 0, to.length);
        final byte[] body = new byte[inbound.bodyLength()];
        inbound.getBody(body, 0, body.length);
        step.put("what", "inbound")
                .put("tenant", tenant)
                .put("segments", segments)
                .put("segmentsMissing", missing);
        step.put("from", text(from)).put("to", text(to)).put("eventSequence", event);
        body(
                step,
                body,
                encoding == 4,
                deciphered(inbound.bodyPeriod(), PeriodCipher.Use.INBOUND, record.unitId(), body));
        step.put(
                "says",
                String.format(
                        "%s to %s over %s, %d segments%s, told to tenant %s as event %d",
                        text(from),
                        text(to),
                        where,
                        segments,
                        missing == 0 ? "" : " (" + missing + " missing)",
                        tenant,
                        event));
    }

    private void converted(final RecordView record, final ObjectNode step) {
        converted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final Instant at = Instant.ofEpochMilli(converted.convertedAtMs());
        step.put("what", "converted").put("convertedAt", at.toString());
        step.put("says", "the one-time password was used at " + at);
    }

    private boolean deciphered(final long period, final PeriodCipher.Use use, final long number, final byte[] body) {
        return cipher.apply(PeriodCipher.period(period), use, number, new UnsafeBuffer(body), 0, body.length);
    }

    private void body(final ObjectNode step, final byte[] body, final boolean binary, final boolean readable) {
        step.put("bodyBytes", body.length);
        if (!readable) {
            step.put("bodyRedacted", true);
        } else if (bodies) {
            step.put("body", binary ? HexFormat.of().formatHex(body) : text(body));
        }
    }

    String where(final int carrier, final int link) {
        final String bind = bind(link);
        // A link is named carrier/bind.
        return bind.contains("/") ? bind : carrier(carrier) + "/" + bind;
    }

    String carrier(final int number) {
        return number == 0 ? "" : name(names.carriers(), number);
    }

    String bind(final int number) {
        return name(names.links(), number);
    }

    private static String name(final Map<Integer, String> names, final int number) {
        return names.getOrDefault(number, "#" + number);
    }

    static String error(final int number) {
        return number == 0 ? "" : ErrorCode.of(number).name();
    }

    private static String state(final int number) {
        final UnitState state = UnitState.of(number);
        return state == null
                ? "state " + number
                : state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String word(final String[] words, final int number) {
        return number > 0 && number < words.length ? words[number] : String.valueOf(number);
    }

    private static String dash(final String text) {
        return text.isEmpty() ? "-" : text;
    }

    static String text(final byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String hex(final long hi, final long lo) {
        return HexFormat.of().toHexDigits(hi) + HexFormat.of().toHexDigits(lo);
    }

    static Instant instant(final long wallTimeNs) {
        return Instant.ofEpochSecond(wallTimeNs / 1_000_000_000, wallTimeNs % 1_000_000_000);
    }
}
