package io.trunkline.perf.prove;

import io.trunkline.gateway.calls.CallEndReason;
import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.CallEndedDecoder;
import io.trunkline.gateway.journal.codec.CallStartedDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The call records in the journal of a stopped daemon, by the called number. */
public final class CallBook implements RecordHandler {
    /** {@link Entry#talkMs}: it was not answered. */
    public static final long NOT_ANSWERED = -1;

    private final CallStartedDecoder started = new CallStartedDecoder();
    private final CallEndedDecoder ended = new CallEndedDecoder();
    private final Map<String, List<Entry>> ends = new LinkedHashMap<>();
    private final Map<Long, String> open = new HashMap<>();
    private long starts;

    /**
     * One record of a call's end.
     *
     * @param called digits
     * @param status what the caller was told last
     * @param setupMs from the INVITE to the answer, or {@link #NOT_ANSWERED}
     * @param talkMs from answer to end, or {@link #NOT_ANSWERED}
     * @param attempts targets that were tried
     */
    public record Entry(
            String called,
            CallUnitState outcome,
            CallEndReason reason,
            int status,
            long setupMs,
            long talkMs,
            int attempts) {}

    @Override
    public void onRecord(final RecordView record) {
        switch (record.templateId()) {
            case CallStartedDecoder.TEMPLATE_ID -> {
                started.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                started.skipFrom();
                open.put(record.unitId(), ascii(started.toLength(), started::getTo));
                starts++;
            }
            case CallEndedDecoder.TEMPLATE_ID -> {
                ended.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                final Entry entry = entry();
                open.remove(record.unitId());
                ends.computeIfAbsent(entry.called(), number -> new ArrayList<>())
                        .add(entry);
            }
            default -> {
                // The rest is steps on the way.
            }
        }
    }

    private Entry entry() {
        final long setupMs = ended.setupMs() == CallEndedDecoder.setupMsNullValue() ? NOT_ANSWERED : ended.setupMs();
        final long talkMs = ended.talkMs() == CallEndedDecoder.talkMsNullValue() ? NOT_ANSWERED : ended.talkMs();
        final CallUnitState outcome = CallUnitState.of(ended.outcome());
        final CallEndReason reason = CallEndReason.of(ended.reason());
        final int status = ended.status();
        final int attempts = ended.attempts();
        ended.skipFrom();
        return new Entry(ascii(ended.toLength(), ended::getTo), outcome, reason, status, setupMs, talkMs, attempts);
    }

    private interface Text {
        int get(byte[] into, int offset, int length);
    }

    private static String ascii(final int length, final Text text) {
        final byte[] octets = new byte[length];
        text.get(octets, 0, length);
        return new String(octets, StandardCharsets.US_ASCII);
    }

    /** The ends that were written for calls to a number; one, if all is well. */
    public List<Entry> ends(final String called) {
        return ends.getOrDefault(called, List.of());
    }

    /** All ends. */
    public List<Entry> all() {
        return ends.values().stream().flatMap(List::stream).toList();
    }

    /** Ends in all. */
    public long records() {
        return ends.values().stream().mapToLong(List::size).sum();
    }

    /** Calls that began. */
    public long starts() {
        return starts;
    }

    /** Calls that began and have no end. */
    public long open() {
        return open.size();
    }
}
