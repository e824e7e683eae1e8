package io.trunkline.gateway.engine;

import io.trunkline.gateway.config.Tenant;
import io.trunkline.routing.ContentType;
import io.trunkline.smpp.text.Encoding;
import io.trunkline.smpp.text.TextProfile;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes submits in or refuses them. The order of the checks is the order of their cost: what the tenant may do at all,
 * what the submit says, whether it is a repetition, where it would go, what it would take.
 */
final class Acceptance {
    /** A refusal for want of room: worth another attempt after this time. */
    private static final int RETRY_SOON_MS = 200;

    private static final int RETRY_LATER_MS = 5_000;
    /** At most one refusal per tenant is journaled in this time; the next one says how many were not. */
    private static final int REFUSAL_RECORD_EVERY_MS = 100;

    private final EngineState state;
    private final SegmentPlanner planner;
    private final Addresses addresses = new Addresses();
    private final Gatekeeper gatekeeper;
    private final RouteQuestion question = new RouteQuestion();
    private final RouteDecision decision = new RouteDecision();
    private final UnsafeBuffer destination = new UnsafeBuffer(0, 0);

    Acceptance(final EngineState state, final SegmentPlanner planner) {
        this.state = state;
        this.planner = planner;
        gatekeeper = new Gatekeeper(state);
    }

    void submit(final SubmitRequest request, final SubmitAnswer answer) {
        final TenantState tenant = state.tenants.get(request.tenant);
        final ErrorCode code = tenant == null ? ErrorCode.NOT_AUTHENTICATED : take(tenant, request, answer);
        if (code == ErrorCode.NONE) {
            return;
        }
        state.counters.refused++;
        if (tenant != null) {
            tenant.refused++;
        }
        answer.refuse(code, code.retryable() ? Math.max(answer.retryAfterMs, retryAfter(code)) : 0);
        if (tenant != null) {
            recordRefusal(tenant, request, code);
        }
    }

    private ErrorCode take(final TenantState tenant, final SubmitRequest request, final SubmitAnswer answer) {
        answer.retryAfterMs = 0;
        if (state.draining) {
            return ErrorCode.DRAINING;
        }
        if (!state.journal.accepting()) {
            return ErrorCode.STORAGE_LOW;
        }
        final ErrorCode invalid = validate(tenant.config(), request);
        if (invalid != ErrorCode.NONE) {
            return invalid;
        }
        final boolean referenced = (request.referenceHi | request.referenceLo) != 0;
        final long contentHash = referenced ? state.sealing.blind(request.messageClass, ContentHash.of(request)) : 0;
        if (referenced) {
            final int seen = state.dedupe.find(tenant.number(), request.referenceHi, request.referenceLo, state.nowMs);
            if (seen != DedupeWindow.NOT_SEEN) {
                return repeat(tenant, seen, contentHash, answer);
            }
        }
        if (state.units.full()) {
            return ErrorCode.OVERLOADED;
        }
        return tenant.full() ? ErrorCode.TENANT_QUEUE_FULL : route(tenant, request, contentHash, answer);
    }

    private ErrorCode validate(final Tenant tenant, final SubmitRequest request) {
        if (!addresses.destination(request.buffer, request.toOffset, request.toLength, state.numbers)) {
            return ErrorCode.INVALID_DESTINATION;
        }
        if (!Addresses.validSender(request)) {
            return ErrorCode.INVALID_SENDER;
        }
        if (!Addresses.allowedSender(tenant.senders(), request)) {
            return ErrorCode.SENDER_NOT_ALLOWED;
        }
        if (request.bodyLength == 0) {
            return ErrorCode.EMPTY_BODY;
        }
        final long ahead = request.scheduledAtMs == SubmitRequest.ABSENT ? 0 : request.scheduledAtMs - state.nowMs;
        final long validity = request.validityMs == SubmitRequest.ABSENT
                ? tenant.defaults().validity().toMillis()
                : request.validityMs;
        final boolean inRange =
                validity > 0 && Math.max(0, ahead) <= tenant.maxValidity().toMillis() - validity;
        return inRange ? ErrorCode.NONE : ErrorCode.INVALID_VALIDITY;
    }

    private ErrorCode repeat(
            final TenantState tenant, final int seen, final long contentHash, final SubmitAnswer answer) {
        if (state.dedupe.contentHash(seen) != contentHash) {
            return ErrorCode.REFERENCE_REUSED;
        }
        state.counters.duplicates++;
        tenant.duplicates++;
        answer.code = ErrorCode.NONE;
        answer.duplicate = true;
        answer.unitId = state.dedupe.unit(seen);
        answer.encoding = state.dedupe.encoding(seen);
        answer.segments = state.dedupe.segments(seen);
        final Unit open = state.units.get(answer.unitId);
        answer.state = open == null ? state.dedupe.state(seen) : open.state;
        return ErrorCode.NONE;
    }

