package io.trunkline.client;

import io.trunkline.upstream.codec.MessageClass;
import io.trunkline.upstream.codec.MessageHeaderEncoder;
import io.trunkline.upstream.codec.ReceiptWish;
import io.trunkline.upstream.codec.SenderType;
import io.trunkline.upstream.codec.SubmitMessageEncoder;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A reused submit for {@link TrunklineClient#trySubmit}: what is set stays set, so that only what changes from message
 * to message needs to be written, and nothing is allocated once its parts have grown to their size.
 *
 * <pre>{@code
 * final SubmitBuilder message = new SubmitBuilder().from(SenderType.NUMBER, from).text(body);
 * while (message.reference(0, ++number).to(buffer, offset, length) ... client.trySubmit(message)) { }
 * }</pre>
 *
 * Not thread-safe.
 */
public final class SubmitBuilder implements Outgoing {
    private static final int MAX_PART = 65_534;

    private final SubmitMessageEncoder encoder = new SubmitMessageEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Part from = new Part();
    private final Part to = new Part();
    private final Part body = new Part();
    private final Part campaign = new Part();
    private final Part tags = new Part();
    private long referenceHi;
    private long referenceLo;
    private long scheduledAtMs;
    private long priceCapMicros;
    private long validityMs;
    private MessageClass messageClass;
    private SenderType senderType;
    private ReceiptWish receiptWish;
    private int dataCoding;
    private boolean userDataHeader;
    private boolean smartEncoding;

    public SubmitBuilder() {
        clear();
    }

    /** Back to an empty transactional text of which the final status is to be told. */
    public SubmitBuilder clear() {
        referenceHi = 0;
        referenceLo = 0;
        scheduledAtMs = SubmitMessageEncoder.scheduledAtMsNullValue();
        priceCapMicros = SubmitMessageEncoder.priceCapMicrosNullValue();
        validityMs = SubmitMessageEncoder.validityMsNullValue();
        messageClass = MessageClass.TRANSACTIONAL;
        senderType = SenderType.NUMBER;
        receiptWish = ReceiptWish.FINAL;
        dataCoding = SubmitMessageEncoder.dataCodingNullValue();
        userDataHeader = false;
        smartEncoding = false;
        from.length = 0;
        to.length = 0;
        body.length = 0;
        campaign.length = 0;
        tags.length = 0;
        return this;
    }

    /** The 16 bytes that name this submit, as two big-endian halves; not both 0. */
    public SubmitBuilder reference(final long hi, final long lo) {
        referenceHi = hi;
        referenceLo = lo;
        return this;
    }

    @Override
    public long referenceHi() {
        return referenceHi;
    }

    @Override
    public long referenceLo() {
        return referenceLo;
    }

    public SubmitBuilder messageClass(final MessageClass priority) {
        messageClass = priority;
        return this;
    }

    public SubmitBuilder receiptWish(final ReceiptWish wish) {
        receiptWish = wish;
        return this;
    }

    public SubmitBuilder from(final SenderType type, final byte[] utf8) {
        senderType = type;
        from.set(utf8);
        return this;
    }

    public SubmitBuilder to(final byte[] utf8) {
        to.set(utf8);
        return this;
    }

    public SubmitBuilder to(final DirectBuffer buffer, final int offset, final int length) {
        to.set(buffer, offset, length);
        return this;
    }

    /** A text body, UTF-8. */
    public SubmitBuilder text(final byte[] utf8) {
        dataCoding = SubmitMessageEncoder.dataCodingNullValue();
        userDataHeader = false;
        body.set(utf8);
        return this;
    }

    /** A text body, UTF-8. */
    public SubmitBuilder text(final DirectBuffer buffer, final int offset, final int length) {
        dataCoding = SubmitMessageEncoder.dataCodingNullValue();
        userDataHeader = false;
        body.set(buffer, offset, length);
        return this;
    }

    /**
     * A binary body.
     *
     * @param coding SMPP data_coding, 0..254
     * @param withHeader the bytes start with a user data header
     */
    public SubmitBuilder binary(final int coding, final boolean withHeader, final byte[] bytes) {
        if (coding < 0 || coding >= SubmitMessageEncoder.dataCodingNullValue()) {
            throw new IllegalArgumentException("data coding " + coding + " not in 0..254");
        }
        dataCoding = coding;
        userDataHeader = withHeader;
        body.set(bytes);
        return this;
    }

    public SubmitBuilder smartEncoding(final boolean allowed) {
        smartEncoding = allowed;
        return this;
    }

    /** Milliseconds from acceptance, 0..4,294,967,294. */
    public SubmitBuilder validityMs(final long milliseconds) {
        if (milliseconds < 0 || milliseconds >= SubmitMessageEncoder.validityMsNullValue()) {
            throw new IllegalArgumentException("validity of " + milliseconds + " ms does not fit 32 bits");
        }
        validityMs = milliseconds;
        return this;
    }

    /** Milliseconds since the epoch. */
    public SubmitBuilder scheduledAtMs(final long milliseconds) {
        scheduledAtMs = milliseconds;
        return this;
    }

    /** Millionths of the tenant's currency. */
    public SubmitBuilder priceCapMicros(final long micros) {
        priceCapMicros = micros;
        return this;
    }

    public SubmitBuilder campaign(final byte[] utf8) {
        campaign.set(utf8);
        return this;
    }

    public SubmitBuilder tags(final byte[] utf8) {
        tags.set(utf8);
        return this;
    }

    @Override
    public int frameLength() {
        return FrameValidator.OVERHEAD
                + SubmitMessageEncoder.BLOCK_LENGTH
                + 5 * Short.BYTES
                + from.length
                + to.length
                + body.length
                + campaign.length
                + tags.length;
    }

    @Override
    public void encode(final MutableDirectBuffer buffer, final int offset) {
        buffer.putInt(offset, frameLength() - FrameValidator.PREFIX_LENGTH, ByteOrder.LITTLE_ENDIAN);
        encoder.wrapAndApplyHeader(buffer, offset + FrameValidator.PREFIX_LENGTH, header)
                .referenceHi(referenceHi)
                .referenceLo(referenceLo)
                .scheduledAtMs(scheduledAtMs)
                .priceCapMicros(priceCapMicros)
                .validityMs(validityMs)
                .messageClass(messageClass)
                .senderType(senderType)
                .receiptWish(receiptWish)
                .dataCoding((short) dataCoding);
        encoder.flags().clear().smartEncoding(smartEncoding).userDataHeader(userDataHeader);
        encoder.putFrom(from.buffer, 0, from.length)
                .putTo(to.buffer, 0, to.length)
                .putBody(body.buffer, 0, body.length)
                .putCampaign(campaign.buffer, 0, campaign.length)
                .putTags(tags.buffer, 0, tags.length);
    }

    private static final class Part {
        private byte[] bytes = new byte[64];
        private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        private int length;

        private void set(final byte[] source) {
            room(source.length);
            System.arraycopy(source, 0, bytes, 0, source.length);
        }

        private void set(final DirectBuffer source, final int offset, final int sourceLength) {
            room(sourceLength);
            source.getBytes(offset, bytes, 0, sourceLength);
        }

        private void room(final int wanted) {
            if (wanted > MAX_PART) {
                throw new IllegalArgumentException("field of " + wanted + " bytes, at most " + MAX_PART);
            }
            if (wanted > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(wanted, 2 * bytes.length));
                buffer.wrap(bytes);
            }
            length = wanted;
        }
    }
}
