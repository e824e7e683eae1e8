package io.trunkline.gateway.calls;

import io.trunkline.sip.call.CallDesk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks each minute whether all that is held belongs to calls: the desk's calls are those that are written down, and the places taken
 * on each trunk those of calls that go over it. Between duty cycles there is no moment at which that may be otherwise.
 */
final class LeakWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LeakWatch.class);
    private static final long EVERY_MS = 60_000;

    private final CallDesk desk;
    private final CallFlow flow;
    private final TrunkBook book;
    private long nextMs;
    private boolean found;

    LeakWatch(final CallDesk desk, final CallFlow flow, final TrunkBook book, final long nowMs) {
        this.desk = desk;
        this.flow = flow;
        this.book = book;
        nextMs = nowMs + EVERY_MS;
    }

    void poll(final long nowMs) {
        if (nowMs >= nextMs) {
            nextMs = nowMs + EVERY_MS;
            look();
        }
    }

    /** Looks now. */
    void look() {
        boolean wrong = desk.calls() != flow.size();
        if (wrong) {
            LOG.error("calls leak: {} at the desk, {} written down; {}", desk.calls(), flow.size(), desk.audit());
        }
        for (final Peer peer : book.all()) {
            if (peer.trunk().admission().calls() != peer.calls()) {
                LOG.error(
                        "calls leak: {} holds {} places for {} calls",
                        peer,
                        peer.trunk().admission().calls(),
                        peer.calls());
                wrong = true;
            }
        }
        found = wrong;
    }

    boolean found() {
        return found;
    }
}
