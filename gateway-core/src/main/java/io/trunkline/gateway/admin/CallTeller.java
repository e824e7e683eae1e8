package io.trunkline.gateway.admin;

import io.trunkline.gateway.calls.CallDirection;
import io.trunkline.gateway.calls.CallEndReason;
import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.gateway.calls.CallVerdict;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.CallAnsweredDecoder;
import io.trunkline.gateway.journal.codec.CallAttemptedDecoder;
import io.trunkline.gateway.journal.codec.CallEndedDecoder;
import io.trunkline.gateway.journal.codec.CallProgressedDecoder;
import io.trunkline.gateway.journal.codec.CallSnapshotDecoder;
import io.trunkline.gateway.journal.codec.CallStartedDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells what a record of a call says; beside it, as {@code arrows}, who said what to whom, as far as it follows from the
 * record: {@code from}, {@code to} and {@code label} of each, for a ladder.
 */
final class CallTeller {
    private static final String GATEWAY = "gateway";
    private static final String CALLER = "caller";
    private static final String PLATFORM = "platform";
    private static final int PROVISIONAL = 1;
    private static final int OK = 200;

    private final ShardView.Names names;
    private final CallStartedDecoder started = new CallStartedDecoder();
    private final CallAttemptedDecoder attempted = new CallAttemptedDecoder();
    private final CallProgressedDecoder progressed = new CallProgressedDecoder();
    private final CallAnsweredDecoder answered = new CallAnsweredDecoder();
    private final CallEndedDecoder ended = new CallEndedDecoder();

    CallTeller(final ShardView.Names names) {
        this.names = names;
    }

