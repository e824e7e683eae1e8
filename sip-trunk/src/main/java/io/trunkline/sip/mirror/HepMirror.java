package io.trunkline.sip.mirror;

import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.MessageTap;
import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.EpochNanoClock;

/** Sends a copy of each message to a collector; what does not fit on its way there is dropped and counted. */
public final class HepMirror implements MessageTap {
    /** Takes packets to the collector; false where it drops one. */
    @FunctionalInterface
    public interface Out {
        boolean send(DirectBuffer packet, int offset, int length);
    }

    private final Hep3 format;
    private final EpochNanoClock clock;
    private final Out out;
    private final ExpandableArrayBuffer packet = new ExpandableArrayBuffer(2_048);
    private long sent;
    private long dropped;

    /**
     * A mirror.
     *
     * @param clock wall clock, ns since 1970
     */
    public HepMirror(final Hep3 format, final EpochNanoClock clock, final Out out) {
        this.format = format;
        this.clock = clock;
        this.out = out;
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
        final int written = format.write(
                packet,
                received ? remote : local,
                received ? local : remote,
                protocol,
                clock.nanoTime(),
                message,
                offset,
                length);
        if (written > 0 && out.send(packet, 0, written)) {
            sent++;
        } else {
            dropped++;
        }
    }

    /** Messages that went on their way to the collector. */
    public long sent() {
        return sent;
    }

    /** Messages that did not: no room, or too large for a packet. */
    public long dropped() {
        return dropped;
    }
}
