package io.trunkline.gateway.upstream.binary;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.events.CallEvent;
import io.trunkline.gateway.events.InboundEvent;
import io.trunkline.gateway.events.Replay;
import io.trunkline.gateway.events.ReplayDesk;
import io.trunkline.gateway.events.ReplaySink;
import io.trunkline.gateway.events.ReplayWish;
import io.trunkline.gateway.events.StatusEvent;
import io.trunkline.upstream.codec.ReplayEventsDecoder;

/**
 * The replay of one session, at most one at a time. It takes a part of the output only, so that answers and live events pass; a
 * client that does not read holds it up, and nothing else.
 */
final class SessionReplay implements ReplaySink, SessionRoom.Waiter {
    /** Bytes that may wait on their way to the client. */
    private static final int SHARE = 32 * 1024;

    private static final int RETRY_AFTER_MS = 1_000;

    private final BinarySession session;
    private final ReplayDesk desk;
    private final int tenant;
    private long requestId;
    private Replay replay;
    private boolean holding;

    SessionReplay(final BinarySession session, final ReplayDesk desk, final int tenant) {
        this.session = session;
        this.desk = desk;
        this.tenant = tenant;
    }

    void begin(final ReplayEventsDecoder asked) {
        if (replay != null) {
            end(asked.requestId(), new End(ErrorCode.TOO_MANY_REPLAYS, 0, 0, 0, 0));
            return;
        }
        requestId = asked.requestId();
        holding = false;
        replay = desk.replay(tenant, wish(asked), this);
    }

    private static ReplayWish wish(final ReplayEventsDecoder asked) {
        return new ReplayWish(
                asked.fromMs() == ReplayEventsDecoder.fromMsNullValue() ? ReplayWish.FROM_OLDEST : asked.fromMs(),
                asked.toMs() == ReplayEventsDecoder.toMsNullValue() ? ReplayWish.TO_NEWEST : asked.toMs(),
                asked.fromIndex() == ReplayEventsDecoder.fromIndexNullValue()
                        ? ReplayWish.FROM_OLDEST
                        : asked.fromIndex(),
                asked.toIndex() == ReplayEventsDecoder.toIndexNullValue() ? ReplayWish.TO_NEWEST : asked.toIndex(),
                asked.unitId(),
                (int) Math.min(Integer.MAX_VALUE, asked.eventsPerSecond()));
    }

    /** No more of this request is wanted; one that is over has its answer. */
    void stop(final long request) {
        if (replay != null && request == requestId) {
            replay.stop();
        }
    }

    @Override
    public boolean onStatus(final StatusEvent event) {
        return hasRoom() && sent(session.encoder().status(session.output(), event, true));
    }

    @Override
    public boolean onInbound(final InboundEvent event) {
        return hasRoom() && sent(session.encoder().inbound(session.output(), event, true));
    }

    @Override
    public boolean onCall(final CallEvent event) {
        return hasRoom() && sent(session.encoder().call(session.output(), event, true));
    }

    @Override
    public void onProgress(final long nextIndex, final long events) {
        session.appended(session.encoder().replayProgress(session.output(), requestId, nextIndex, events));
    }

    @Override
    public void onEnded(final End end) {
        replay = null;
        holding = false;
        end(requestId, end);
    }

    private void end(final long request, final End end) {
        final int retryAfterMs = end.code().retryable() ? RETRY_AFTER_MS : 0;
        session.appended(session.encoder().replayEnded(session.output(), request, end, retryAfterMs));
    }

    private boolean hasRoom() {
        holding = !session.room().waitFewerThan(SHARE);
        return !holding;
    }

    private boolean sent(final int bytes) {
        session.appended(bytes);
        session.counters().eventsSent++;
        return true;
    }

    @Override
    public boolean holding() {
        return holding;
    }

    @Override
    public void resumeIfRoom() {
        if (holding && replay != null && session.room().waitFewerThan(SHARE)) {
            holding = false;
            replay.resume();
        }
    }

    /** The session ends. */
    void abandon() {
        final Replay gone = replay;
        replay = null;
        holding = false;
        if (gone != null) {
            gone.abandon();
        }
    }
}