    /** Tells a record of a call's; false where it is none. */
    boolean tell(final RecordView record, final ObjectNode step) {
        switch (record.templateId()) {
            case CallStartedDecoder.TEMPLATE_ID -> started(record, step);
            case CallAttemptedDecoder.TEMPLATE_ID -> attempted(record, step);
            case CallProgressedDecoder.TEMPLATE_ID -> progressed(record, step);
            case CallAnsweredDecoder.TEMPLATE_ID -> answered(record, step);
            case CallEndedDecoder.TEMPLATE_ID -> ended(record, step);
            case CallSnapshotDecoder.TEMPLATE_ID -> step.put("what", "seen").put("says", "the call is up");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void started(final RecordView record, final ObjectNode step) {
        started.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final CallDirection direction = CallDirection.of(started.direction());
        final boolean placed = started.origin() == 1;
        final String caller = caller(direction, started.carrier(), started.trunk());
        step.put("what", "started")
                .put("afterMs", 0)
                .put("tenant", name(names.tenants(), (int) started.tenant()))
                .put("direction", direction.word())
                .put("tableVersion", started.tableVersion())
                .put("eventSequence", started.eventSequence());
        final String from = text(new byte[started.fromLength()], Field.FROM);
        final String to = text(new byte[started.toLength()], Field.TO);
        final String asserted = text(new byte[started.assertedLength()], Field.ASSERTED);
        final String callId = text(new byte[started.callIdLength()], Field.CALL_ID);
        step.put("from", from).put("to", to).put("asserted", asserted).put("callId", callId);
        step.put(
                "says",
                from + " calls " + to + (placed ? ", placed by tenant " : ", tenant ")
                        + name(names.tenants(), (int) started.tenant()) + ", table " + started.tableVersion());
        if (!placed) {
            arrow(step, caller, GATEWAY, "INVITE");
        }
    }

    private enum Field {
        FROM,
        TO,
        ASSERTED,
        CALL_ID
    }

    /** The texts of {@code CallStarted}, in their order. */
    private String text(final byte[] octets, final Field field) {
        switch (field) {
            case FROM -> started.getFrom(octets, 0, octets.length);
            case TO -> started.getTo(octets, 0, octets.length);
            case ASSERTED -> started.getAsserted(octets, 0, octets.length);
            case CALL_ID -> started.getCallId(octets, 0, octets.length);
        }
        return new String(octets, StandardCharsets.UTF_8);
    }

    private void attempted(final RecordView record, final ObjectNode step) {
        attempted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final String target = attempted.carrier() == 0 ? PLATFORM : link(attempted.carrier(), attempted.trunk());
        step.put("what", "attempted")
                .put("afterMs", attempted.afterMs())
                .put("attempt", attempted.attempt())
                .put("routeRow", attempted.routeRow())
                .put("routeRule", attempted.routeRule());
        final byte[] uri = new byte[attempted.targetLength()];
        attempted.getTarget(uri, 0, uri.length);
        final String requestUri = new String(uri, StandardCharsets.UTF_8);
        step.put("to", target).put("target", requestUri);
        final String signed = letter(step, "signedAs", attempted.signedAs());
        step.put(
                "says",
                "attempt " + step.get("attempt").asString() + " at " + target + ": " + requestUri
                        + (signed.isEmpty() ? "" : ", signed " + signed));
        arrow(step, GATEWAY, target, "INVITE");
    }

    private void progressed(final RecordView record, final ObjectNode step) {
        progressed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final CallDirection direction = CallDirection.of(progressed.direction());
        final String callee = callee(direction, progressed.carrier(), progressed.trunk());
        final int status = progressed.status();
        final boolean provisional = progressed.kind() == PROVISIONAL;
        step.put("what", provisional ? "ringing" : "given up")
                .put("afterMs", progressed.afterMs())
                .put("status", status)
                .put("cause", progressed.cause())
                .put("attempt", progressed.attempt());
        arrow(step, callee, GATEWAY, Integer.toString(status));
        if (provisional) {
            arrow(step, GATEWAY, caller(direction, progressed.carrier(), progressed.trunk()), Integer.toString(status));
            step.put("says", callee + " said " + status);
        } else {
            step.put("says", callee + " was given up: status " + status + ", cause " + progressed.cause());
        }
    }

    private void answered(final RecordView record, final ObjectNode step) {
        answered.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final CallDirection direction = CallDirection.of(answered.direction());
        final String callee = callee(direction, answered.carrier(), answered.trunk());
        step.put("what", "answered")
                .put("afterMs", answered.setupMs())
                .put("status", OK)
                .put("attempt", answered.attempt())
                .put("says", callee + " answered");
        arrow(step, callee, GATEWAY, "200");
        arrow(step, GATEWAY, caller(direction, answered.carrier(), answered.trunk()), "200");
    }

    private void ended(final RecordView record, final ObjectNode step) {
        ended.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final CallUnitState outcome = CallUnitState.of(ended.outcome());
        final CallEndReason reason = CallEndReason.of(ended.reason());
        final String error =
                ended.errorCode() == 0 ? "" : ErrorCode.of(ended.errorCode()).name();
        final boolean wasAnswered = ended.talkMs() != CallEndedDecoder.talkMsNullValue();
        final String why = reason == null ? "reason " + ended.reason() : reason.word();
        step.put("what", "ended")
                .put("afterMs", ended.lengthMs())
                .put("outcome", outcome.word())
                .put("reason", why)
                .put("status", ended.status())
                .put("cause", ended.cause())
                .put("error", error)
                .put("attempts", ended.attempts())
                .put("eventSequence", ended.eventSequence());
        time(step, "pddMs", ended.pddMs());
        time(step, "setupMs", ended.setupMs());
        time(step, "talkMs", ended.talkMs());
        letter(step, "signedAs", ended.signedAs());
        final String verdict = CallVerdict.of(ended.verdict()).word();
        final String attested = letter(step, "attested", ended.attested());
        if (!verdict.isEmpty()) {
            step.put("verdict", verdict);
        }
        step.put(
                "lastSeen", java.time.Instant.ofEpochMilli(ended.lastSeenAtMs()).toString());
        step.put(
                "says",
                outcome.word() + ": " + why + (ended.cause() == 0 ? "" : ", cause " + ended.cause())
                        + (error.isEmpty() ? "" : ", " + error)
                        + (wasAnswered ? ", talked " + ended.talkMs() + " ms" : "")
                        + (verdict.isEmpty() ? "" : ", its signature " + verdict)
                        + (attested.isEmpty() ? "" : " (" + attested + ")")
                        + (outcome == CallUnitState.UNKNOWN
                                ? ", last seen " + step.get("lastSeen").asString()
                                : ""));
        arrows(step, reason, wasAnswered);
    }

    /** Who ended it, and what the others were told. */
    private void arrows(final ObjectNode step, final CallEndReason reason, final boolean wasAnswered) {
        final CallDirection direction = CallDirection.of(ended.direction());
        final String caller = caller(direction, ended.carrier(), ended.trunk());
        final String callee = callee(direction, ended.carrier(), ended.trunk());
        if (reason == CallEndReason.DAEMON_DIED || reason == null) {
            return;
        }
        if (reason == CallEndReason.CALLER_HUNG_UP || reason == CallEndReason.CALLER_CANCELLED) {
            final String label = wasAnswered ? "BYE" : "CANCEL";
            arrow(step, caller, GATEWAY, label);
            if (ended.attempts() > 0) {
                arrow(step, GATEWAY, callee, label);
            }
        } else if (reason == CallEndReason.CALLEE_HUNG_UP) {
            arrow(step, callee, GATEWAY, "BYE");
            arrow(step, GATEWAY, caller, "BYE");
        } else if (wasAnswered) {
            arrow(step, GATEWAY, caller, "BYE");
            arrow(step, GATEWAY, callee, "BYE");
        } else if (ended.status() != 0) {
            arrow(step, GATEWAY, caller, Integer.toString(ended.status()));
        }
    }

    /** The letter of an attestation, also put into the step; empty where there is none. */
    private static String letter(final ObjectNode step, final String name, final int code) {
        final String letter = CallVerdict.letter(code);
        if (!letter.isEmpty()) {
            step.put(name, letter);
        }
        return letter;
    }

    private static void time(final ObjectNode step, final String name, final long ms) {
        if (ms != CallEndedDecoder.talkMsNullValue()) {
            step.put(name, ms);
        }
    }

    private static void arrow(final ObjectNode step, final String from, final String to, final String label) {
        final ArrayNode arrows = step.withArray("arrows");
        arrows.addObject().put("from", from).put("to", to).put("label", label);
    }

    private String caller(final CallDirection direction, final int carrier, final int trunk) {
        return direction == CallDirection.IN ? link(carrier, trunk) : CALLER;
    }

    private String callee(final CallDirection direction, final int carrier, final int trunk) {
        return direction == CallDirection.IN || carrier == 0 ? PLATFORM : link(carrier, trunk);
    }

    /** A link is named carrier/trunk. */
    private String link(final int carrier, final int trunk) {
        return trunk == 0 ? name(names.carriers(), carrier) : name(names.links(), trunk);
    }

    private static String name(final Map<Integer, String> names, final int number) {
        return names.getOrDefault(number, "#" + number);
    }
}
