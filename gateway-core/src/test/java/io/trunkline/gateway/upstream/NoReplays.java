package io.trunkline.gateway.upstream;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.events.Replay;
import io.trunkline.gateway.events.ReplayDesk;
import io.trunkline.gateway.events.ReplaySink;
import io.trunkline.gateway.events.ReplayWish;

/** Replays nothing: there is no room for it. */
public final class NoReplays implements ReplayDesk {
    @Override
    public Replay replay(final int tenant, final ReplayWish wish, final ReplaySink sink) {
        sink.onEnded(new ReplaySink.End(ErrorCode.TOO_MANY_REPLAYS, 0, 0, 0, 0));
        return null;
    }
}
