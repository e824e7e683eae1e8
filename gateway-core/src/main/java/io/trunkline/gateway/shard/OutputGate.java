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
    /** Outputs to carriers with sealed bytes that wait for the journal, in no order. */
    private final List<GatedOutput> heldToCarriers = new ArrayList<>();
    /** The other outputs with such bytes. */
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
        return open(channel, held);
    }

    /** Opens outputs to carriers: these are let go before all others, as it is messages that must not wait. */
    public PduOutputs toCarriers() {
        return channel -> open(channel, heldToCarriers);
    }

    private PduOutput open(final Channel channel, final List<GatedOutput> group) {
        onOpen.run();
        channel.pipeline().addFirst(cycleClock);
        return new GatedOutput(channel, this, group, limitBytes);
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
                output.group.add(output);
            }
        }
        unsealed.clear();
    }

    /**
     * Lets go of what is for carriers and the journal has reached.
     *
     * @return connections written to
     */
    public int releaseToCarriers(final long durable) {
        return release(heldToCarriers, durable);
    }

    /**
     * Lets go of everything else that the journal has reached.
     *
     * @return connections written to
     */
    public int release(final long durable) {
        return release(held, durable);
    }

    private static int release(final List<GatedOutput> group, final long durable) {
        int released = 0;
        for (int i = group.size() - 1; i >= 0; i--) {
            final GatedOutput output = group.get(i);
            released += output.release(durable) ? 1 : 0;
            if (!output.isHeld()) {
                output.listed = false;
                group.set(i, group.get(group.size() - 1));
                group.remove(group.size() - 1);
            }
        }
        return released;
    }

    /** Whether bytes wait for the journal. */
    public boolean holds() {
        return !held.isEmpty() || !heldToCarriers.isEmpty();
    }
}
