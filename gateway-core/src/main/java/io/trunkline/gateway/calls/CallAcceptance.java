package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.ClientReferences;
import io.trunkline.gateway.engine.ContentHash;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.journal.Journal;
import java.util.function.Supplier;

/** Before a call is placed: what was placed before under its reference is not placed again. */
public final class CallAcceptance implements TenantCalls {
    private static final int NORMAL_CLEARING = 16;

    private final Supplier<CallControl> control;
    private final ClientReferences references;
    private final Journal journal;

    /**
     * Over whatever signals calls.
     *
     * @param control asked each time, for there may be none yet
     */
    public CallAcceptance(
            final Supplier<CallControl> control, final ClientReferences references, final Journal journal) {
        this.control = control;
        this.references = references;
        this.journal = journal;
    }

    @Override
    public ErrorCode place(final CallRequest request, final CallAnswer answer) {
        answer.duplicate = false;
        answer.retryAfterMs = 0;
        answer.state = CallUnitState.PLACED;
        final boolean referenced = (request.referenceHi | request.referenceLo) != 0;
        request.contentHash = referenced ? contentHash(request) : 0;
        if (referenced) {
            final long before = references.unit(request.tenant, request.referenceHi, request.referenceLo);
            if (before != ClientReferences.NONE) {
                return repeat(request, before, answer);
            }
        }
        if (!journal.accepting()) {
            return ErrorCode.STORAGE_LOW;
        }
        final ErrorCode error = control.get().place(request, answer);
        if (error == ErrorCode.NONE && referenced) {
            // It may have ended within the call.
            answer.state = state(request);
        }
        return error;
    }

    private ErrorCode repeat(final CallRequest request, final long before, final CallAnswer answer) {
        final long content = references.contentHash(request.tenant, request.referenceHi, request.referenceLo);
        if (content != request.contentHash) {
            return ErrorCode.REFERENCE_REUSED;
        }
        answer.duplicate = true;
        answer.unitId = before;
        answer.state = state(request);
        return ErrorCode.NONE;
    }

    private CallUnitState state(final CallRequest request) {
        return CallUnitState.of(references.state(request.tenant, request.referenceHi, request.referenceLo));
    }

    @Override
    public boolean end(final int tenant, final long unitId) {
        return control.get().end(tenant, unitId, NORMAL_CLEARING);
    }

    /** Of all that says which call it is. */
    private static long contentHash(final CallRequest request) {
        final long times = request.setupTimeoutMs + 31L * request.maxDurationSec;
        long hash = ContentHash.octets(times, request.buffer, request.fromOffset, request.fromLength);
        hash = ContentHash.octets(hash, request.buffer, request.toOffset, request.toLength);
        return ContentHash.octets(hash, request.buffer, request.firstOffset, request.firstLength);
    }
}
