package io.trunkline.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.framing.StreamFramer;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is done once per message must not allocate. */
class MessageAllocationTest {
    private static final int ROUNDS = 2_000;
    private static final PeerAddress PEER = new PeerAddress("192.0.2.1", 40_000);

    private final byte[] octets = Messages.octets(Messages.INVITE);
    private final UnsafeBuffer received = new UnsafeBuffer(ByteBuffer.allocateDirect(octets.length));
    private final UnsafeBuffer sent = new UnsafeBuffer(new byte[4096]);
    private final UnsafeBuffer via = new UnsafeBuffer(Octets.ascii("SIP/2.0/UDP us;branch=z9hG4bKx"));
    private final StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
    private final MessageIndexer indexer = new MessageIndexer(SipLimits.DEFAULT);
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final MessageEdit edit = new MessageEdit(16, 1024);
    private final OctetWriter out = new OctetWriter();
    private final MessageWriter writer = new MessageWriter(out);
    private long checksum;

    private void oneMessage() {
        framer.next(received, 0, received.capacity());
        indexer.indexFrame(received, framer.frameOffset(), framer.frameLength(), message);
        checksum += message.cseq() + message.fault().status();
        out.wrap(sent, 0, sent.capacity());
        edit.of(message)
                .pushVia(via, Range.of(0, via.capacity()))
                .decrementMaxForwards()
                .removeAll(HeaderName.SUPPORTED)
                .write(out);
        ResponseWriter.start(message, 180, "Ringing", "tag", PEER, writer);
        writer.end();
        checksum += out.overflowed() ? 0 : out.length();
    }

    @Test
    void framingIndexingForwardingAndAnsweringAMessageAllocatesNothing() {
        received.putBytes(0, octets);
        assertThat(Allocation.leastOf(ROUNDS, this::oneMessage)).isLessThan(ROUNDS);
        assertThat(message.fault()).isEqualTo(SipFault.NONE);
        assertThat(checksum).isGreaterThan(1_000L * ROUNDS);
    }
}
