package io.trunkline.gateway.upstream.binary;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.upstream.codec.SubmitMessageDecoder;
import org.agrona.DirectBuffer;

/**
 * Lays a {@link SubmitRequest} over a SubmitMessage whose frame has been validated, and checks every field as far as it
 * can be judged without knowing the tenant: values of lists, lengths, fields that exclude each other. Whether a number
 * is one, and whether text is UTF-8, is the engine's to say.
 */
final class SubmitReader {
    /** Bytes; longer than any number or alphanumeric sender, long enough for the name of a pool. */
    static final int MAX_FROM = 64;
    /** Bytes; 15 digits, a prefix and separators. */
    static final int MAX_TO = 32;
    /** Bytes. */
    static final int MAX_CAMPAIGN = 64;
    /** Bytes. */
    static final int MAX_TAGS = 1_024;

    private static final int ORIGIN_BINARY_PROTOCOL = 1;
    private static final int KNOWN_FLAGS = 0b11;
    private static final int SMART_ENCODING = 0b01;
    private static final int USER_DATA_HEADER = 0b10;

    private final int maxBodyLength;
    private final SubmitMessageDecoder decoder = new SubmitMessageDecoder();
    private final VariableFields texts = new VariableFields();

    SubmitReader(final int maxBodyLength) {
        this.maxBodyLength = maxBodyLength;
    }

    /**
     * Fills the request; its references are set whatever the outcome, so that a refusal can name them.
     *
     * @return {@link ErrorCode#NONE}, or why the submit is refused
     */
    ErrorCode read(
            final DirectBuffer buffer,
            final int blockOffset,
            final int blockLength,
            final int version,
            final SubmitRequest request) {
        decoder.wrap(buffer, blockOffset, blockLength, version);
        request.referenceHi = decoder.referenceHi();
        request.referenceLo = decoder.referenceLo();
        request.buffer = buffer;
        request.origin = ORIGIN_BINARY_PROTOCOL;
        texts.startAt(buffer, blockOffset + blockLength);
        readTexts(request);
        final ErrorCode values = readValues(request);
        return values == ErrorCode.NONE ? checkTexts(request) : values;
    }

    private void readTexts(final SubmitRequest request) {
        request.fromLength = texts.next();
        request.fromOffset = texts.offset();
        request.toLength = texts.next();
        request.toOffset = texts.offset();
        request.bodyLength = texts.next();
        request.bodyOffset = texts.offset();
        request.campaignLength = texts.next();
        request.campaignOffset = texts.offset();
        request.tagsLength = texts.next();
        request.tagsOffset = texts.offset();
    }

    private ErrorCode readValues(final SubmitRequest request) {
        final int flags = decoder.flags().getRaw();
        request.messageClass = decoder.messageClassRaw();
        request.senderType = decoder.senderTypeRaw();
        request.receiptWish = decoder.receiptWishRaw();
        if (!oneToThree(request.messageClass)
                || !oneToThree(request.senderType)
                || !oneToThree(request.receiptWish)
                || (flags & ~KNOWN_FLAGS) != 0) {
            return ErrorCode.INVALID_FIELD;
        }
        request.smartEncoding = (flags & SMART_ENCODING) != 0;
        request.userDataHeader = (flags & USER_DATA_HEADER) != 0;
        final int dataCoding = decoder.dataCoding();
        request.dataCoding = dataCoding == SubmitMessageDecoder.dataCodingNullValue() ? SubmitRequest.TEXT : dataCoding;
        request.priceCapMicros = decoder.priceCapMicros();
        if (request.priceCapMicros < 0 && request.priceCapMicros != SubmitRequest.ABSENT) {
            return ErrorCode.INVALID_FIELD;
        }
        request.scheduledAtMs = decoder.scheduledAtMs();
        final long validityMs = decoder.validityMs();
        request.validityMs =
                validityMs == SubmitMessageDecoder.validityMsNullValue() ? SubmitRequest.ABSENT : validityMs;
        if (validityMs == 0 || (request.scheduledAtMs <= 0 && request.scheduledAtMs != SubmitRequest.ABSENT)) {
            return ErrorCode.INVALID_VALIDITY;
        }
        return ErrorCode.NONE;
    }

    private ErrorCode checkTexts(final SubmitRequest request) {
        if (request.toLength == 0 || request.toLength > MAX_TO) {
            return ErrorCode.INVALID_DESTINATION;
        }
        if (request.fromLength == 0 || request.fromLength > MAX_FROM) {
            return ErrorCode.INVALID_SENDER;
        }
        if (request.bodyLength == 0) {
            return ErrorCode.EMPTY_BODY;
        }
        if (request.bodyLength > maxBodyLength) {
            return ErrorCode.BODY_TOO_LONG;
        }
        if (request.userDataHeader && request.dataCoding == SubmitRequest.TEXT) {
            return ErrorCode.INVALID_BODY;
        }
        if (request.campaignLength > MAX_CAMPAIGN || request.tagsLength > MAX_TAGS) {
            return ErrorCode.INVALID_FIELD;
        }
        return ErrorCode.NONE;
    }

    private static boolean oneToThree(final int value) {
        return value >= 1 && value <= 3;
    }
}
