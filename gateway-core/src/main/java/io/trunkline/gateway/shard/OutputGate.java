package io.trunkline.gateway.shard;

import io.netty.channel.Channel;
import io.trunkline.smpp.session.PduOutput;
import io.trunkline.smpp.session.PduOutputs;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds back every byte that leaves the daemon until the journal is durable up to where it stood when the byte was
 * written. What was written in one duty cycle is sealed at its end with the journal's position, and let go, in one write
 * per connection, as soon as the journal has reached that position: at once at durability {@code process}, after the
 * group commit's force at {@code disk}.
 *
 * <p>So whoever writes may answer at once and needs no callback: an acknowledgement cannot overtake its record, nor a PDU
 * the note that it was sent.
 */
public final class OutputGate implements PduOutputs {
    private final int limitBytes;
    private final Runnable onOpen;
    private final CycleClock cycleClock;
    /** Outputs with bytes of this duty cycle. */
    private final List<GatedOutput> unsealed = new ArrayList<>();
    /** Outputs with sealed bytes that wait for the journal, in no order. */
    private final List<GatedOutput> held = new ArrayList<>();

    /**
     * A gate for the connections of one shard.
     *
     * @param limitBytes bytes that a connection may have waiting before it is no longer writable
     * @param onRead called once per read from a socket, before its bytes are decoded
     */
    public OutputGate(final int limitBytes, final Runnable onRead) {
        this.limitBytes = limitBytes;
        this.onOpen = onRead;
        cycleClock = new CycleClock(onRead);
    }

    @Override
    public PduOutput open(final Channel channel) {
        onOpen.run();
        channel.pipeline().addFirst(cycleClock);
        return new GatedOutput(channel, this, limitBytes);
    }

    void written(final GatedOutput output) {
        unsealed.add(output);
    }

    /** The duty cycle ends: what was written in it may leave once the journal is durable up to {@code position}. */
    public void seal(final long position) {
        for (int i = 0; i < unsealed.size(); i++) {
            final GatedOutput output = unsealed.get(i);
            output.seal(position);
            if (!output.listed && output.isHeld()) {
                output.listed = true;
                held.add(output);
            }
        }
        unsealed.clear();
    }

    /**
     * Lets go what the journal has reached.
     *
     * @return connections written to
     */
    public int release(final long durable) {
        int released = 0;
        for (int i = held.size() - 1; i >= 0; i--) {
            final GatedOutput output = held.get(i);
            released += output.release(durable) ? 1 : 0;
            if (!output.isHeld()) {
                output.listed = false;
                held.set(i, held.get(held.size() - 1));
                held.remove(held.size() - 1);
            }
        }
        return released;
    }

    /** Whether bytes wait for the journal. */
    public boolean holds() {
        return !held.isEmpty();
    }
}
