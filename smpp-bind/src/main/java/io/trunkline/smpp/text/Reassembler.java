package io.trunkline.smpp.text;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Joins the parts of concatenated inbound messages. Parts belong together by group, source, destination, kind of reference,
 * reference and total; they may come in any order and more than once. A message that became whole is remembered for a while,
 * so that a part that the carrier sends again does not begin a message that nobody can complete.
 *
 * <p>Bounded in messages, bytes, parts and time; where there is no room the oldest message is given up, remembered whole ones
 * first. Has no clock and no threads: time is given, in milliseconds, and the same parts at the same times give the same
 * messages, so that a journal that has them can rebuild it. Allocates nothing once its pool is as large as the traffic needs.
 */
public final class Reassembler {
    /** What became of a part. */
    public enum Outcome {
        /** Its message is whole; the listener was told. */
        COMPLETE,
        /** Held; other parts are missing. */
        WAITING,
        /** Was there before, with the same content. */
        DUPLICATE,
        /** Its message has more parts than the limit; nothing is held. */
        TOO_MANY_PARTS,
        /** Larger than all that may be held. */
        TOO_LARGE
    }

    private final ReassemblyLimits limits;
    private final ReassemblyListener listener;
    private final Long2ObjectHashMap<ReassembledMessage> byKey = new Long2ObjectHashMap<>();
    private final MessageAgeList open = new MessageAgeList();
    private final MessageAgeList done = new MessageAgeList();
    private final ArrayDeque<ReassembledMessage> pool = new ArrayDeque<>();
    private int bytes;

    public Reassembler(final ReassemblyLimits limits, final ReassemblyListener listener) {
        this.limits = limits;
        this.listener = listener;
    }

    /** Takes a part. The listener may be called, with the message that this part completes or with those that give way. */
    public Outcome offer(final InboundPart part, final long nowMs) {
        if (part.total > limits.parts()) {
            return Outcome.TOO_MANY_PARTS;
        }
        final int size = part.bodyLength + part.fromLength + part.toLength;
        if (size > limits.bytes()) {
            return Outcome.TOO_LARGE;
        }
        final long key = key(part);
        final long content = content(part);
        ReassembledMessage message = find(key, part);
        if (message != null && (message.done || message.has(part.part))) {
            if (message.sameContent(part.part, content)) {
                return Outcome.DUPLICATE;
            }
            remove(message, ReassemblyListener.Reason.SUPERSEDED);
            message = null;
        }
        if (message == null) {
            makeRoom(size, null);
            message = begin(part, key, nowMs);
        } else {
            makeRoom(part.bodyLength, message);
            if (bytes + part.bodyLength > limits.bytes()) {
                remove(message, ReassemblyListener.Reason.EVICTED);
                return offer(part, nowMs);
            }
        }
        bytes += part.bodyLength;
        message.add(part, content);
        return message.missing() == 0 ? complete(message, nowMs) : Outcome.WAITING;
    }

    private Outcome complete(final ReassembledMessage message, final long nowMs) {
        listener.onComplete(message);
        open.remove(message);
        bytes -= message.bytes();
        message.shrink();
        message.done = true;
        message.dueAtMs = nowMs + limits.timeoutMs();
        done.add(message);
        return Outcome.COMPLETE;
    }

    private ReassembledMessage begin(final InboundPart part, final long key, final long nowMs) {
        ReassembledMessage message = pool.pollLast();
        if (message == null) {
            message = new ReassembledMessage();
        }
        message.begin(part, key, nowMs);
        message.dueAtMs = nowMs + limits.timeoutMs();
        message.nextOfKey = byKey.put(key, message);
        open.add(message);
        bytes += message.bytes();
        return message;
    }

    /** Gives up the oldest until a new message of so many bytes, or so many more for {@code spared}, may be held. */
    private void makeRoom(final int size, final ReassembledMessage spared) {
        if (spared == null && open.size() + done.size() >= limits.messages()) {
            remove(done.size() > 0 ? done.oldest() : open.oldest(), ReassemblyListener.Reason.EVICTED);
        }
        while (bytes + size > limits.bytes() && open.size() > 0) {
            final ReassembledMessage oldest = open.oldest();
            final ReassembledMessage victim = oldest == spared ? oldest.newer : oldest;
            if (victim == null) {
                return;
            }
            remove(victim, ReassemblyListener.Reason.EVICTED);
        }
    }

    private void remove(final ReassembledMessage message, final ReassemblyListener.Reason reason) {
        if (message.done) {
            done.remove(message);
        } else {
            open.remove(message);
            bytes -= message.bytes();
            listener.onIncomplete(message, reason);
        }
        unlink(message);
        message.shrink();
        pool.addLast(message);
    }

    private void unlink(final ReassembledMessage message) {
        final ReassembledMessage head = byKey.get(message.key);
        if (head == message) {
            if (message.nextOfKey == null) {
                byKey.remove(message.key);
            } else {
                byKey.put(message.key, message.nextOfKey);
            }
            return;
        }
        ReassembledMessage before = head;
        while (before.nextOfKey != message) {
            before = before.nextOfKey;
        }
        before.nextOfKey = message.nextOfKey;
    }

    private ReassembledMessage find(final long key, final InboundPart part) {
        ReassembledMessage message = byKey.get(key);
        while (message != null && !message.sameMessage(part)) {
            message = message.nextOfKey;
        }
        return message;
    }

    /** Gives up what is overdue and forgets what was whole long ago; returns how many of both. */
    public int poll(final long nowMs) {
        int work = 0;
        while (open.size() > 0 && open.oldest().dueAtMs <= nowMs) {
            remove(open.oldest(), ReassemblyListener.Reason.TIMEOUT);
            work++;
        }
        while (done.size() > 0 && done.oldest().dueAtMs <= nowMs) {
            remove(done.oldest(), ReassemblyListener.Reason.TIMEOUT);
            work++;
        }
        return work;
    }

    /** Incomplete messages held. */
    public int incomplete() {
        return open.size();
    }

    /** Bytes held. */
    public int bytes() {
        return bytes;
    }

    /** Shows every incomplete message, the oldest first. */
    public void forEachIncomplete(final Consumer<ReassembledMessage> consumer) {
        for (ReassembledMessage message = open.oldest(); message != null; message = message.newer) {
            consumer.accept(message);
        }
    }

    private static long key(final InboundPart part) {
        long hash = mix(part.group, (long) part.kind << 32 | (long) part.reference << 8 | part.total);
        hash = hash(hash, part.buffer, part.fromOffset, part.fromLength);
        return hash(hash, part.buffer, part.toOffset, part.toLength);
    }

    private static long content(final InboundPart part) {
        return hash(mix(part.dataCoding, part.userDataHeader ? 1 : 0), part.buffer, part.bodyOffset, part.bodyLength);
    }

    private static long hash(final long seed, final DirectBuffer src, final int offset, final int length) {
        long hash = mix(seed, length);
        for (int i = 0; i < length; i++) {
            hash = (hash ^ (src.getByte(offset + i) & 0xFF)) * 0x100000001B3L;
        }
        return mix(hash, length);
    }

    private static long mix(final long a, final long b) {
        long z = (a + 0x9E3779B97F4A7C15L) ^ (b * 0xBF58476D1CE4E5B9L);
        z = (z ^ (z >>> 30)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
