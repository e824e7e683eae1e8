package io.trunkline.sip.mirror;

import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.MessageTap;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The latest messages, in a fixed number of octets; the oldest give way. One thread writes, and takes snapshots for others to read.
 *
 * <pre>
 *   ...| oldest |        |        | newest |  free, or the rest before the turn  |
 *      ▲ tail                              ▲ head
 * </pre>
 */
public final class MessageRing implements MessageTap {
    /**
     * One message of the ring.
     *
     * @param timeNs when it came or went, ns since 1970
     * @param octets the message
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Kept(
            long timeNs,
            boolean received,
            TransportProtocol protocol,
            InetSocketAddress local,
            InetSocketAddress remote,
            byte[] octets) {}

    /** Where a message is in the octets, and what stands in no octet of it. */
    private record Entry(
            int offset,
            int length,
            long timeNs,
            boolean received,
            TransportProtocol protocol,
            InetSocketAddress local,
            InetSocketAddress remote) {}

    private final EpochNanoClock clock;
    private final UnsafeBuffer octets;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private int head;

    /**
     * An empty ring.
     *
     * @param capacity octets of messages
     * @param clock wall clock, ns since 1970
     */
    public MessageRing(final int capacity, final EpochNanoClock clock) {
        this.clock = clock;
        octets = new UnsafeBuffer(new byte[capacity]);
    }

    @Override
    public void onMessage(
            final boolean received,
            final TransportProtocol protocol,
            final InetSocketAddress local,
            final InetSocketAddress remote,
            final DirectBuffer message,
            final int offset,
            final int length) {
        if (length > octets.capacity()) {
            return;
        }
        if (head + length > octets.capacity()) {
            // What lies between here and the end is older than all that lies before.
            dropUntil(octets.capacity());
            head = 0;
        }
        dropUntil(head + length);
        octets.putBytes(head, message, offset, length);
        entries.addLast(new Entry(head, length, clock.nanoTime(), received, protocol, local, remote));
        head += length;
    }

    /** Drops the oldest that lie from {@link #head} on and before an end. */
    private void dropUntil(final int end) {
        while (!entries.isEmpty()
                && entries.peekFirst().offset() >= head
                && entries.peekFirst().offset() < end) {
            entries.removeFirst();
        }
    }

    /** Messages that are kept. */
    public int size() {
        return entries.size();
    }

    /** A copy of all that is kept, oldest first, for another thread to look through. */
    public Snapshot snapshot() {
        final byte[] copy = new byte[octets.capacity()];
        octets.getBytes(0, copy);
        return new Snapshot(copy, entries.toArray(new Entry[0]));
    }

    /** What was kept at one time. */
    public static final class Snapshot {
        private final byte[] octets;
        private final Entry[] entries;

        private Snapshot(final byte[] octets, final Entry[] entries) {
            this.octets = octets;
            this.entries = entries;
        }

        /** Number of messages. */
        public int size() {
            return entries.length;
        }

        /** A message, 0 being the oldest. */
        public Kept get(final int index) {
            final Entry entry = entries[index];
            final byte[] message = new byte[entry.length()];
            System.arraycopy(octets, entry.offset(), message, 0, message.length);
            return new Kept(entry.timeNs(), entry.received(), entry.protocol(), entry.local(), entry.remote(), message);
        }
    }
}
