package io.trunkline.sip.transport;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The places of connections that peers open: so many in all that there is room left for those that we open, and so many for one {@link
 * AddressBlock}. A place may be kept for a while after its connection has gone, for handshakes cost more than they seem to.
 */
final class Guests {
    private record Kept(InetAddress block, long untilMs) {}

    private final int most;
    private final int mostOfOne;
    private final long keptMs;
    private final Map<InetAddress, Integer> taken = new HashMap<>();
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private int all;

    Guests(final TransportLimits limits) {
        most = limits.maxConnections() - limits.maxConnections() / 4;
        mostOfOne = limits.maxConnectionsPerPeer();
        keptMs = limits.partialMs();
    }

    /** Takes a place; false where there is none. */
    boolean take(final InetAddress address, final long nowMs) {
        poll(nowMs);
        final InetAddress block = AddressBlock.of(address);
        if (all >= most || taken.getOrDefault(block, 0) >= mostOfOne) {
            return false;
        }
        taken.merge(block, 1, Integer::sum);
        all++;
        return true;
    }

    /** Gives a place back. */
    void leave(final InetAddress address) {
        free(AddressBlock.of(address));
    }

    /** Gives a place back in a while. */
    void leaveLater(final InetAddress address, final long nowMs) {
        kept.addLast(new Kept(AddressBlock.of(address), nowMs + keptMs));
    }

    private void free(final InetAddress block) {
        taken.computeIfPresent(block, (one, count) -> count == 1 ? null : count - 1);
        all--;
    }

    /** Gives back what was kept long enough. */
    void poll(final long nowMs) {
        while (!kept.isEmpty() && kept.peekFirst().untilMs <= nowMs) {
            free(kept.pollFirst().block);
        }
    }
}
