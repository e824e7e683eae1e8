package io.trunkline.gateway.upstream;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.MessageDesk;
import io.trunkline.gateway.engine.SubmitAnswer;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.engine.UnitStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** Takes every submit that a test does not tell it to refuse, and remembers what it was given. */
public final class FakeDesk implements MessageDesk {
    private static final int EXPECTED_KEPT = 100;

    /** Low halves of the first references that were announced. */
    public final List<Long> expected = new ArrayList<>();

    /** A submit as the desk saw it, with its texts copied. */
    public record Taken(
            long unitId,
            int tenant,
            long referenceHi,
            long referenceLo,
            int messageClass,
            int senderType,
            int receiptWish,
            int origin,
            int dataCoding,
            boolean smartEncoding,
            boolean userDataHeader,
            long scheduledAtMs,
            long validityMs,
            long priceCapMicros,
            String from,
            String to,
            String body,
            String campaign,
            String tags) {}

    public final ConcurrentLinkedQueue<Taken> taken = new ConcurrentLinkedQueue<>();
    public final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    public final AtomicLong units = new AtomicLong();
    /** What is known of units. */
    public final ConcurrentHashMap<Long, UnitStatus> statuses = new ConcurrentHashMap<>();
    /** Asked before every submit of those who pause. */
    public volatile IntSupplier rateWait = () -> 0;

    public volatile ErrorCode refusal = ErrorCode.NONE;
    public volatile int retryAfterMs;
    public volatile boolean recording = true;
    public volatile RuntimeException failure;

    @Override
    public void expect(final int tenant, final long referenceHi, final long referenceLo) {
        if (expected.size() < EXPECTED_KEPT) {
            expected.add(referenceLo);
        }
    }

    @Override
    public void submit(final SubmitRequest request, final SubmitAnswer answer) {
        if (failure != null) {
            throw failure;
        }
        if (refusal != ErrorCode.NONE) {
            answer.refuse(refusal, retryAfterMs);
            return;
        }
        answer.code = ErrorCode.NONE;
        answer.unitId = units.incrementAndGet();
        answer.encoding = 1;
        answer.segments = 1;
        answer.state = UnitState.ACCEPTED;
        answer.duplicate = false;
        if (recording) {
            taken.add(copy(answer.unitId, request));
        }
    }

    @Override
    public CancelOutcome cancel(final int tenant, final long unitId) {
        calls.add("cancel " + tenant + " " + unitId);
        return unitId <= units.get() ? CancelOutcome.CANCELLED : CancelOutcome.NOT_FOUND;
    }

    @Override
    public boolean query(final int tenant, final long unitId, final UnitStatus status) {
        calls.add("query " + tenant + " " + unitId);
        final UnitStatus known = statuses.get(unitId);
        if (known == null) {
            return false;
        }
        status.state = known.state;
        status.endedAtMs = known.endedAtMs;
        status.rawCode = known.rawCode;
        return true;
    }

    @Override
    public int rateWaitMs(final int tenant) {
        return rateWait.getAsInt();
    }

    @Override
    public boolean converted(final int tenant, final long unitId, final long convertedAtMs) {
        calls.add("converted " + tenant + " " + unitId + " " + convertedAtMs);
        return unitId <= units.get();
    }

    private static Taken copy(final long unitId, final SubmitRequest request) {
        return new Taken(
                unitId,
                request.tenant,
                request.referenceHi,
                request.referenceLo,
                request.messageClass,
                request.senderType,
                request.receiptWish,
                request.origin,
                request.dataCoding,
                request.smartEncoding,
                request.userDataHeader,
                request.scheduledAtMs,
                request.validityMs,
                request.priceCapMicros,
                text(request, request.fromOffset, request.fromLength),
                text(request, request.toOffset, request.toLength),
                text(request, request.bodyOffset, request.bodyLength),
                text(request, request.campaignOffset, request.campaignLength),
                text(request, request.tagsOffset, request.tagsLength));
    }

    /** Text as UTF-8; binary bodies as Latin-1, so that no byte is lost. */
    private static String text(final SubmitRequest request, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        request.buffer.getBytes(offset, bytes);
        return new String(
                bytes, request.dataCoding == SubmitRequest.TEXT ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }
}
