package io.trunkline.perf.claims;

import io.trunkline.client.ClientConfig;
import io.trunkline.client.ClientListener;
import io.trunkline.client.ClientReference;
import io.trunkline.client.Submit;
import io.trunkline.client.SubmitResult;
import io.trunkline.client.TrunklineClient;
import io.trunkline.perf.Marker;
import io.trunkline.perf.prove.DaemonSetup;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Offers more than limits let through, each key at its own constant rate, whatever the gateway answers; what cannot be sent
 * while it is away is lost. One thread.
 */
final class LimitPressure implements AutoCloseable {
    private static final int PATIENCE_S = 20;
    private static final long TURN_NS = 2_000_000;
    /** What was due while this thread slept longer than that is left out: pressure, not a flood. */
    private static final long MOST_BEHIND_NS = 200_000_000;

    private final List<LimitedKey> keys;
    private final Map<String, TrunklineClient> clients = new HashMap<>();
    private final Map<Integer, LongAdder> wrongRefusals = new ConcurrentHashMap<>();
    private final LongAdder offered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Thread thread = new Thread(this::press, "pressure");
    private volatile boolean ended;

    LimitPressure(final DaemonSetup setup, final List<LimitedKey> keys) throws Exception {
        this.keys = keys;
        for (final LimitedKey key : keys) {
            if (!clients.containsKey(key.kind().tenant())) {
                final ClientConfig config = ClientConfig.to("127.0.0.1", setup.binaryPort())
                        .tenant(key.kind().tenant(), DaemonSetup.SECRET)
                        .withoutEvents()
                        .backoffMs(100, 300)
                        .build();
                final TrunklineClient client = TrunklineClient.connect(config, new ClientListener() {});
                clients.put(key.kind().tenant(), client);
                client.connected().get(PATIENCE_S, TimeUnit.SECONDS);
            }
        }
    }

    LimitPressure start() {
        thread.start();
        return this;
    }

    private void press() {
        final long[] units = new long[keys.size()];
        final double[] due = new double[keys.size()];
        long before = System.nanoTime();
        while (!ended) {
            LockSupport.parkNanos(TURN_NS);
            final long now = System.nanoTime();
            final double seconds = Math.min(now - before, MOST_BEHIND_NS) / 1e9;
            before = now;
            for (int i = 0; i < keys.size(); i++) {
                due[i] += keys.get(i).offered() * seconds;
                for (; due[i] >= 1; due[i]--) {
                    submit(keys.get(i), ++units[i]);
                }
            }
        }
    }

    private void submit(final LimitedKey key, final long unit) {
        final long marker = key.marker(unit);
        offered.increment();
        final CompletableFuture<SubmitResult> unused = clients.get(key.kind().tenant())
                .submit(Submit.of(new ClientReference(11, marker))
                        .from(key.from())
                        .to(key.to() + (1_000_000 + unit % 1_000_000))
                        .campaign(key.campaign())
                        .text(text(marker, key.segments()))
                        .build())
                .whenComplete((result, failure) -> {
                    if (result instanceof SubmitResult.Refused no) {
                        refused.increment();
                        if (no.refusal().code() != key.kind().refusal().number()) {
                            wrongRefusals
                                    .computeIfAbsent(no.refusal().code(), code -> new LongAdder())
                                    .increment();
                        }
                    }
                });
    }

    /** A marker in each segment. */
    private static String text(final long marker, final int segments) {
        final byte[] octets = new byte[Marker.LENGTH];
        Marker.write(octets, 0, marker);
        final String one = new String(octets, StandardCharsets.US_ASCII) + " your parcel is on its way to you today";
        return segments == 1 ? one : one.repeat(1 + (segments - 1) * 3);
    }

    /** Ends the pressure; the connections stay. */
    void stop() throws InterruptedException {
        ended = true;
        thread.join();
    }

    long offered() {
        return offered.sum();
    }

    long refused() {
        return refused.sum();
    }

    /** Refusals with another code than that of the key's limit, by code. */
    Map<Integer, Long> wrongRefusals() {
        final Map<Integer, Long> counts = new HashMap<>();
        wrongRefusals.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }

    @Override
    public void close() {
        ended = true;
        clients.values().forEach(TrunklineClient::close);
    }
}
