package io.trunkline.sip.framing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.trunkline.sip.framing.StreamFramer.Frame;
import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * For Jazzer. The tests run it over the inputs under {@code resources}; to look for others, guided by coverage:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl sip-trunk -am test -Dtest=StreamFramerFuzzTest -Djazzer.hooks=true
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class StreamFramerFuzzTest {
    private static final SipLimits LIMITS = new SipLimits(512, 16, 128, 256);

    private final MessageIndexer indexer = new MessageIndexer(LIMITS);
    private final SipMessage message = new SipMessage(LIMITS);

    /** The first octet says how long the pieces are. */
    @FuzzTest(maxDuration = "60s")
    void piecesOfAnyStreamGiveTheSameFrames(final byte[] octets) {
        if (octets.length < 2) {
            return;
        }
        final List<String> whole = frames(octets, octets.length);
        final List<String> pieces = frames(octets, 1 + (octets[0] & 0x3f));
        if (!whole.equals(pieces)) {
            throw new AssertionError(whole + " but in pieces " + pieces);
        }
    }

    private List<String> frames(final byte[] octets, final int piece) {
        final UnsafeBuffer buffer = new UnsafeBuffer(octets);
        final StreamFramer framer = new StreamFramer(LIMITS);
        final List<String> frames = new ArrayList<>();
        int from = 1;
        int end = 1;
        while (end < octets.length) {
            end = Math.min(octets.length, end + piece);
            Frame frame = Frame.MESSAGE;
            while (frame != Frame.NEED_MORE) {
                frame = framer.next(buffer, from, end);
                if (framer.consumed() < from || framer.consumed() > end) {
                    throw new AssertionError("consumed what is not there");
                }
                from = framer.consumed();
                if (frame == Frame.MESSAGE) {
                    if (framer.frameLength() > LIMITS.maxMessage()) {
                        throw new AssertionError("longer than its limit");
                    }
                    frames.add(framer.frameOffset() + " "
                            + indexer.indexFrame(buffer, framer.frameOffset(), framer.frameLength(), message));
                } else if (frame == Frame.PING) {
                    frames.add("ping");
                } else if (frame == Frame.LOST) {
                    frames.add("lost " + framer.fault());
                    return frames;
                } else if (framer.announcedLength() > LIMITS.maxMessage()) {
                    throw new AssertionError("waits for more than its limit");
                }
            }
        }
        return frames;
    }
}
