package io.trunkline.sip.transport;

import java.util.List;

/**
 * Looks after what waits to leave over all connections together: each has a limit of its own, but a peer may have many. Over the limit
 * for all those are closed for which most waits.
 */
final class SlowReaders {
    /** Connections whose own limit makes the one for all. */
    private static final int CONNECTIONS = 16;
    /** How often it is looked, in parts of that limit: it costs a look at every connection. */
    private static final int LOOKS = 8;

    private final List<StreamConnection> connections;
    private final long most;
    private long since;

    SlowReaders(final List<StreamConnection> connections, final int maxQueued) {
        this.connections = connections;
        most = (long) maxQueued * CONNECTIONS;
    }

    /** So many octets more were sent over a connection. */
    void sent(final int length) {
        since += length;
        if (since >= most / LOOKS) {
            since = 0;
            look();
        }
    }

    private void look() {
        long waiting = 0;
        for (int i = 0; i < connections.size(); i++) {
            final StreamConnection connection = connections.get(i);
            waiting += connection.isClosing() ? 0 : connection.waiting();
        }
        for (StreamConnection slowest = slowest(); waiting > most && slowest != null; slowest = slowest()) {
            waiting -= slowest.waiting();
            slowest.tooSlow();
        }
    }

    /** The open connection for which most waits, or null. */
    private StreamConnection slowest() {
        StreamConnection slowest = null;
        for (int i = 0; i < connections.size(); i++) {
            final StreamConnection connection = connections.get(i);
            if (!connection.isClosing() && (slowest == null || connection.waiting() > slowest.waiting())) {
                slowest = connection;
            }
        }
        return slowest;
    }
}
