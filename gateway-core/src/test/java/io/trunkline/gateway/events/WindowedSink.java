package io.trunkline.gateway.events;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Takes events while its window has room, and writes down all that an event says. */
final class WindowedSink implements EventSink {
    final List<String> events = new ArrayList<>();
    final List<Long> sequences = new ArrayList<>();
    int room;
    int replayed;
    boolean superseded;

    WindowedSink(final int room) {
        this.room = room;
    }

    @Override
    public boolean onStatus(final StatusEvent event) {
        return take(
                event.sequence,
                event.replayed,
                "status " + event.unitId + " " + event.referenceHi + " " + event.referenceLo + " " + event.timeMs + " "
                        + event.state + " " + event.errorCode + " " + event.rawCode + " " + event.segments + " "
                        + event.segmentsDelivered + " " + event.possibleDuplicate);
    }

    @Override
    public boolean onInbound(final InboundEvent event) {
        return take(
                event.sequence,
                event.replayed,
                "inbound " + event.unitId + " " + event.timeMs + " " + event.encoding + " " + event.dataCoding + " "
                        + event.segments + " " + event.segmentsMissing + " "
                        + text(event.buffer, event.fromOffset, event.fromLength) + " "
                        + text(event.buffer, event.toOffset, event.toLength) + " "
                        + text(event.buffer, event.bodyOffset, event.bodyLength));
    }

    @Override
    public boolean onCall(final CallEvent event) {
        return take(
                event.sequence,
                event.replayed,
                "call " + event.unitId + " " + event.referenceHi + " " + event.referenceLo + " " + event.timeMs + " "
                        + event.state + " " + event.errorCode + " " + event.status + " " + event.cause + " "
                        + event.direction + " " + event.pddMs + " " + event.setupMs + " " + event.talkMs + " "
                        + text(event.buffer, event.fromOffset, event.fromLength) + " "
                        + text(event.buffer, event.toOffset, event.toLength));
    }

    private static String text(final DirectBuffer buffer, final int offset, final int length) {
        return length == 0 ? "" : buffer.getStringWithoutLengthUtf8(offset, length);
    }

    private boolean take(final long sequence, final boolean wasReplayed, final String content) {
        if (room == 0) {
            return false;
        }
        room--;
        events.add(content);
        sequences.add(sequence);
        replayed += wasReplayed ? 1 : 0;
        return true;
    }

    long last() {
        return sequences.isEmpty() ? 0 : sequences.get(sequences.size() - 1);
    }

    @Override
    public void onSuperseded() {
        superseded = true;
    }
}
