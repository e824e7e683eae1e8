package io.trunkline.gateway.upstream.binary;

import io.trunkline.gateway.calls.CallRequest;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipUri;
import io.trunkline.upstream.codec.PlaceCallDecoder;
import org.agrona.DirectBuffer;

/**
 * Lays a {@link CallRequest} over a PlaceCall whose frame has been validated, and checks what can be judged without knowing the
 * tenant. The URI goes into SIP messages as it is: so it must be one, whole.
 */
final class PlaceCallReader {
    /** Octets. */
    static final int MAX_URI = 255;

    private static final int MS_PER_SECOND = 1_000;

    private final PlaceCallDecoder decoder = new PlaceCallDecoder();
    private final SipUri uri = new SipUri();
    private final VariableFields texts = new VariableFields();

    /**
     * Fills the request; its references are set whatever the outcome, so that a refusal can name them.
     *
     * @return {@link ErrorCode#NONE}, or why the call is refused
     */
    ErrorCode read(
            final DirectBuffer buffer,
            final int blockOffset,
            final int blockLength,
            final int version,
            final CallRequest request) {
        decoder.wrap(buffer, blockOffset, blockLength, version);
        request.referenceHi = decoder.referenceHi();
        request.referenceLo = decoder.referenceLo();
        request.setupTimeoutMs = decoder.ringTimeoutMs();
        request.maxDurationSec =
                (int) Math.min(Integer.MAX_VALUE, (decoder.maxDurationMs() + MS_PER_SECOND - 1) / MS_PER_SECOND);
        request.buffer = buffer;
        texts.startAt(buffer, blockOffset + blockLength);
        request.fromLength = texts.next();
        request.fromOffset = texts.offset();
        request.toLength = texts.next();
        request.toOffset = texts.offset();
        request.firstLength = texts.next();
        request.firstOffset = texts.offset();
        return check(request);
    }

    private ErrorCode check(final CallRequest request) {
        if (request.toLength == 0 || request.toLength > SubmitReader.MAX_TO) {
            return ErrorCode.INVALID_DESTINATION;
        }
        if (request.fromLength == 0 || request.fromLength > SubmitReader.MAX_TO) {
            return ErrorCode.INVALID_SENDER;
        }
        return request.firstLength == 0 || isSipUri(request) ? ErrorCode.NONE : ErrorCode.INVALID_FIELD;
    }

    private boolean isSipUri(final CallRequest request) {
        final int end = request.firstOffset + request.firstLength;
        return request.firstLength <= MAX_URI
                && uri.parse(request.buffer, Range.between(request.firstOffset, end))
                && (uri.scheme() == SipUri.Scheme.SIP || uri.scheme() == SipUri.Scheme.SIPS)
                // A Request-URI has none (RFC 3261 §19.1.1).
                && uri.headers() == Range.NONE;
    }
}
