package io.trunkline.perf.prove;

import io.trunkline.gateway.calls.CallEndReason;
import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.CallEndedDecoder;
import io.trunkline.gateway.journal.codec.CallStartedDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The call records in the journal of a stopped daemon, by the called number. */
public final class CallBook extends CallEnds implements RecordHandler {
    private final CallStartedDecoder started = new CallStartedDecoder();
    private final CallEndedDecoder ended = new CallEndedDecoder();
    private final Map<Long, String> open = new HashMap<>();
    private long starts;

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
                open.remove(record.unitId());
                add(entry());
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

    /** Calls that began. */
    public long starts() {
        return starts;
    }

    /** Calls that began and have no end. */
    public long open() {
        return open.size();
    }
}
