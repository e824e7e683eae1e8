package io.trunkline.gateway.engine;

import io.trunkline.smpp.text.PlanResult;
import io.trunkline.smpp.text.SegmentPlan;
import io.trunkline.smpp.text.Segmenter;
import io.trunkline.smpp.text.TextProfile;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Cuts submits and units into segments for a carrier; the plan holds until the next call. */
final class SegmentPlanner {
    private final Segmenter segmenter = new Segmenter();
    private final SegmentPlan plan = new SegmentPlan();
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    /** Whose plan this is, so that a message whose segments leave in several turns is not planned anew each time. */
    private long plannedUnit;

    private TextProfile plannedProfile;

    SegmentPlan plan() {
        return plan;
    }

    ErrorCode plan(final SubmitRequest request, final TextProfile profile) {
        plannedUnit = 0;
        return plan(
                request.buffer,
                request.bodyOffset,
                request.bodyLength,
                request.dataCoding,
                request.userDataHeader,
                request.smartEncoding,
                profile);
    }

    ErrorCode plan(final Unit unit, final TextProfile profile) {
        if (unit.id == plannedUnit && profile == plannedProfile) {
            return ErrorCode.NONE;
        }
        unit.body(body);
        final ErrorCode code = plan(
                body,
                0,
                unit.bodyLength,
                unit.isText() ? SubmitRequest.TEXT : unit.dataCoding(),
                unit.hasUserDataHeader(),
                (unit.flags & Unit.FLAG_SMART_ENCODING) != 0,
                profile);
        plannedUnit = code == ErrorCode.NONE ? unit.id : 0;
        plannedProfile = profile;
        return code;
    }

    private ErrorCode plan(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int dataCoding,
            final boolean userDataHeader,
            final boolean smart,
            final TextProfile profile) {
        final PlanResult result = dataCoding == SubmitRequest.TEXT
                ? segmenter.plan(buffer, offset, length, profile, smart || profile.smartReplacement(), plan)
                : segmenter.planBinary(buffer, offset, length, dataCoding, userDataHeader, profile, plan);
        return switch (result) {
            case OK -> ErrorCode.NONE;
            case EMPTY -> ErrorCode.EMPTY_BODY;
            case INVALID_UTF8, INVALID_HEADER -> ErrorCode.INVALID_BODY;
            case TOO_LONG -> ErrorCode.BODY_TOO_LONG;
        };
    }
}
