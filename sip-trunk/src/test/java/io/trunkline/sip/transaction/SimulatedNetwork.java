package io.trunkline.sip.transaction;

import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.PeerAddress;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Clock and network of a test: messages between named ends arrive late, twice, in another order or never, all by one seed.
 * Time goes on from event to event.
 */
final class SimulatedNetwork implements EpochClock {
    /** How bad the network is. */
    record Weather(double loss, double duplication, long minDelayMs, long maxDelayMs, boolean reliable) {
        static final Weather FINE = new Weather(0, 0, 1, 1, false);
        static final Weather RELIABLE = new Weather(0, 0, 5, 5, true);
    }

    /** A peer's address as one end sees it. */
    record Address(SimulatedNetwork network, int port, boolean isReliable) implements Hop {
        @Override
        public PeerAddress peer() {
            return new PeerAddress("192.0.2.1", port);
        }

        @Override
        public Hop withPort(final int other) {
            return new Address(network, other, isReliable);
        }

        @Override
        public Hop elsewhere(final String host, final int other) {
            return host.equals("192.0.2.1") ? withPort(other) : null;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Flight(long atMs, long order, int fromPort, int toPort, byte[] octets) {}

    private static final long STEP_MS = 10;

    private final SplittableRandom random;
    private final PriorityQueue<Flight> flights = new PriorityQueue<>(
            (a, b) -> a.atMs != b.atMs ? Long.compare(a.atMs, b.atMs) : Long.compare(a.order, b.order));
    private final List<TransactionLayer> layers = new ArrayList<>();
    private final MessageIndexer indexer = new MessageIndexer(SipLimits.DEFAULT);
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    final List<String> trace = new ArrayList<>();
    Weather weather;
    boolean broken;
    private long nowMs = 1_000;
    private long order;
    long lost;

    SimulatedNetwork(final long seed, final Weather weather) {
        random = new SplittableRandom(seed);
        this.weather = weather;
    }

    @Override
    public long time() {
        return nowMs;
    }

    /** The address of the n-th layer, from 1. */
    Hop address(final int number) {
        return new Address(this, number, weather.reliable);
    }

    /** A layer with the next number. */
    TransactionLayer layer(final TransactionLimits limits, final TimerValues timers, final TransactionUser user) {
        final int from = layers.size() + 1;
        final MessageTransport transport = (hop, buffer, offset, length) -> send(from, hop, buffer, offset, length);
        final TransactionLayer layer =
                new TransactionLayer(new TransactionContext(limits, timers, this, random::nextLong, transport, user));
        layers.add(layer);
        return layer;
    }

    private boolean send(final int from, final Hop hop, final DirectBuffer buffer, final int offset, final int length) {
        if (broken) {
            return false;
        }
        final byte[] octets = new byte[length];
        buffer.getBytes(offset, octets);
        final int to = ((Address) hop).port();
        trace.add(nowMs + " " + from + ">" + to + " "
                + new UnsafeBuffer(octets).getStringWithoutLengthAscii(0, firstLine(octets)));
        final int copies = random.nextDouble() < weather.duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextDouble() < weather.loss) {
                lost++;
            } else {
                final long delay =
                        weather.minDelayMs + random.nextInt((int) (weather.maxDelayMs - weather.minDelayMs) + 1);
                flights.add(new Flight(nowMs + delay, order++, from, to, octets));
            }
        }
        return true;
    }

    private static int firstLine(final byte[] octets) {
        int end = 0;
        while (octets[end] != '\r') {
            end++;
        }
        return end;
    }

    /** Delivers a message as if it had come from that address. */
    void inject(final int from, final int to, final byte[] octets) {
        indexer.indexDatagram(new UnsafeBuffer(octets), 0, octets.length, message);
        layers.get(to - 1).onMessage(message, new Address(this, from, weather.reliable));
    }

    /** Lets time pass. */
    void run(final long forMs) {
        final long until = nowMs + forMs;
        while (nowMs < until) {
            nowMs = Math.min(until, nowMs + STEP_MS);
            while (!flights.isEmpty() && flights.peek().atMs <= nowMs) {
                final Flight flight = flights.poll();
                if (flight.toPort <= layers.size()) {
                    inject(flight.fromPort, flight.toPort, flight.octets);
                }
            }
            for (final TransactionLayer layer : layers) {
                layer.poll(Integer.MAX_VALUE);
            }
        }
    }

    /** Messages that were sent with this start line's beginning, from anyone to anyone. */
    long sent(final String startLine) {
        return trace.stream()
                .filter(line -> line.substring(line.indexOf(' ', line.indexOf(' ') + 1) + 1)
                        .startsWith(startLine))
                .count();
    }
}
