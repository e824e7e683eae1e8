package io.trunkline.smpp.session;

import java.util.ArrayList;
import java.util.List;

/** The sessions of a server on one event loop. */
final class McLoop {
    private final List<McSession> sessions = new ArrayList<>();

    void add(final McSession session) {
        sessions.add(session);
    }

    void remove(final McSession session) {
        final int at = sessions.indexOf(session);
        if (at >= 0) {
            final McSession last = sessions.remove(sessions.size() - 1);
            if (last != session) {
                sessions.set(at, last);
            }
        }
    }

    /** From the back, so that sessions which end meanwhile leave none out. */
    void onTick(final long nowNs) {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            if (i < sessions.size()) {
                tick(sessions.get(i), nowNs);
            }
        }
    }

    /** A listener that fails ends the session that it failed for, not the clock of the others. */
    private static void tick(final McSession session, final long nowNs) {
        try {
            session.onTick(nowNs);
        } catch (final RuntimeException e) {
            session.connection().fail(e);
        }
    }

    /** Ends all of them: those bound by unbind. */
    void close() {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            if (i < sessions.size()) {
                sessions.get(i).close(CloseCause.DISABLED);
            }
        }
    }
}
