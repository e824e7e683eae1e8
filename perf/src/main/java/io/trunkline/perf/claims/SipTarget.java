package io.trunkline.perf.claims;

import io.trunkline.perf.wire.RawSip;
import java.io.IOException;
import java.time.Duration;

/** The listener under attack, and what strangers have sent to it and got from it. */
final class SipTarget {
    /** How long an answer may take. */
    static final Duration SOON = Duration.ofSeconds(3);

    /** What is not there after this does not come. */
    static final Duration SILENCE = Duration.ofMillis(150);

    private final int port;
    private final long seed;
    private long strangersSent;
    private long strangersHeard;

    SipTarget(final int port, final long seed) {
        this.port = port;
        this.seed = seed;
    }

    int port() {
        return port;
    }

    /** A peer with this address. */
    RawSip from(final String address) throws IOException {
        return new RawSip(address, port, seed + System.nanoTime());
    }

    /** Waits for what a stranger still gets; null where all of it is allowed, else the complaint. */
    String judge(final RawSip stranger, final SipAllowance allowed) throws IOException, InterruptedException {
        Thread.sleep(SILENCE.toMillis());
        stranger.drain();
        strangersSent += stranger.sentOctets();
        strangersHeard += stranger.heardOctets();
        return allowed.complaint(stranger);
    }

    /** Null where the gateway still answers a platform's OPTIONS, else the complaint. */
    static String alive(final RawSip peer) throws IOException, InterruptedException {
        peer.drain();
        final String options = peer.request("OPTIONS", "ping", "");
        for (int attempt = 0; attempt < 4; attempt++) {
            peer.send(options);
            final String answer = peer.finalResponse(SOON);
            if (RawSip.header(options, "Call-ID").equals(RawSip.header(answer == null ? "" : answer, "Call-ID"))) {
                return RawSip.status(answer) == 200 ? null : "OPTIONS was answered " + RawSip.status(answer);
            }
        }
        return "OPTIONS was not answered any more";
    }

    /** Octets that strangers have sent so far. */
    long strangersSent() {
        return strangersSent;
    }

    /** Octets that strangers were answered with. */
    long strangersHeard() {
        return strangersHeard;
    }
}
