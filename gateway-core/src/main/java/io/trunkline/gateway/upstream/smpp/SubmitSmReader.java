package io.trunkline.gateway.upstream.smpp;

import io.netty.buffer.ByteBuf;
import io.trunkline.client.ByteBufView;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.smpp.codec.EsmClass;
import io.trunkline.smpp.codec.RegisteredDelivery;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.TlvIterator;
import io.trunkline.smpp.codec.TlvTag;
import io.trunkline.smpp.codec.Ton;
import io.trunkline.smpp.codec.WireBytes;
import io.trunkline.smpp.text.BodyCoding;
import io.trunkline.smpp.text.DefaultAlphabet;
import io.trunkline.smpp.text.Encoding;
import io.trunkline.smpp.text.TextDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes a {@link SubmitRequest} of a submit_sm or data_sm. Plain text is handed on as UTF-8, so that every carrier can
 * write it in its own way. What is not plain text goes as octets with its data_coding: binary bodies, bodies with a user
 * data header, parts that the client cut itself (SAR TLVs become a header), and data codings that carry a message class.
 *
 * <p>The request points into a scratch buffer of this reader and holds until the next call.
 */
final class SubmitSmReader {
    private static final int ORIGIN_SMPP = 2;
    private static final int NUMBER = 1;
    private static final int ALPHANUMERIC = 2;
    /** Longest address of data_sm, octets. */
    private static final int MAX_ADDRESS = 64;
    /** Data codings from here on carry GSM message classes and groups, which text would lose. */
    private static final int FIRST_GSM_CODING = 0x10;

    private static final int TYPE_BITS = EsmClass.TYPE_MASK;
    private static final int SAR_HEADER = 7;
    private static final int FROM = 0;
    private static final int TO = MAX_ADDRESS;
    private static final int BODY = 2 * MAX_ADDRESS;
    /** A GSM septet may become three octets of UTF-8. */
    private static final int MAX_BODY = 3 * 65_536;

