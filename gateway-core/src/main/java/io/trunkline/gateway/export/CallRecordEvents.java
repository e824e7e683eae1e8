package io.trunkline.gateway.export;

import io.trunkline.gateway.calls.CallDirection;
import io.trunkline.gateway.calls.CallEndReason;
import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.gateway.calls.CallVerdict;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.CallAnsweredDecoder;
import io.trunkline.gateway.journal.codec.CallAttemptedDecoder;
import io.trunkline.gateway.journal.codec.CallEndedDecoder;
import io.trunkline.gateway.journal.codec.CallProgressedDecoder;
import io.trunkline.gateway.journal.codec.CallStartedDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the fields of an event of a record that says something of a call. */
final class CallRecordEvents {
    private static final String[] ORIGINS = {"", "binary", "smpp", "sip"};
    /** {@code CallProgressed.kind}: the target was given up. */
    private static final int GIVEN_UP = 2;

    private final NamesByNumber names;
    private final EventJson json;
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private final CallStartedDecoder started = new CallStartedDecoder();
    private final CallAttemptedDecoder attempted = new CallAttemptedDecoder();
    private final CallProgressedDecoder progressed = new CallProgressedDecoder();
    private final CallAnsweredDecoder answered = new CallAnsweredDecoder();
    private final CallEndedDecoder ended = new CallEndedDecoder();

    CallRecordEvents(final NamesByNumber names, final EventJson json) {
        this.names = names;
        this.json = json;
    }

    static boolean handles(final int templateId) {
        return switch (templateId) {
            case CallStartedDecoder.TEMPLATE_ID,
                    CallAttemptedDecoder.TEMPLATE_ID,
                    CallProgressedDecoder.TEMPLATE_ID,
                    CallAnsweredDecoder.TEMPLATE_ID,
                    CallEndedDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    void write(final RecordView record) {
        switch (record.templateId()) {
            case CallStartedDecoder.TEMPLATE_ID -> started(record);
            case CallAttemptedDecoder.TEMPLATE_ID -> attempted(record);
            case CallProgressedDecoder.TEMPLATE_ID -> progressed(record);
            case CallAnsweredDecoder.TEMPLATE_ID -> answered(record);
            default -> ended(record);
        }
    }

    private void started(final RecordView record) {
        started.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        json.begin("call.started", record)
                .text("tenant", tenant(started.tenant()))
                .reference("reference", started.referenceHi(), started.referenceLo())
                .text("direction", direction(started.direction()))
                .text("origin", started.origin() < ORIGINS.length ? ORIGINS[started.origin()] : "")
                .number("event_sequence", started.eventSequence(), 0)
                .number("table_version", started.tableVersion());
        way(started.carrier(), started.trunk());
        // Data fields are read in the order of the schema.
        started.wrapFrom(text);
        text("sender");
        started.wrapTo(text);
        text("destination");
        started.wrapAsserted(text);
        text("asserted");
        started.wrapCallId(text);
        text("call_id");
    }

    private void attempted(final RecordView record) {
        attempted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        json.begin("call.attempted", record)
                .text("tenant", tenant(attempted.tenant()))
                .number("attempt", attempted.attempt())
                .number("after_ms", attempted.afterMs())
                .number("route_row", attempted.routeRow(), CallAttemptedDecoder.routeRowNullValue())
                .number("route_rule", attempted.routeRule());
        way(attempted.carrier(), attempted.trunk());
        json.text("signed_as", CallVerdict.letter(attempted.signedAs()));
        attempted.wrapTarget(text);
        text("target");
    }

    private void progressed(final RecordView record) {
        progressed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        json.begin(progressed.kind() == GIVEN_UP ? "call.attempt-failed" : "call.progressed", record)
                .text("tenant", tenant(progressed.tenant()))
                .reference("reference", progressed.referenceHi(), progressed.referenceLo())
                .text("direction", direction(progressed.direction()))
                .number("event_sequence", progressed.eventSequence(), 0)
                .number("attempt", progressed.attempt())
                .number("after_ms", progressed.afterMs())
                .number("status", progressed.status())
                .number("cause", progressed.cause(), 0);
        way(progressed.carrier(), progressed.trunk());
    }

    private void answered(final RecordView record) {
        answered.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        json.begin("call.answered", record)
                .text("tenant", tenant(answered.tenant()))
                .reference("reference", answered.referenceHi(), answered.referenceLo())
                .text("direction", direction(answered.direction()))
                .number("event_sequence", answered.eventSequence(), 0)
                .number("attempt", answered.attempt())
                .number("pdd_ms", answered.pddMs(), CallAnsweredDecoder.pddMsNullValue())
                .number("setup_ms", answered.setupMs(), CallAnsweredDecoder.setupMsNullValue());
        way(answered.carrier(), answered.trunk());
    }

    private void ended(final RecordView record) {
        ended.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final CallEndReason reason = CallEndReason.of(ended.reason());
        json.begin("call.ended", record)
                .text("tenant", tenant(ended.tenant()))
                .reference("reference", ended.referenceHi(), ended.referenceLo())
                .text("direction", direction(ended.direction()))
                .text("origin", ended.origin() < ORIGINS.length ? ORIGINS[ended.origin()] : "")
                .number("event_sequence", ended.eventSequence(), 0)
                .text("outcome", CallUnitState.of(ended.outcome()).word())
                .text("end_reason", reason == null ? Integer.toString(ended.reason()) : reason.word())
                .number("status", ended.status())
                .number("cause", ended.cause())
                .number("error", ended.errorCode());
        if (ended.errorCode() != 0) {
            json.text("error_name", ErrorCode.of(ended.errorCode()).name());
        }
        json.time("started_at", ended.startedAtMs())
                .time("last_seen_at", ended.lastSeenAtMs())
                .number("length_ms", ended.lengthMs())
                .number("pdd_ms", ended.pddMs(), CallEndedDecoder.pddMsNullValue())
                .number("setup_ms", ended.setupMs(), CallEndedDecoder.setupMsNullValue())
                .number("talk_ms", ended.talkMs(), CallEndedDecoder.talkMsNullValue())
                .number("attempts", ended.attempts())
                .number("table_version", ended.tableVersion())
                .number("route_row", ended.routeRow(), CallEndedDecoder.routeRowNullValue())
                .number("route_rule", ended.routeRule());
        way(ended.carrier(), ended.trunk());
        json.text("signed_as", CallVerdict.letter(ended.signedAs()))
                .text("verdict", CallVerdict.of(ended.verdict()).word())
                .text("attested", CallVerdict.letter(ended.attested()));
        ended.wrapFrom(text);
        text("sender");
        ended.wrapTo(text);
        text("destination");
        ended.wrapAsserted(text);
        text("asserted");
        ended.wrapCallId(text);
        text("call_id");
    }

    private String tenant(final long number) {
        return number == 0 ? "" : names.tenant((int) number);
    }

    /** Carrier and trunk; a call between platforms has none. */
    private void way(final int carrier, final int trunk) {
        json.text("carrier", carrier == 0 ? "" : names.carrier(carrier))
                .text("trunk", trunk == 0 ? "" : names.bind(trunk));
    }

    private void text(final String name) {
        final byte[] octets = new byte[text.capacity()];
        text.getBytes(0, octets);
        json.text(name, octets);
    }

    private static String direction(final int number) {
        return CallDirection.of(number).word();
    }
}
