package io.trunkline.smpp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is done once per message must not allocate. */
class CodecAllocationTest {
    private static final int WARM_UP = 5_000;
    private static final int ROUNDS = 2_000;
    private static final int RUNS = 5;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Without leak detection, which allocates on every access. */
    private final ByteBuf wire = new UnpooledByteBufAllocator(true, true).directBuffer(4096, 4096);

    private final UnsafeBuffer body = new UnsafeBuffer(new byte[200]);
    private final UnsafeBuffer direct = new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(200));
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[200]);
    private final OutboundSm out = new OutboundSm();
    private final PduFramer framer = new PduFramer(PduFramer.DEFAULT_MAX_LENGTH);
    private final SmDecoder sm = new SmDecoder();
    private final SmRespDecoder resp = new SmRespDecoder();
    private final PduHandler handler = this::onPdu;
    private long checksum;

    private boolean onPdu(final ByteBuf buf, final int offset, final int length) {
        if (CommandId.isResponse(PduHeader.commandId(buf, offset))) {
            checksum += resp.wrap(buf, offset, length) + resp.messageIdLength() + resp.congestionState();
        } else {
            checksum += sm.wrap(buf, offset, length) + sm.messageLength();
            WireBytes.copy(buf, sm.messageOffset(), copy, 0, sm.messageLength());
            if (sm.tlvs().find(TlvTag.MESSAGE_STATE)) {
                checksum += sm.tlvs().unsignedValue(-1);
            }
        }
        return true;
    }

    private void messageThereAndBack(final int round) {
        wire.clear();
        out.reset()
                .serviceType("CMT")
                .source(Ton.ALPHANUMERIC, Npi.UNKNOWN, body, 0, 11)
                .destination(Ton.INTERNATIONAL, Npi.ISDN, body, 20, 12)
                .registeredDelivery(RegisteredDelivery.ALWAYS)
                .message((round & 1) == 0 ? body : direct, 10, 140)
                .tlvInt8(TlvTag.MESSAGE_STATE, MessageState.DELIVERED);
        PduEncoder.submitSm(wire, 1 + round, out);
        PduEncoder.deliverSm(wire, 1 + round, out.messagePayload(true));
        PduEncoder.dataSm(wire, 1 + round, out);
        PduEncoder.smResp(wire, CommandId.SUBMIT_SM, 0, round, body, 30, 16, 50);
        PduEncoder.deliverSmResp(wire, 0, round, CongestionState.ABSENT);
        PduEncoder.enquireLinkResp(wire, round);
        framer.frame(wire, handler);
    }

    @Test
    void encodingFramingAndDecodingAMessageAllocatesNothing() {
        body.setMemory(0, 200, (byte) '7');
        direct.setMemory(0, 200, (byte) '7');
        for (int i = 0; i < WARM_UP; i++) {
            messageThereAndBack(i);
        }
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            least = Math.min(least, allocatedInOneRun());
        }
        assertThat(checksum).isPositive();
        assertThat(wire.isReadable()).isFalse();
        // The compiler and the test's instrumentation may allocate on this thread now and then, but not in every run;
        // one
        // object per message would be 16 octets times ROUNDS in each.
        assertThat(least).isLessThan(ROUNDS);
    }

    private long allocatedInOneRun() {
        final long thread = Thread.currentThread().getId();
        final long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < ROUNDS; i++) {
            messageThereAndBack(i);
        }
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
