package io.trunkline.smpp.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.trunkline.smpp.codec.TlvIterator;
import io.trunkline.smpp.codec.TlvTag;
import io.trunkline.smpp.text.TextProfile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Whatever octets come, nothing throws, nothing is read outside of the PDU, and nothing is allocated. */
class ReceiptFuzzTest {
    private static final int ROUNDS = 100_000;
    private static final String[] SCRAPS = {
        "id:",
        "ID :",
        "sub:",
        "dlvrd:",
        "submit date:",
        "done date:",
        "stat:",
        "err:",
        "text:",
        "Text:",
        " ",
        ",",
        "DELIVRD",
        "0",
        "1009231213",
        ":",
        "\0",
        "id",
        "stat:DELIVRD",
        "\n",
        "x",
        "\u00ff",
        "err",
        "text"
    };

    private final ReceiptParser strict = new ReceiptParser(ReceiptOptions.DEFAULT);
    private final ReceiptParser lax = new ReceiptParser(new ReceiptOptions(true, true, TextProfile.DEFAULT));
    private final Receipt receipt = new Receipt();
    private final TlvIterator tlvs = new TlvIterator();
    private final MessageIds ids = new MessageIds();
    private final MessageIdKey key = new MessageIdKey(3, 4);
    private final UnsafeBuffer normalised = new UnsafeBuffer(new byte[MessageIds.MAX_LENGTH]);
    private final MessageIdForm[] forms = MessageIdForm.values();

    @FuzzTest(maxDuration = "30s")
    void anyOctets(final FuzzedDataProvider data) {
        final int esmClass = data.consumeInt(0, 255);
        final int dataCoding = data.consumeInt(0, 255);
        final int split = data.consumeInt(0, 300);
        final byte[] octets = data.consumeRemainingAsBytes();
        attempt(esmClass, dataCoding, Unpooled.wrappedBuffer(octets), Math.min(split, octets.length));
    }

    @Test
    void randomScraps() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        int named = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(SCRAPS[random.nextInt(SCRAPS.length)]);
            }
            final byte[] tail = new byte[random.nextInt(30)];
            random.nextBytes(tail);
            if (tail.length > 4 && random.nextBoolean()) {
                tail[0] = 0;
                tail[1] = (byte) TlvTag.RECEIPTED_MESSAGE_ID;
                tail[2] = 0;
                tail[3] = (byte) random.nextInt(tail.length);
            }
            final byte[] octets = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            try {
                attempt(random.nextInt(256), random.nextInt(16), Unpooled.wrappedBuffer(octets, tail), octets.length);
            } catch (final RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + round, e);
            }
            named += receipt.id().isEmpty() ? 0 : 1;
        }
        assertThat(named).as("seed %d", seed).isGreaterThan(100);
    }

    private void attempt(final int esmClass, final int dataCoding, final ByteBuf pdu, final int split) {
        final int tail = pdu.readableBytes() - split;
        tlvs.wrap(pdu, split, tail);
        final boolean marked = strict.parse(esmClass, dataCoding, pdu, 0, split, tlvs, receipt);
        tlvs.wrap(pdu, split, tail);
        if (marked && !lax.parse(esmClass, dataCoding, pdu, 0, split, tlvs, receipt)) {
            throw new IllegalStateException("who accepts more accepts less");
        }
        for (final MessageIdForm form : forms) {
            final int length =
                    ids.normalise(form, receipt.id().buffer(), 0, receipt.id().length(), normalised, 0);
            key.set(normalised, 0, length);
        }
    }

    @Test
    void readingReceiptsAllocatesNothing() {
        // Leak detection, which the tests turn on, allocates with every access.
        final ByteBuf text = new UnpooledByteBufAllocator(true, true).directBuffer();
        text.writeCharSequence(
                "id:00A1B2C3D4E5F60718 sub:001 dlvrd:001 submit date:1009231213 done date:1009231214 stat:DELIVRD err:000 text:x",
                StandardCharsets.US_ASCII);
        final int split = text.readableBytes();
        text.writeShort(TlvTag.MESSAGE_STATE).writeShort(1).writeByte(2);
        text.writeShort(TlvTag.RECEIPTED_MESSAGE_ID)
                .writeShort(5)
                .writeInt(0x41424344)
                .writeByte(0);
        final ByteBuf heap = Unpooled.copiedBuffer(text);
        work(text, heap, split);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        work(text, heap, split);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
        text.release();
        heap.release();
    }

    private void work(final ByteBuf direct, final ByteBuf heap, final int split) {
        for (int i = 0; i < 20_000; i++) {
            attempt(0x04, i % 4 == 0 ? 8 : 0, (i & 1) == 0 ? direct : heap, split);
        }
    }
}