    private ErrorCode route(
            final TenantState tenant, final SubmitRequest request, final long contentHash, final SubmitAnswer answer) {
        destination.wrap(request.buffer, addresses.digitsOffset(), addresses.digitsLength());
        final ErrorCode barred = gatekeeper.bars(request, destination, addresses.digitsLength());
        if (barred != ErrorCode.NONE) {
            return barred;
        }
        final long unitId = state.ids.next(state.nowMs);
        final ErrorCode nowhere = decide(tenant, request, unitId);
        if (nowhere != ErrorCode.NONE) {
            return nowhere;
        }
        final int choice = Failover.choose(state, decision);
        if (choice < 0) {
            return ErrorCode.CARRIER_QUEUE_FULL;
        }
        final CarrierState carrier = state.carriers.get(decision.carriers[choice]);
        final ErrorCode unplannable = planner.plan(request, carrier.text());
        if (unplannable != ErrorCode.NONE) {
            return unplannable;
        }
        final int segments = planner.plan().segments();
        if (segments
                > Math.min(
                        state.limits.maxSegments(), carrier.config().messages().maxSegments())) {
            return ErrorCode.BODY_TOO_LONG;
        }
        if (state.sealing.lacksKeyFor(request.messageClass)) {
            return ErrorCode.OVERLOADED;
        }
        final ErrorCode over =
                gatekeeper.charge(tenant, request, destination, addresses.digitsLength(), segments, answer);
        if (over != ErrorCode.NONE) {
            return over;
        }
        state.router.price(question, gatekeeper.network(), carrier.number(), decision);
        final Unit unit = open(tenant, carrier, request, unitId, choice);
        record(unit, request, contentHash);
        start(unit);
        answer.code = ErrorCode.NONE;
        answer.duplicate = false;
        answer.unitId = unitId;
        answer.encoding = unit.encoding;
        answer.segments = unit.segments;
        answer.state = UnitState.ACCEPTED;
        return ErrorCode.NONE;
    }

    /** Asks the router; what it wants to know of the text is found out only where it asks. */
    private ErrorCode decide(final TenantState tenant, final SubmitRequest request, final long unitId) {
        question.tenant = tenant.number();
        question.messageClass = request.messageClass;
        question.unitId = unitId;
        question.nowMs = state.nowMs;
        question.from = request.buffer;
        question.fromOffset = request.fromOffset;
        question.fromLength = request.fromLength;
        question.to = destination;
        question.toOffset = 0;
        question.toLength = addresses.digitsLength();
        question.content = request.dataCoding == SubmitRequest.TEXT ? ContentType.UNKNOWN : ContentType.BINARY;
        question.priceCap = RouteQuestion.NO_CAP;
        final boolean capped = request.priceCapMicros != SubmitRequest.ABSENT;
        if (capped || state.router.asksContent()) {
            final ErrorCode unplannable = planner.plan(request, TextProfile.DEFAULT);
            if (unplannable != ErrorCode.NONE) {
                return unplannable;
            }
            if (request.dataCoding == SubmitRequest.TEXT) {
                question.content =
                        planner.plan().encoding() == Encoding.UCS2 ? ContentType.UNICODE_TEXT : ContentType.GSM_TEXT;
            }
            if (capped) {
                final long each = request.priceCapMicros / planner.plan().segments();
                question.priceCap = (int) Math.max(0, Math.min(Integer.MAX_VALUE, each));
            }
        }
        state.router.route(question, decision);
        return decision.refusal;
    }

