package io.trunkline.gateway.upstream.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.TlvTag;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubmitSmReaderTest {
    /** Without leak records: these would be what is measured. */
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

    private final SmppAccount account = SmppRig.accounts(10).get("acme");
    private final SubmitSmReader reader = new SubmitSmReader(2_000);
    private final SubmitRequest request = new SubmitRequest();
    private final SmDecoder decoder = new SmDecoder();
    private final SubmitMemory memory = new SubmitMemory(64);

    private static ByteBuf pdu(final OutboundSm sm) {
        final ByteBuf buffer = ALLOCATOR.directBuffer();
        PduEncoder.submitSm(buffer, 7, sm);
        return buffer;
    }

    private static OutboundSm valid(final byte[] body) {
        return new OutboundSm()
                .source(5, 0, "Trunkline")
                .destination(1, 1, "491701234567")
                .validity("000001000000000R")
                .registeredDelivery(1)
                .message(body, 0, body.length)
                .tlvInt16(TlvTag.USER_MESSAGE_REFERENCE, 99);
    }

    @Test
    void neverThrowsWhateverThePduHolds() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final byte[] body = "Ihr Code ist 123456".getBytes(StandardCharsets.US_ASCII);
        final ByteBuf good = pdu(valid(body));
        final byte[] bytes = new byte[good.readableBytes()];
        good.getBytes(0, bytes);
        good.release();
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            final byte[] mutated = bytes.clone();
            for (int flips = random.nextInt(6); flips > 0; flips--) {
                mutated[16 + random.nextInt(mutated.length - 16)] = (byte) random.nextInt(256);
            }
            final ByteBuf buffer = Unpooled.wrappedBuffer(mutated);
            try {
                if (decoder.wrap(buffer, 0, mutated.length) == CommandStatus.ESME_ROK) {
                    final ErrorCode code = reader.read(decoder, account, 1_000, request);
                    if (code == ErrorCode.NONE) {
                        read++;
                        assertThat(request.bodyLength).isPositive();
                        assertThat(request.receiptWish).isBetween(1, 5);
                        assertThat(request.messageClass).isBetween(1, 5);
                        memory.remember(i + 1, decoder, 1_000);
                        assertThat(memory.find(i + 1)).isTrue();
                        memory.address(new OutboundSm());
                    }
                }
            } catch (final RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + i, e);
            }
        }
        assertThat(read).as("seed %d: some are still submits", seed).isPositive();
        assertThat(memory.size()).isEqualTo(64);
    }

    @Test
    void forgetsTheOldestFirst() {
        final ByteBuf buffer = pdu(valid(new byte[] {'x'}));
        assertThat(decoder.wrap(buffer, 0, buffer.readableBytes())).isZero();
        for (int i = 1; i <= 100; i++) {
            memory.remember(i, decoder, i);
        }
        assertThat(memory.find(36)).isFalse();
        assertThat(memory.find(37)).isTrue();
        assertThat(memory.acceptedAtMs()).isEqualTo(37);
        assertThat(memory.size()).isEqualTo(64);
        buffer.release();
    }

    @Test
    void readsAndRemembersWithoutAllocation() {
        final ByteBuf text = pdu(valid("Ihr Code ist 123456".getBytes(StandardCharsets.US_ASCII)));
        final ByteBuf binary = pdu(valid(new byte[140]).dataCoding(4));
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        readBoth(text, binary, 60_000);
        final long before = threads.getCurrentThreadAllocatedBytes();
        readBoth(text, binary, 20_000);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated / 40_000.0).as("bytes per submit").isLessThan(1);
        text.release();
        binary.release();
    }

    private void readBoth(final ByteBuf text, final ByteBuf binary, final int rounds) {
        int refused = 0;
        for (int i = 1; i <= rounds; i++) {
            decoder.wrap(text, 0, text.writerIndex());
            refused += reader.read(decoder, account, 1_000, request) == ErrorCode.NONE ? 0 : 1;
            memory.remember(i, decoder, 1_000);
            decoder.wrap(binary, 0, binary.writerIndex());
            refused += reader.read(decoder, account, 1_000, request) == ErrorCode.NONE ? 0 : 1;
        }
        assertThat(refused).isZero();
    }

    @Test
    void readsOnlyItsOwnIds() {
        assertThat(parse("123")).isEqualTo(123);
        assertThat(parse("000123")).isEqualTo(123);
        assertThat(parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        for (final String other : new String[] {
            "", "0", "abc", "12a", "-1", "9223372036854775808", "9999999999999999999", "18446744073709551617", "1 "
        }) {
            assertThat(parse(other)).as(other).isEqualTo(UnitIdText.NONE);
        }
    }

    private static long parse(final String text) {
        final ByteBuf buffer = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        return UnitIdText.parse(buffer, 0, text.length());
    }
}
