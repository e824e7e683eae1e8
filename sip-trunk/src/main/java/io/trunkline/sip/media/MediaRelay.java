package io.trunkline.sip.media;

import io.trunkline.sip.media.RelayAnswer.Result;
import io.trunkline.sip.time.Timed;
import io.trunkline.sip.time.TimerWheel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.EpochClock;

/**
 * The client of one rtpengine: one datagram per request and answer, matched by a cookie; a request is repeated until it is
 * answered, which rtpengine knows by the cookie and does not do twice.
 *
 * <pre>
 *   0123456789abcdef d3:sdp123:v=0...7:call-id3:abc7:command5:offer8:from-tag1:ae
 *   0123456789abcdef d3:sdp130:v=0...6:result2:oke
 *   cookie           dictionary
 * </pre>
 */
public final class MediaRelay {
    /** Takes datagrams to the relay; what it does not take is repeated later. */
    @FunctionalInterface
    public interface Out {
        void send(DirectBuffer datagram, int offset, int length);
    }

    private static final int COOKIE = 16;
    private static final int MAX_ANSWERS_PER_POLL = 1_024;
    private static final Set<String> DONE = Set.of("ok", "pong");
    private static final List<String> REPLACED = List.of("origin", "session-connection");

    private final RelayLimits limits;
    private final EpochClock clock;
    private final LongSupplier random;
    private final Out out;
    private final RelayCounters counters = new RelayCounters();
    private final Long2ObjectHashMap<Request> pending = new Long2ObjectHashMap<>();
    private final TimerWheel wheel;

    /**
     * A relay that was not asked anything yet.
     *
     * @param clock milliseconds that never go back
     * @param random 64 bits that others cannot guess, or they could answer
     */
    public MediaRelay(final RelayLimits limits, final EpochClock clock, final LongSupplier random, final Out out) {
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.out = out;
        wheel = new TimerWheel(clock.time());
    }

    public RelayCounters counters() {
        return counters;
    }

    /** Requests without answer. */
    public int pending() {
        return pending.size();
    }

    /** Repeats and gives up what is due. */
    public int poll() {
        return wheel.poll(clock.time(), MAX_ANSWERS_PER_POLL);
    }

    /**
     * Anchors the media of an offer: the description that comes back names the relay.
     *
     * @param call names the call to the relay
     * @param fromTag names the offering side
     * @param sdp as it came, a character per octet
     * @param flags further keys of the request, as {@code ICE} or {@code transport-protocol}
     * @param then hears exactly once what came of it, perhaps before this returns
     */
    public void offer(
            final String call,
            final String fromTag,
            final String sdp,
            final Map<String, String> flags,
            final Consumer<RelayAnswer> then) {
        ask(described("offer", call, fromTag, null, sdp, flags), then);
    }

    /**
     * Anchors the media of the answer to an offer.
     *
     * @param fromTag that of the offer
     * @param toTag names the answering side
     */
    public void answer(
            final String call,
            final String fromTag,
            final String toTag,
            final String sdp,
            final Map<String, String> flags,
            final Consumer<RelayAnswer> then) {
        ask(described("answer", call, fromTag, toTag, sdp, flags), then);
    }

    /** Ends what is anchored for a call. */
    public void delete(final String call, final String fromTag, final Consumer<RelayAnswer> then) {
        final Map<String, Object> request = request("delete", call);
        request.put("from-tag", fromTag);
        // It would keep the ports for half a minute in case that the call came back.
        request.put("delete delay", 0L);
        ask(request, then);
    }

    /** Asks whether the relay is there. */
    public void ping(final Consumer<RelayAnswer> then) {
        final Map<String, Object> request = new LinkedHashMap<>();
        request.put("command", "ping");
        ask(request, then);
    }

    /** Asks what the relay knows of a call: its media, packets and octets. */
    public void query(final String call, final Consumer<RelayAnswer> then) {
        ask(request("query", call), then);
    }

    private static Map<String, Object> request(final String command, final String call) {
        final Map<String, Object> request = new LinkedHashMap<>();
        request.put("command", command);
        request.put("call-id", call);
        return request;
    }

