package io.trunkline.gateway.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** What is known of a call that has not ended. */
final class OpenCall {
    /** In place of a time that there is none of. */
    static final int NONE = -1;

    /** Octets of a text that are kept. */
    static final int MAX_TEXT = 255;

    private static final byte[] EMPTY = {};

    final long id;
    int tenant;
    CallDirection direction = CallDirection.OUT;
    int origin;
    long referenceHi;
    long referenceLo;
    long contentHash;
    int tableVersion;
    /** Wall time. */
    long startedAtMs;
    /** Of the clock that durations are taken from; means nothing in another process. */
    long beganMs;

    CallUnitState state = CallUnitState.PLACED;
    /** Carrier and trunk that it is with: of a call from the network where it came from, else the target tried last. */
    int carrier;

    int trunk;
    int routeRow;
    int routeRule;
    int attempts;
    int lastStatus;
    /** Provisional responses that were written down. */
    int provisionals;
    /** Letter of the attestation that the target tried last was given; 0: not signed. */
    int signedAs;
    /** What its own signature is worth: a {@link CallVerdict}'s number, and the letter of what that claims. */
    int verdict;

    int attested;
    int pddMs = NONE;
    int setupMs = NONE;
    /** Wall time at which it was known to be open; set once the process that knew it is gone. */
    long lastSeenAtMs;

    boolean lost;

    byte[] from = EMPTY;
    byte[] to = EMPTY;
    byte[] asserted = EMPTY;
    byte[] callId = EMPTY;

    OpenCall(final long id) {
        this.id = id;
    }

    boolean referenced() {
        return (referenceHi | referenceLo) != 0;
    }

    /** Whether its tenant hears of it by events: it placed it, or owns the number. Others hear all there is by SIP. */
    boolean told() {
        return origin == CallStart.ORIGIN_BINARY || direction == CallDirection.IN;
    }

    /** Milliseconds since it began. */
    int since(final long atMs) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, atMs - beganMs));
    }

    int textLength() {
        return from.length + to.length + asserted.length + callId.length;
    }

    CallLedger.View view() {
        return new CallLedger.View(
                id,
                tenant,
                direction,
                state,
                new String(from, UTF_8),
                new String(to, UTF_8),
                carrier,
                trunk,
                attempts,
                startedAtMs,
                setupMs == NONE ? 0 : startedAtMs + setupMs);
    }

    static byte[] text(final String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        final byte[] octets = text.getBytes(UTF_8);
        return octets.length <= MAX_TEXT ? octets : Arrays.copyOf(octets, MAX_TEXT);
    }
}
