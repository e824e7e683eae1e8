package io.trunkline.gateway.billing;

import io.trunkline.gateway.journal.codec.CallEndedDecoder;
import java.util.Arrays;

/** What the journal says of a call beside what it says of every unit. Part of {@link UnitFacts}; filled and reused with it. */
public final class CallFacts {
    /** In place of a time that there is none of. */
    public static final int NONE = -1;

    /** From the start until it rang, ms; {@link #NONE}. */
    public int pddMs;
    /** From the start until the answer, ms; {@link #NONE}. */
    public int setupMs;
    /** From the answer to the end, ms; {@link #NONE}: it was not answered, and nothing is owed. */
    public int talkMs;
    /** From the start to the end, ms. */
    public int lengthMs;

    public int attempts;
    /** Number of a {@link io.trunkline.gateway.calls.CallEndReason}. */
    public int reason;
    /** Q.850; 0 not known. */
    public int cause;
    /** When it was last known to be open; the end, but for a call whose end is not known. */
    public long lastSeenAtMs;

    /** Number of the link of the trunk that it was with in the end; 0 for none. */
    public int trunk;
    /** Letter of the attestation that it was signed with; 0: not signed. */
    public int signedAs;
    /** Number of a {@link io.trunkline.gateway.calls.CallVerdict}; of records older than it, of none. */
    public int verdict;
    /** Letter of the attestation that the caller's own signature claims; 0: none. */
    public int attested;

    private byte[] asserted = {};
    private int assertedLength;
    private byte[] callId = {};
    private int callIdLength;

    /** The block has been wrapped, and its first two texts were skipped. */
    void read(final CallEndedDecoder ended) {
        pddMs = time(ended.pddMs());
        setupMs = time(ended.setupMs());
        talkMs = time(ended.talkMs());
        lengthMs = (int) ended.lengthMs();
        attempts = ended.attempts();
        reason = ended.reason();
        cause = ended.cause();
        lastSeenAtMs = ended.lastSeenAtMs();
        trunk = ended.trunk();
        signedAs = ended.signedAs();
        verdict = ended.verdict();
        attested = ended.attested();
        assertedLength = ended.assertedLength();
        asserted = room(asserted, assertedLength);
        ended.getAsserted(asserted, 0, assertedLength);
        callIdLength = ended.callIdLength();
        callId = room(callId, callIdLength);
        ended.getCallId(callId, 0, callIdLength);
    }

    private static byte[] room(final byte[] octets, final int length) {
        return octets.length < length ? new byte[length] : octets;
    }

    private static int time(final long ms) {
        return ms == CallEndedDecoder.talkMsNullValue() ? NONE : (int) ms;
    }

    /** Who the caller's side said the caller is: a copy. */
    public byte[] asserted() {
        return Arrays.copyOf(asserted, assertedLength);
    }

    /** SIP Call-ID of the caller's side: a copy. */
    public byte[] callId() {
        return Arrays.copyOf(callId, callIdLength);
    }
}