    private static Map<String, Object> described(
            final String command,
            final String call,
            final String fromTag,
            final String toTag,
            final String sdp,
            final Map<String, String> flags) {
        final Map<String, Object> request = request(command, call);
        request.put("from-tag", fromTag);
        if (toTag != null) {
            request.put("to-tag", toTag);
        }
        request.put("sdp", sdp);
        // Also what the peer says of its own network in o= and c= is not for the other side.
        request.put("replace", REPLACED);
        request.putAll(flags);
        return request;
    }

    private void ask(final Map<String, Object> dictionary, final Consumer<RelayAnswer> then) {
        final ExpandableArrayBuffer octets = new ExpandableArrayBuffer(1_024);
        long cookie = random.getAsLong();
        while (pending.containsKey(cookie)) {
            cookie = random.getAsLong();
        }
        octets.putStringWithoutLengthAscii(0, String.format("%016x ", cookie));
        final int length = Bencode.write(octets, COOKIE + 1, dictionary);
        if (pending.size() >= limits.maxPending() || length > limits.maxRequest()) {
            counters.notAsked++;
            then.accept(RelayAnswer.of(Result.NOT_ASKED, "too many requests without answer, or one that is too large"));
            return;
        }
        final Request request = new Request(cookie, octets, length, clock.time(), then);
        pending.put(cookie, request);
        counters.asked++;
        request.send(clock.time());
    }

    /** A datagram of the relay. Its sender was looked at by the socket, which is connected. */
    public void onDatagram(final DirectBuffer datagram, final int offset, final int length) {
        final Long cookie = cookie(datagram, offset, length);
        if (cookie == null) {
            counters.malformed++;
            return;
        }
        final Request request = pending.remove(cookie.longValue());
        if (request == null) {
            counters.strays++;
            return;
        }
        wheel.cancel(request);
        final int skipped = COOKIE + 1;
        final Map<String, Object> read = Bencode.read(datagram, offset + skipped, length - skipped);
        if (read == null) {
            counters.malformed++;
            request.then.accept(RelayAnswer.of(Result.SILENT, "what the relay says is no answer"));
            return;
        }
        final String result = String.valueOf(read.get("result"));
        if (DONE.contains(result)) {
            final String sdp = read.get("sdp") instanceof String text ? text : "";
            request.then.accept(new RelayAnswer(Result.OK, sdp, "", read));
        } else {
            // `error` says why in one member, `load limit` in another.
            counters.errors++;
            final Object why = read.getOrDefault("error-reason", read.getOrDefault("message", result));
            request.then.accept(new RelayAnswer(Result.ERROR, "", String.valueOf(why), read));
        }
    }

    private static Long cookie(final DirectBuffer datagram, final int offset, final int length) {
        if (length <= COOKIE || datagram.getByte(offset + COOKIE) != ' ') {
            return null;
        }
        final byte[] digits = new byte[COOKIE];
        datagram.getBytes(offset, digits);
        try {
            return Long.parseUnsignedLong(new String(digits, StandardCharsets.ISO_8859_1), COOKIE);
        } catch (final NumberFormatException e) {
            return null;
        }
    }

    private final class Request extends Timed {
        private final long cookie;
        private final DirectBuffer octets;
        private final int length;
        private final long endsAtMs;
        private final Consumer<RelayAnswer> then;
        private long waitMs = limits.repeatMs();

        Request(
                final long cookie,
                final DirectBuffer octets,
                final int length,
                final long nowMs,
                final Consumer<RelayAnswer> then) {
            this.cookie = cookie;
            this.octets = octets;
            this.length = length;
            this.then = then;
            endsAtMs = nowMs + limits.timeoutMs();
        }

        void send(final long nowMs) {
            wheel.schedule(this, Math.min(nowMs + waitMs, endsAtMs));
            waitMs *= 2;
            out.send(octets, 0, length);
        }

        @Override
        protected void onTimer(final long nowMs) {
            if (nowMs < endsAtMs) {
                counters.repeated++;
                send(nowMs);
                return;
            }
            pending.remove(cookie);
            counters.silent++;
            then.accept(RelayAnswer.of(Result.SILENT, "the relay did not answer in time"));
        }
    }
}