    private Unit open(
            final TenantState tenant,
            final CarrierState carrier,
            final SubmitRequest request,
            final long unitId,
            final int choice) {
        final Unit unit = state.units.open(unitId);
        unit.tenant = tenant;
        unit.carrier = carrier;
        unit.referenceHi = request.referenceHi;
        unit.referenceLo = request.referenceLo;
        unit.tableVersion = decision.tableVersion;
        for (int i = 0; i < decision.count; i++) {
            unit.addCandidate(decision.carriers[i], decision.treatments[i]);
        }
        unit.candidateIndex = (byte) choice;
        unit.rewrite = state.router.treatment(decision.rewrite);
        unit.treatment = state.router.treatment(decision.treatments[choice]);
        unit.messageClass = (byte) request.messageClass;
        unit.receiptWish = (byte) request.receiptWish;
        unit.origin = (byte) request.origin;
        unit.senderType = (byte) request.senderType;
        unit.encoding = (byte) planner.plan().encoding().number();
        unit.segments = (byte) planner.plan().segments();
        unit.pdus = (byte) planner.plan().pdus();
        unit.dataCoding = (byte) Math.max(0, request.dataCoding);
        unit.flags = flags(request);
        unit.bodyKey = state.sealing.keyFor(request.messageClass);
        unit.acceptedAtMs = state.nowMs;
        unit.readAtUs = state.readAtUs();
        unit.scheduledAtMs = request.scheduledAtMs == SubmitRequest.ABSENT ? 0 : request.scheduledAtMs;
        final long validity = request.validityMs == SubmitRequest.ABSENT
                ? tenant.config().defaults().validity().toMillis()
                : request.validityMs;
        unit.expiresAtMs = Math.max(state.nowMs, unit.scheduledAtMs) + validity;
        unit.expiresMonotonicMs = state.monotonicMs() + unit.expiresAtMs - state.nowMs;
        tenant.opened();
        copyPayload(unit, request);
        return unit;
    }

    private void copyPayload(final Unit unit, final SubmitRequest request) {
        final int toLength = addresses.digitsLength();
        unit.fromLength = (byte) request.fromLength;
        unit.toLength = (byte) toLength;
        unit.bodyLength = (char) request.bodyLength;
        unit.destination = InDoubtUnits.number(request.buffer, addresses.digitsOffset(), toLength);
        unit.senderHi = PackedSender.hi(request.buffer, request.fromOffset, request.fromLength);
        unit.senderLo = PackedSender.lo(request.buffer, request.fromOffset, request.fromLength);
        if (unit.scheduledAtMs <= state.nowMs) {
            // One that is scheduled for later would hold memory for days; it is read back when its time comes.
            state.holdPayload(unit, request.fromLength + toLength + request.bodyLength);
        }
        if (unit.payload != null) {
            request.buffer.getBytes(request.fromOffset, unit.payload, 0, request.fromLength);
            request.buffer.getBytes(addresses.digitsOffset(), unit.payload, request.fromLength, toLength);
            request.buffer.getBytes(
                    request.bodyOffset, unit.payload, request.fromLength + toLength, request.bodyLength);
        }
    }

    private void record(final Unit unit, final SubmitRequest request, final long contentHash) {
        unit.acceptedSequence = state.records.unitAccepted(
                unit, request, destination, 0, addresses.digitsLength(), contentHash, decision, gatekeeper.network());
        if ((unit.referenceHi | unit.referenceLo) != 0) {
            unit.dedupeSequence = state.dedupe.put(
                    unit.tenant.number(),
                    unit.referenceHi,
                    unit.referenceLo,
                    contentHash,
                    unit.id,
                    state.nowMs,
                    unit.segments,
                    unit.encoding);
        }
        state.counters.accepted++;
        unit.tenant.accepted++;
        state.stages.note(StageTimes.Stage.ACKNOWLEDGED, state.nowNs);
    }

    private void start(final Unit unit) {
        if (unit.scheduledAtMs > state.nowMs) {
            state.timerIn(unit, Unit.TimerPurpose.SCHEDULE, unit.scheduledAtMs - state.nowMs);
        } else {
            state.timerIn(unit, Unit.TimerPurpose.EXPIRY, state.leftMs(unit));
            state.enqueue(unit, false);
        }
    }

    private void recordRefusal(final TenantState tenant, final SubmitRequest request, final ErrorCode code) {
        // What is left of a full disk is for units that were accepted.
        if (state.nowMs - tenant.refusalJournaledAtMs < REFUSAL_RECORD_EVERY_MS || !state.journal.accepting()) {
            tenant.refusalsSuppressed++;
            return;
        }
        state.records.unitRejected(request, code, tenant.refusalsSuppressed);
        tenant.refusalsSuppressed = 0;
        tenant.refusalJournaledAtMs = state.nowMs;
    }

    private static int retryAfter(final ErrorCode code) {
        return code == ErrorCode.STORAGE_LOW || code == ErrorCode.DRAINING ? RETRY_LATER_MS : RETRY_SOON_MS;
    }

    private static byte flags(final SubmitRequest request) {
        int flags = 0;
        if (request.smartEncoding) {
            flags |= Unit.FLAG_SMART_ENCODING;
        }
        if (request.userDataHeader) {
            flags |= Unit.FLAG_USER_DATA_HEADER;
        }
        if (request.dataCoding == SubmitRequest.TEXT) {
            flags |= Unit.FLAG_TEXT;
        }
        return (byte) flags;
    }
}
