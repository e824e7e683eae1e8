package io.trunkline.smpp.receipt;

import io.netty.buffer.ByteBuf;
import io.trunkline.smpp.codec.EsmClass;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.TlvIterator;
import io.trunkline.smpp.codec.TlvTag;
import io.trunkline.smpp.text.BodyCoding;
import io.trunkline.smpp.text.ByteBufView;
import io.trunkline.smpp.text.TextDecoder;
import io.trunkline.smpp.text.UserDataHeader;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Recognises delivery receipts among deliver_sm and data_sm, and reads them. What stands in TLVs counts more than what the
 * text says. Never fails: a receipt of which nothing can be read is a receipt with empty fields, to be acknowledged like any
 * other, or its carrier would send it for ever.
 *
 * <p>Allocates nothing. Not thread-safe: one per thread and carrier.
 */
public final class ReceiptParser {
    private static final int SCRATCH_OCTETS = 1024;
    private static final int NETWORK_ERROR_OCTETS = 3;

    private final ReceiptOptions options;
    private final AppendixB appendixB = new AppendixB();
    private final TextDecoder decoder = new TextDecoder();
    private final UserDataHeader header = new UserDataHeader();
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer value = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[SCRATCH_OCTETS]);

    public ReceiptParser(final ReceiptOptions options) {
        this.options = options;
    }

    /** Reads a deliver_sm or data_sm; false where it is no receipt, and {@code out} then says nothing. */
    public boolean parse(final SmDecoder message, final Receipt out) {
        return parse(
                message.esmClass(),
                message.dataCoding(),
                message.buffer(),
                message.messageOffset(),
                message.messageLength(),
                message.tlvs(),
                out);
    }

    /**
     * Reads the parts of one.
     *
     * @param textOffset absolute, of short_message or message_payload; the range lies within the buffer
     * @param tlvs of the PDU; its position is lost
     */
    public boolean parse(
            final int esmClass,
            final int dataCoding,
            final ByteBuf buffer,
            final int textOffset,
            final int textLength,
            final TlvIterator tlvs,
            final Receipt out) {
        out.clear();
        out.marked = EsmClass.isReceipt(esmClass);
        final boolean unmarked = (esmClass & EsmClass.TYPE_MASK) == EsmClass.TYPE_DEFAULT;
        if (!out.marked && !(unmarked && options.acceptUnmarked())) {
            return false;
        }
        out.intermediateNotification = (esmClass & EsmClass.TYPE_MASK) == EsmClass.TYPE_INTERMEDIATE_NOTIFICATION;
        readText(esmClass, dataCoding, buffer, textOffset, textLength, out);
        final boolean whole = appendixB.whole();
        final boolean told = readTlvs(tlvs, out);
        if (!out.marked && !told && !(whole && out.state != ReceiptState.NONE)) {
            out.clear();
            return false;
        }
        if (out.id.isEmpty() && options.idInText()) {
            appendixB.idOfText();
        }
        return true;
    }

    private void readText(
            final int esmClass,
            final int dataCoding,
            final ByteBuf buffer,
            final int textOffset,
            final int textLength,
            final Receipt out) {
        ByteBufView.wrap(text, buffer, textOffset, textLength);
        int from = 0;
        // Some carriers set UDHI on receipts that have no header: no header is as long as a letter's code says.
        if (EsmClass.hasUserDataHeader(esmClass) && textLength > 0 && text.getByte(0) < ' ') {
            from = header.parse(text, 0, textLength).octets();
        }
        final int length = textLength - from;
        final BodyCoding coding = BodyCoding.of(dataCoding, options.profile());
        final boolean octets = coding != BodyCoding.UCS2 && coding != BodyCoding.GSM7_PACKED;
        if (octets || AppendixB.looksLike(text, from, length)) {
            appendixB.parse(text, from, length, out);
        } else {
            // What does not fit is far behind all fields.
            final int decoded = decoder.decode(
                    dataCoding,
                    EsmClass.hasUserDataHeader(esmClass),
                    text,
                    0,
                    textLength,
                    options.profile(),
                    scratch,
                    0);
            appendixB.parse(scratch, 0, decoded, out);
        }
        out.state = ReceiptState.of(out.stat.buffer(), 0, out.stat.length());
    }

    /** True where the TLVs alone say that this is a receipt: they name a message and its state. */
    private boolean readTlvs(final TlvIterator tlvs, final Receipt out) {
        boolean named = false;
        boolean networkErrorSeen = false;
        tlvs.rewind();
        while (tlvs.next()) {
            final int tag = tlvs.tag();
            if (tag == TlvTag.RECEIPTED_MESSAGE_ID && !named) {
                named = readId(tlvs, out);
            } else if (tag == TlvTag.MESSAGE_STATE && !out.stateFromTlv) {
                readState(tlvs, out);
            } else if (tag == TlvTag.NETWORK_ERROR_CODE && !networkErrorSeen) {
                networkErrorSeen = true;
                out.networkError = networkError(tlvs);
            }
        }
        return named && out.stateFromTlv;
    }

    private boolean readId(final TlvIterator tlvs, final Receipt out) {
        final int length = tlvs.cStringLength();
        if (length == 0 || length > MessageIds.MAX_LENGTH) {
            return false;
        }
        out.id.set(ByteBufView.wrap(value, tlvs.buffer(), tlvs.valueOffset(), length), 0, length);
        return true;
    }

    private static void readState(final TlvIterator tlvs, final Receipt out) {
        final long state = tlvs.unsignedValue(ReceiptState.NONE);
        if (state <= Integer.MAX_VALUE && ReceiptState.valid((int) state)) {
            out.state = (int) state;
            out.stateFromTlv = true;
        }
    }

    /** One octet of type and two of code; but some carriers write the code as digits, over all three. */
    private int networkError(final TlvIterator tlvs) {
        final int length = tlvs.valueLength();
        if (length == 0) {
            return Receipt.NO_NETWORK_ERROR;
        }
        final DirectBuffer octets = ByteBufView.wrap(value, tlvs.buffer(), tlvs.valueOffset(), length);
        final int digits = digits(octets, length);
        if (digits >= 0) {
            return digits;
        }
        final long number = tlvs.unsignedValue(Receipt.NO_NETWORK_ERROR);
        return length <= NETWORK_ERROR_OCTETS ? (int) number : Receipt.NO_NETWORK_ERROR;
    }

    /** The number that two to five digits say; -1 where that is not what stands there. */
    private static int digits(final DirectBuffer octets, final int length) {
        if (length < 2 || length > 5) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < length; i++) {
            if (!Ascii.digit(octets.getByte(i))) {
                return -1;
            }
            number = number * 10 + octets.getByte(i) - '0';
        }
        return number > 0xFFFF ? -1 : number;
    }
}