    private final int maxBodyLength;
    private final TextDecoder text = new TextDecoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[BODY + MAX_BODY]);
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);

    SubmitSmReader(final int maxBodyLength) {
        this.maxBodyLength = maxBodyLength;
    }

    /**
     * Fills the request but for the tenant.
     *
     * @param nowMs wall time, ms since the epoch
     * @return {@link ErrorCode#NONE}, or why the submit is refused
     */
    ErrorCode read(final SmDecoder sm, final SmppAccount account, final long nowMs, final SubmitRequest request) {
        request.origin = ORIGIN_SMPP;
        request.referenceHi = 0;
        request.referenceLo = 0;
        request.priceCapMicros = SubmitRequest.ABSENT;
        request.smartEncoding = false;
        request.buffer = scratch;
        request.campaignOffset = 0;
        request.campaignLength = 0;
        request.tagsOffset = 0;
        request.tagsLength = 0;
        request.messageClass = account.messageClass(sm.priority());
        request.receiptWish = receiptWish(sm.registeredDelivery());
        if ((sm.esmClass() & TYPE_BITS) != 0 || sm.replaceIfPresent() != 0 || sm.defaultMessageId() != 0) {
            return ErrorCode.NOT_SUPPORTED;
        }
        final ErrorCode addresses = readAddresses(sm, request);
        if (addresses != ErrorCode.NONE) {
            return addresses;
        }
        final ErrorCode times = readTimes(sm, nowMs, request);
        return times == ErrorCode.NONE ? readBody(sm, account, request) : times;
    }

    /** What a receipt is wanted for, so that it is still known after a restart. */
    static int receiptWish(final int registeredDelivery) {
        if ((registeredDelivery & RegisteredDelivery.INTERMEDIATE) != 0
                && (registeredDelivery & RegisteredDelivery.RECEIPT_MASK) != RegisteredDelivery.NONE) {
            return ReceiptWishes.ALL;
        }
        return switch (registeredDelivery & RegisteredDelivery.RECEIPT_MASK) {
            case RegisteredDelivery.NONE -> ReceiptWishes.NONE;
            case RegisteredDelivery.ON_FAILURE -> ReceiptWishes.FAILURE;
            case RegisteredDelivery.ON_SUCCESS -> ReceiptWishes.SUCCESS;
            default -> ReceiptWishes.FINAL;
        };
    }

    private ErrorCode readAddresses(final SmDecoder sm, final SubmitRequest request) {
        if (sm.destinationLength() == 0 || sm.destinationLength() > MAX_ADDRESS) {
            return ErrorCode.INVALID_DESTINATION;
        }
        if (sm.sourceLength() == 0 || sm.sourceLength() > MAX_ADDRESS) {
            return ErrorCode.INVALID_SENDER;
        }
        WireBytes.copy(sm.buffer(), sm.sourceOffset(), scratch, FROM, sm.sourceLength());
        WireBytes.copy(sm.buffer(), sm.destinationOffset(), scratch, TO, sm.destinationLength());
        request.fromOffset = FROM;
        request.fromLength = sm.sourceLength();
        request.toOffset = TO;
        request.toLength = sm.destinationLength();
        // Many clients leave the TON at 0 whatever they send from.
        request.senderType =
                sm.sourceTon() == Ton.ALPHANUMERIC || !digits(FROM, sm.sourceLength()) ? ALPHANUMERIC : NUMBER;
        return ErrorCode.NONE;
    }

    private boolean digits(final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final int octet = scratch.getByte(offset + i);
            if ((octet < '0' || octet > '9') && !(i == 0 && octet == '+' && length > 1)) {
                return false;
            }
        }
        return true;
    }

    private ErrorCode readTimes(final SmDecoder sm, final long nowMs, final SubmitRequest request) {
        request.scheduledAtMs = SubmitRequest.ABSENT;
        request.validityMs = SubmitRequest.ABSENT;
        if (sm.scheduleLength() > 0) {
            final long at = SmppTimes.read(sm.buffer(), sm.scheduleOffset(), sm.scheduleLength(), nowMs);
            if (at == SmppTimes.INVALID) {
                return ErrorCode.INVALID_VALIDITY;
            }
            // What should have gone already goes now.
            request.scheduledAtMs = at > nowMs ? at : SubmitRequest.ABSENT;
        }
        if (sm.validityLength() > 0) {
            final long at = SmppTimes.read(sm.buffer(), sm.validityOffset(), sm.validityLength(), nowMs);
            if (at == SmppTimes.INVALID || at <= nowMs) {
                return ErrorCode.INVALID_VALIDITY;
            }
            request.validityMs = at - nowMs;
        }
        final TlvIterator tlvs = sm.tlvs();
        if (tlvs.find(TlvTag.QOS_TIME_TO_LIVE) && request.validityMs == SubmitRequest.ABSENT) {
            final long seconds = tlvs.unsignedValue(0);
            request.validityMs = seconds == 0 ? SubmitRequest.ABSENT : seconds * 1_000;
        }
        return ErrorCode.NONE;
    }

    private ErrorCode readBody(final SmDecoder sm, final SmppAccount account, final SubmitRequest request) {
        if (sm.messageLength() == 0) {
            return ErrorCode.EMPTY_BODY;
        }
        if (sm.messageLength() > maxBodyLength) {
            return ErrorCode.BODY_TOO_LONG;
        }
        final boolean header = EsmClass.hasUserDataHeader(sm.esmClass());
        final int sarHeader = header ? 0 : writeSarHeader(sm.tlvs());
        request.bodyOffset = BODY;
        request.userDataHeader = header || sarHeader > 0;
        if (!request.userDataHeader && isText(sm.dataCoding(), account)) {
            return readText(sm, account, request);
        }
        WireBytes.copy(sm.buffer(), sm.messageOffset(), scratch, BODY + sarHeader, sm.messageLength());
        request.bodyLength = sarHeader + sm.messageLength();
        request.dataCoding = universal(sm.dataCoding(), account.text().defaultAlphabet());
        return ErrorCode.NONE;
    }

    private static boolean isText(final int dataCoding, final SmppAccount account) {
        return dataCoding < FIRST_GSM_CODING
                && BodyCoding.of(dataCoding, account.text()).encoding() != Encoding.BINARY;
    }

    private ErrorCode readText(final SmDecoder sm, final SmppAccount account, final SubmitRequest request) {
        final ByteBuf buffer = sm.buffer();
        ByteBufView.wrap(message, buffer, sm.messageOffset(), sm.messageLength());
        request.bodyLength =
                text.decode(sm.dataCoding(), false, message, 0, sm.messageLength(), account.text(), scratch, BODY);
        request.dataCoding = SubmitRequest.TEXT;
        // Refused rather than sent with replacement characters that the client never wrote.
        return text.undecodable() > 0 || text.truncated() ? ErrorCode.INVALID_BODY : ErrorCode.NONE;
    }

    /**
     * data_coding 0 is what a client and its message centre agree on; the octets travel on to a carrier that has agreed
     * on something else, so they get the number that means the same everywhere.
     */
    private static int universal(final int dataCoding, final DefaultAlphabet alphabet) {
        if (dataCoding != 0) {
            return dataCoding;
        }
        return switch (alphabet) {
            case LATIN1 -> 3;
            case ASCII -> 1;
            case GSM7, GSM7_PACKED, UCS2_ONLY -> 0;
        };
    }

    /** The user data header that says the same as SAR TLVs (16-bit reference); octets written, 0 where there are none. */
    private int writeSarHeader(final TlvIterator tlvs) {
        if (tlvs.length() == 0) {
            return 0;
        }
        final long reference = tlvs.find(TlvTag.SAR_MSG_REF_NUM) ? tlvs.unsignedValue(-1) : -1;
        final long total = tlvs.find(TlvTag.SAR_TOTAL_SEGMENTS) ? tlvs.unsignedValue(-1) : -1;
        final long number = tlvs.find(TlvTag.SAR_SEGMENT_SEQNUM) ? tlvs.unsignedValue(-1) : -1;
        if (reference < 0 || total < 2 || total > 255 || number < 1 || number > total) {
            return 0;
        }
        scratch.putByte(BODY, (byte) (SAR_HEADER - 1));
        scratch.putByte(BODY + 1, (byte) 0x08);
        scratch.putByte(BODY + 2, (byte) 4);
        scratch.putByte(BODY + 3, (byte) (reference >>> 8));
        scratch.putByte(BODY + 4, (byte) reference);
        scratch.putByte(BODY + 5, (byte) total);
        scratch.putByte(BODY + 6, (byte) number);
        return SAR_HEADER;
    }
}
