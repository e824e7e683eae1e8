package io.trunkline.gateway.calls;

import io.netty.channel.EventLoop;
import io.trunkline.gateway.config.Sip;
import io.trunkline.sip.call.MediaAnchor;
import io.trunkline.sip.media.MediaRelay;
import io.trunkline.sip.media.RelayAnswer;
import io.trunkline.sip.media.RelayCounters;
import io.trunkline.sip.media.RelayLimits;
import io.trunkline.sip.transport.PeerSocket;
import io.trunkline.sip.transport.SocketTypes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Anchors calls at the relay of the configuration. Once that has not answered in time it counts as dead, and no call waits for it
 * until it answers a ping: calls are refused then, or their media goes from end to end, as the configuration says.
 */
final class AnchoredMedia implements MediaAnchor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnchoredMedia.class);
    /** Octets of requests that wait to leave. */
    private static final int MAX_QUEUED = 4 << 20;

    private static final long PING_EVERY_MS = 1_000;
    private static final long REPEAT_SHARE = 5;

    /** What the relay knows of a call. */
    private static final class Room {
        /** Requests without answer. */
        private int asked;
        /** The side that offered first, by which the call is known there. */
        private String from = "";
        /** Media goes from end to end: the relay was dead when it was asked. */
        private boolean passed;

        private boolean anchored;
        private boolean over;
    }

    private final EpochClock clock;
    private final boolean passes;
    private final PeerSocket socket;
    private final MediaRelay relay;
    private final Map<String, Room> rooms = new HashMap<>();
    private boolean dead;
    private long pingAtMs;
    private long passed;
    private long refused;

    /** Opens the way to the relay. */
    AnchoredMedia(final Sip.Media config, final EventLoop loop, final EpochClock clock, final LongSupplier random) {
        this.clock = clock;
        passes = config.whenDead() == Sip.WhenDead.PASS;
        final long timeoutMs = config.timeout().toMillis();
        final RelayLimits usual = RelayLimits.DEFAULT;
        socket =
                new PeerSocket(loop, SocketTypes.epoll(), config.relay().socketAddress(), MAX_QUEUED, this::onDatagram);
        relay = new MediaRelay(
                new RelayLimits(
                        usual.maxPending(),
                        usual.maxRequest(),
                        Math.min(usual.repeatMs(), timeoutMs / REPEAT_SHARE),
                        timeoutMs),
                clock,
                random,
                socket::send);
    }

    private void onDatagram(final DirectBuffer datagram, final int offset, final int length) {
        relay.onDatagram(datagram, offset, length);
    }

    @Override
    public void offer(final String call, final String from, final String sdp, final Consumer<String> then) {
        final Room room = rooms.computeIfAbsent(call, key -> new Room());
        if (room.passed || dead) {
            without(room, sdp, then);
            return;
        }
        room.from = room.from.isEmpty() ? from : room.from;
        room.asked++;
        relay.offer(call, from, sdp, Map.of(), answer -> heard(call, room, sdp, answer, then));
    }

    @Override
    public void answer(
            final String call, final String from, final String to, final String sdp, final Consumer<String> then) {
        final Room room = rooms.computeIfAbsent(call, key -> new Room());
        if (room.passed || dead) {
            without(room, sdp, then);
            return;
        }
        room.asked++;
        relay.answer(call, from, to, sdp, Map.of(), answer -> heard(call, room, sdp, answer, then));
    }

    private void heard(
            final String call,
            final Room room,
            final String sdp,
            final RelayAnswer answer,
            final Consumer<String> then) {
        room.asked--;
        room.anchored |= answer.isOk();
        if (answer.result() == RelayAnswer.Result.SILENT) {
            died(answer.why());
        }
        if (room.over) {
            forget(call, room);
            then.accept(null);
        } else if (answer.isOk() && !answer.sdp().isEmpty()) {
            then.accept(answer.sdp());
        } else {
            without(room, sdp, then);
        }
    }

    /** Media of which one half is anchored already would lead nowhere if the other half were not. */
    private void without(final Room room, final String sdp, final Consumer<String> then) {
        final boolean goesOn = room.passed || (passes && !room.anchored);
        if (goesOn) {
            passed += room.passed ? 0 : 1;
            room.passed = true;
            then.accept(sdp);
        } else {
            refused++;
            then.accept(null);
        }
    }

    @Override
    public void end(final String call) {
        final Room room = rooms.get(call);
        if (room != null) {
            room.over = true;
            forget(call, room);
        }
    }

    /** Lets a call go that is over, at the relay too once nothing is asked any more: an offer that came late would stay there. */
    private void forget(final String call, final Room room) {
        if (room.asked > 0 || !rooms.remove(call, room) || room.from.isEmpty()) {
            return;
        }
        relay.delete(call, room.from, answer -> {
            if (answer.result() == RelayAnswer.Result.SILENT) {
                died(answer.why());
            }
        });
    }

    private void died(final String why) {
        if (!dead) {
            dead = true;
            pingAtMs = clock.time();
            LOG.error(
                    "the media relay is dead: {}; calls {} until it answers",
                    why,
                    passes ? "go without it" : "are refused");
        }
    }

    /** What is due in a duty cycle. */
    int poll() {
        final long nowMs = clock.time();
        if (dead && nowMs >= pingAtMs) {
            pingAtMs = nowMs + PING_EVERY_MS;
            relay.ping(answer -> {
                if (answer.isOk() && dead) {
                    dead = false;
                    LOG.info("the media relay answers");
                }
            });
        }
        final int work = relay.poll();
        socket.flush();
        return work;
    }

    boolean isDead() {
        return dead;
    }

    /** Calls that are anchored, or were when the relay died. */
    int calls() {
        return rooms.size();
    }

    /** Calls whose media went from end to end as the relay was dead. */
    long passed() {
        return passed;
    }

    /** Descriptions that did not go on. */
    long refused() {
        return refused;
    }

    RelayCounters counters() {
        return relay.counters();
    }

    @Override
    public void close() {
        socket.close();
    }
}
