package io.trunkline.sip.transport;

import java.util.ArrayList;
import java.util.List;

/**
 * The sockets in which a read has left something, as it took as much as it may in one duty cycle: more arrives there than is
 * handled. How much more, nobody says; but since when.
 */
public final class Backlogs {
    private final List<Output> sockets = new ArrayList<>();

    /**
     * A socket was read.
     *
     * @param left whether it brought as much as it may, and so may have more
     */
    void read(final Output socket, final boolean left, final long nowMs) {
        socket.lookedAt = true;
        if (!left) {
            empty(socket);
            return;
        }
        if (!socket.behind) {
            socket.behind = true;
            socket.behindSinceMs = nowMs;
            sockets.add(socket);
        }
    }

    /** There is nothing in a socket, or no socket any more. */
    void empty(final Output socket) {
        if (socket.behind) {
            socket.behind = false;
            sockets.remove(socket);
        }
    }

    /** A duty cycle has read all sockets in which there was something: one that was not read had nothing left after all. */
    public void cycle() {
        for (int i = sockets.size() - 1; i >= 0; i--) {
            final Output socket = sockets.get(i);
            if (!socket.lookedAt) {
                socket.behind = false;
                sockets.remove(i);
            }
            socket.lookedAt = false;
        }
    }

    /** For how long the one that is worst off was not read empty, ms; 0: all are empty. */
    public long behindMs(final long nowMs) {
        long longest = 0;
        for (int i = 0; i < sockets.size(); i++) {
            longest = Math.max(longest, nowMs - sockets.get(i).behindSinceMs);
        }
        return longest;
    }
}
