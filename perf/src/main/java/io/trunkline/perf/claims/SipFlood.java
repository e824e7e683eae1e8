package io.trunkline.perf.claims;

import io.trunkline.perf.wire.RawSip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** INVITEs from one address at a constant rate, each another call, on a thread of its own; answers are counted and dropped. */
final class SipFlood implements AutoCloseable {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long BREATH_NS = 1_000_000;
    private static final int DIGITS = 16;
    private static final String PLACE = "f".repeat(DIGITS);

    private final RawSip socket;
    private final double perSecond;
    private final byte[] invite;
    private final int[] places;
    private final Thread thread;
    private final AtomicReference<IOException> trouble = new AtomicReference<>();
    private volatile boolean running = true;
    private final AtomicLong sent = new AtomicLong();

    /** Starts it. */
    SipFlood(final String from, final int port, final String to, final double perSecond, final long seed)
            throws IOException {
        socket = new RawSip(from, port, seed);
        this.perSecond = perSecond;
        // Branch, tag and Call-ID are places of one length, overwritten for each call.
        final String text = socket.request("INVITE", to, "User-Agent: flood\r\n")
                .replaceFirst("z9hG4bK[0-9a-f]+", "z9hG4bK" + PLACE)
                .replaceFirst(";tag=[0-9a-f]+", ";tag=" + PLACE)
                .replaceFirst("Call-ID: [0-9a-f]+", "Call-ID: " + PLACE);
        invite = text.getBytes(StandardCharsets.US_ASCII);
        places = new int[] {text.indexOf("z9hG4bK") + 7, text.indexOf(";tag=") + 5, text.indexOf("Call-ID: ") + 9};
        thread = new Thread(this::run, "flood-" + from);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        final long startNs = System.nanoTime();
        try {
            while (running) {
                final long due = (long) ((System.nanoTime() - startNs) / (double) NS_PER_SECOND * perSecond);
                if (sent.get() >= due) {
                    socket.drain();
                    LockSupport.parkNanos(BREATH_NS);
                    continue;
                }
                number(sent.get());
                if (socket.send(invite)) {
                    sent.incrementAndGet();
                }
            }
        } catch (final IOException e) {
            trouble.set(e);
        }
    }

    private void number(final long value) {
        for (final int place : places) {
            for (int i = 0; i < DIGITS; i++) {
                invite[place + i] = (byte) Character.forDigit((int) (value >>> (60 - 4 * i)) & 0xf, 16);
            }
        }
    }

    /** INVITEs that left. */
    long sent() {
        return sent.get();
    }

    /** Of each INVITE. */
    int octetsOfInvite() {
        return invite.length;
    }

    /** Ends it, and waits for what is still on its way back. */
    @Override
    public void close() throws IOException {
        running = false;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (trouble.get() != null) {
            throw trouble.get();
        }
        socket.drain();
        socket.close();
    }

    /** What it sent and heard; complete once it has ended. */
    RawSip socket() {
        return socket;
    }
}
