package io.trunkline.sip.call;

import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.PeerAddress;
import io.trunkline.sip.message.SipFault;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.TimerValues;
import io.trunkline.sip.transaction.TransactionContext;
import io.trunkline.sip.transaction.TransactionLayer;
import io.trunkline.sip.transaction.TransactionLimits;
import io.trunkline.sip.transaction.TransactionUser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Clock and network between ends that are numbered from 1: messages arrive late, twice, in another order or never, by a seed
 * or as a test asks. What a test plans happens between them. Time goes on in steps of 5 ms.
 */
final class CallNetwork implements EpochClock {
    /** How bad the network is. */
    record Weather(double loss, double duplication, int minDelayMs, int maxDelayMs) {
        static final Weather FINE = new Weather(0, 0, 5, 5);
    }

    /** An end's address. */
    record Address(int port) implements Hop {
        @Override
        public boolean isReliable() {
            return false;
        }

        @Override
        public PeerAddress peer() {
            return new PeerAddress("192.0.2.1", port);
        }

        @Override
        public Hop withPort(final int other) {
            return new Address(other);
        }
    }

    /** A message that was sent, whether it arrived or not. */
    record Sent(long atMs, int from, int to, String text) {
        String startLine() {
            return text.substring(0, text.indexOf('\r'));
        }

        /** Value of the first header line of this name, or null. */
        String header(final String name) {
            for (final String line : text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n", -1)) {
                if (line.startsWith(name + ": ")) {
                    return line.substring(name.length() + 2);
                }
            }
            return null;
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }

        boolean is(final int source, final int destination, final String start) {
            return from == source && to == destination && text.startsWith(start);
        }

        @Override
        public String toString() {
            return atMs + " " + from + ">" + to + " " + startLine() + " (" + header("CSeq") + ")";
        }
    }

    private record Event(long atMs, long order, Runnable what) {}

    private static final class Loss {
        private final int from;
        private final int to;
        private final String start;
        private int left;

        Loss(final int from, final int to, final String start, final int times) {
            this.from = from;
            this.to = to;
            this.start = start;
            left = times;
        }
    }

    private static final long STEP_MS = 5;
    /** Small, as a test makes thousands of layers. */
    static final TransactionLimits SMALL = new TransactionLimits(1_000, 1_000, 4 << 20, 5, 16 * 1024);

    final SplittableRandom random;
    final List<Sent> trace = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            (a, b) -> a.atMs != b.atMs ? Long.compare(a.atMs, b.atMs) : Long.compare(a.order, b.order));
    private final List<TransactionLayer> layers = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final MessageIndexer indexer = new MessageIndexer(SipLimits.DEFAULT);
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final Weather weather;
    private final TransactionLimits limits;
    private Arrivals slow;
    private int slowEnd;
    private Runnable everyStep = () -> {};
    private long nowMs = 1_000_000;
    private long order;

    CallNetwork(final long seed, final Weather weather) {
        this(seed, weather, SMALL);
    }

    CallNetwork(final long seed, final Weather weather, final TransactionLimits limits) {
        random = new SplittableRandom(seed);
        this.weather = weather;
        this.limits = limits;
    }

    /** Takes what arrives at an end, and delivers it in its own time. */
    interface Arrivals {
        void arrived(byte[] octets, Runnable delivery);
    }

    /** What arrives at an end waits there until somebody delivers it. */
    void slow(final int end, final Arrivals arrivals) {
        slowEnd = end;
        slow = arrivals;
    }

    @Override
    public long time() {
        return nowMs;
    }

    void everyStep(final Runnable what) {
        everyStep = what;
    }

    /** A layer at the next end. */
    TransactionLayer layer(final TransactionUser user) {
        final int end = layers.size() + 1;
        final TransactionLayer layer = new TransactionLayer(new TransactionContext(
                limits,
                TimerValues.DEFAULT,
                this,
                random::nextLong,
                (hop, buffer, offset, length) -> send(end, hop, buffer, offset, length),
                user));
        layers.add(layer);
        return layer;
    }

    /** Loses the next messages that begin so, between two ends. */
    void lose(final int from, final int to, final String start, final int times) {
        losses.add(new Loss(from, to, start, times));
    }

    private boolean isLost(final int from, final int to, final String text) {
        for (final Loss loss : losses) {
            if (loss.left > 0 && loss.from == from && loss.to == to && text.startsWith(loss.start)) {
                loss.left--;
                return true;
            }
        }
        return random.nextDouble() < weather.loss;
    }

    boolean send(final int from, final Hop hop, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] octets = new byte[length];
        buffer.getBytes(offset, octets);
        final int to = ((Address) hop).port();
        final Sent sent = new Sent(nowMs, from, to, new String(octets, StandardCharsets.UTF_8));
        trace.add(sent);
        final int copies = random.nextDouble() < weather.duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            final int spread = weather.maxDelayMs - weather.minDelayMs + 1;
            final int delay = weather.minDelayMs + random.nextInt(spread);
            if (!isLost(from, to, sent.text)) {
                after(delay, () -> arrive(from, to, octets));
            }
        }
        return true;
    }

    private void arrive(final int from, final int to, final byte[] octets) {
        if (to == slowEnd) {
            slow.arrived(octets, () -> deliver(from, to, octets));
        } else {
            deliver(from, to, octets);
        }
    }

    /** Delivers a message now, as if it had come from that end. */
    void deliver(final int from, final int to, final byte[] octets) {
        if (to < 1 || to > layers.size()) {
            return;
        }
        indexer.indexDatagram(new UnsafeBuffer(octets), 0, octets.length, message);
        if (message.fault() != SipFault.NONE) {
            throw new AssertionError(message.fault() + ": " + new String(octets, StandardCharsets.UTF_8));
        }
        layers.get(to - 1).onMessage(message, new Address(from));
    }

    void after(final long delayMs, final Runnable what) {
        events.add(new Event(nowMs + delayMs, order++, what));
    }

    /** Lets time pass. */
    void run(final long forMs) {
        final long until = nowMs + forMs;
        while (nowMs < until) {
            nowMs = Math.min(until, nowMs + STEP_MS);
            while (!events.isEmpty() && events.peek().atMs <= nowMs) {
                events.poll().what.run();
            }
            for (final TransactionLayer layer : layers) {
                layer.poll(Integer.MAX_VALUE);
            }
            everyStep.run();
        }
    }

    /** Messages between two ends that begin so. */
    List<Sent> sent(final int from, final int to, final String start) {
        return trace.stream().filter(s -> s.is(from, to, start)).toList();
    }

    /** The last of {@link #sent}. */
    Sent last(final int from, final int to, final String start) {
        final List<Sent> all = sent(from, to, start);
        if (all.isEmpty()) {
            throw new AssertionError("never sent " + from + ">" + to + " " + start + " in\n" + this);
        }
        return all.get(all.size() - 1);
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        trace.forEach(sent -> text.append(sent).append('\n'));
        return text.toString();
    }
}
