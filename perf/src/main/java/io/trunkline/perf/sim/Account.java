package io.trunkline.perf.sim;

import java.util.ArrayList;
import java.util.List;

/** The binds of one system_id. */
final class Account {
    final int index;
    final String systemId;
    private final List<McSession> bound = new ArrayList<>();
    private int turn;

    Account(final int index, final String systemId) {
        this.index = index;
        this.systemId = systemId;
    }

    int binds() {
        return bound.size();
    }

    void add(final McSession session) {
        bound.add(session);
    }

    void remove(final McSession session) {
        bound.remove(session);
    }

    /** The next bind in turn that takes deliver_sm, another than {@code not} if there is one; null where none does. */
    McSession receiver(final McSession not) {
        for (int i = 0; i < bound.size(); i++) {
            turn = turn + 1 >= bound.size() ? 0 : turn + 1;
            final McSession session = bound.get(turn);
            if (session.receives() && session != not) {
                return session;
            }
        }
        return not != null && not.receives() && bound.contains(not) ? not : null;
    }
}
