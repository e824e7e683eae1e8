package io.trunkline.gateway.upstream;

import io.trunkline.gateway.engine.PackedSender;
import io.trunkline.gateway.events.EventSink;
import io.trunkline.gateway.events.EventStreams;
import io.trunkline.gateway.events.InboundEvent;
import io.trunkline.gateway.events.StatusEvent;
import io.trunkline.gateway.events.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.collections.Object2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Event streams of one tenant in memory: events are kept from 1 on, subscriptions have cursors, and delivery goes on as
 * long as the sink takes events. To be used on the event loop only, but for the volatile counts.
 */
public final class FakeStreams implements EventStreams {
    /** An inbound message; a null body makes it a status. */
    public record Event(
            long unitId,
            int state,
            int errorCode,
            int rawCode,
            int segments,
            String from,
            String to,
            String body,
            int origin,
            int receiptWish,
            long acceptedAtMs,
            long destination,
            long referenceHi,
            long referenceLo) {
        /** A status of which the engine says no more than that. */
        public static Event status(final long unitId, final int state, final int errorCode, final int rawCode) {
            return new Event(unitId, state, errorCode, rawCode, 1, null, null, null, 0, 0, 0, 0, 7, unitId);
        }

        public static Event delivered(final long unitId) {
            return status(unitId, 10, 0, 0);
        }

        public static Event inbound(
                final long unitId, final int segments, final String from, final String to, final String body) {
            return new Event(unitId, 0, 0, 0, segments, from, to, body, 0, 0, 0, 0, 0, 0);
        }

        /** A status with what a receipt needs. */
        public Event of(final int protocol, final int wish, final long acceptedMs, final long digits) {
            return new Event(
                    unitId,
                    state,
                    errorCode,
                    rawCode,
                    segments,
                    from,
                    to,
                    body,
                    protocol,
                    wish,
                    acceptedMs,
                    digits,
                    referenceHi,
                    referenceLo);
        }

        /** A status of a unit that was submitted with this reference. */
        public Event referring(final long hi, final long lo) {
            return new Event(
                    unitId,
                    state,
                    errorCode,
                    rawCode,
                    segments,
                    from,
                    to,
                    body,
                    origin,
                    receiptWish,
                    acceptedAtMs,
                    destination,
                    hi,
                    lo);
        }
    }

    private final List<Event> events = new ArrayList<>();
    private final Object2LongHashMap<String> cursors = new Object2LongHashMap<>(-1);
    private final Map<String, Attached> attached = new HashMap<>();
    private final StatusEvent status = new StatusEvent();
    private final InboundEvent inbound = new InboundEvent();
    /** Whom all units are from. */
    public volatile String sender = "";

    public volatile int subscriptionLimit = 10;
    public volatile long acknowledged = -1;
    public final AtomicInteger detached = new AtomicInteger();

    @Override
    public Subscription subscribe(final int tenant, final String name, final long resumeAfter, final EventSink sink) {
        final String key = tenant + "/" + name;
        if (!cursors.containsKey(key) && cursors.size() >= subscriptionLimit) {
            return null;
        }
        final Attached before = attached.remove(key);
        if (before != null) {
            before.sink.onSuperseded();
        }
        final long from = resumeAfter == FROM_STORED_CURSOR ? Math.max(0, cursors.getValue(key)) : resumeAfter;
        cursors.put(key, from);
        final Attached subscription = new Attached(key, from, sink);
        attached.put(key, subscription);
        subscription.deliver();
        return subscription;
    }

    @Override
    public long lastSequence(final int tenant) {
        return events.size();
    }

    public void publish(final Event event) {
        events.add(event);
        attached.values().forEach(Attached::deliver);
    }

    public long cursor(final int tenant, final String name) {
        return cursors.getValue(tenant + "/" + name);
    }

    private boolean offer(final EventSink sink, final long sequence) {

        final Event event = events.get((int) sequence - 1);
        if (event.body == null) {
            status.sequence = sequence;
            status.unitId = event.unitId;
            status.referenceHi = event.referenceHi;
            status.referenceLo = event.referenceLo;
            status.timeMs = 1_700_000_000_000L + sequence;
            status.state = event.state;
            status.errorCode = event.errorCode;
            status.rawCode = event.rawCode;
            status.origin = event.origin;
            status.receiptWish = event.receiptWish;
            status.acceptedAtMs = event.acceptedAtMs;
            status.destination = event.destination;
            final UnsafeBuffer octets = new UnsafeBuffer(sender.getBytes(StandardCharsets.UTF_8));
            status.senderHi = PackedSender.hi(octets, 0, octets.capacity());
            status.senderLo = PackedSender.lo(octets, 0, octets.capacity());
            status.segments = event.segments;
            status.segmentsDelivered = event.state == 10 ? event.segments : 0;
            return sink.onStatus(status);
        }
        final byte[] from = event.from.getBytes(StandardCharsets.UTF_8);
        final byte[] to = event.to.getBytes(StandardCharsets.UTF_8);
        final byte[] body = event.body.getBytes(StandardCharsets.UTF_8);
        final byte[] all = new byte[from.length + to.length + body.length];
        System.arraycopy(from, 0, all, 0, from.length);
        System.arraycopy(to, 0, all, from.length, to.length);
        System.arraycopy(body, 0, all, from.length + to.length, body.length);
        inbound.sequence = sequence;
        inbound.unitId = event.unitId;
        inbound.timeMs = 1_700_000_000_000L + sequence;
        inbound.encoding = 1;
        inbound.dataCoding = 0;
        inbound.segments = event.segments;
        inbound.buffer = new UnsafeBuffer(all);
        inbound.fromOffset = 0;
        inbound.fromLength = from.length;
        inbound.toOffset = from.length;
        inbound.toLength = to.length;
        inbound.bodyOffset = from.length + to.length;
        inbound.bodyLength = body.length;
        return sink.onInbound(inbound);
    }

    private final class Attached implements Subscription {
        private final String key;
        private final long resumedAfter;
        private final EventSink sink;
        private long next;
        private boolean held;
        private boolean delivering;

        Attached(final String key, final long resumedAfter, final EventSink sink) {
            this.key = key;
            this.resumedAfter = resumedAfter;
            this.sink = sink;
            this.next = resumedAfter + 1;
        }

        void deliver() {
            if (delivering) {
                return;
            }
            delivering = true;
            while (!held && attached.get(key) == this && next <= events.size()) {
                if (offer(sink, next)) {
                    next++;
                } else {
                    held = true;
                }
            }
            delivering = false;
        }

        @Override
        public long resumedAfter() {
            return resumedAfter;
        }

        @Override
        public void acknowledge(final long sequence) {
            cursors.put(key, Math.max(cursors.getValue(key), sequence));
            acknowledged = Math.max(acknowledged, sequence);
        }

        @Override
        public void resume() {
            held = false;
            deliver();
        }

        @Override
        public void detach() {
            detached.incrementAndGet();
            attached.remove(key, this);
        }
    }
}
