package io.trunkline.gateway.upstream.binary;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.events.EventStreams;
import io.trunkline.gateway.upstream.SecretHash;
import io.trunkline.upstream.codec.HelloDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Reads a Hello, checked field by field. Once per connection: here Strings are fine. */
final class HelloReader {
    static final int PROTOCOL_VERSION = 1;

    private static final int MAX_NAME = 64;
    private static final int KNOWN_FLAGS = 0b1;

    private final HelloDecoder decoder = new HelloDecoder();

    /**
     * What a Hello asks for.
     *
     * @param eventWindow as asked for, 0: as many as allowed
     * @param resumeAfter {@link EventStreams#FROM_STORED_CURSOR} or the last sequence that the client has
     */
    record Hello(
            String tenant, SecretHash token, String clientName, boolean events, long eventWindow, long resumeAfter) {}

    /** Why there is no {@link Hello}. */
    private ErrorCode refusal = ErrorCode.NONE;

    ErrorCode refusal() {
        return refusal;
    }

    /** Reads the Hello; null where it is to be refused, {@link #refusal()} says why. */
    Hello read(final DirectBuffer buffer, final int blockOffset, final int blockLength, final int version) {
        decoder.wrap(buffer, blockOffset, blockLength, version);
        refusal = ErrorCode.NONE;
        if (decoder.protocolVersion() != PROTOCOL_VERSION) {
            refusal = ErrorCode.VERSION_NOT_SUPPORTED;
            return null;
        }
        final int flags = decoder.flags().getRaw();
        final boolean events = decoder.flags().events();
        final long eventWindow = decoder.eventWindow();
        final long resumeAfter = decoder.resumeAfter();
        // Data fields are read in the order of the schema; the frame limit before authentication keeps them short.
        final byte[] tenantBytes = new byte[decoder.tenantLength()];
        decoder.getTenant(tenantBytes, 0, tenantBytes.length);
        final byte[] token = new byte[decoder.tokenLength()];
        decoder.getToken(token, 0, token.length);
        final byte[] clientNameBytes = new byte[decoder.clientNameLength()];
        decoder.getClientName(clientNameBytes, 0, clientNameBytes.length);
        final String tenant = new String(tenantBytes, StandardCharsets.UTF_8);
        final String clientName = new String(clientNameBytes, StandardCharsets.UTF_8);
        if ((flags & ~KNOWN_FLAGS) != 0
                || tenant.isEmpty()
                || tenant.length() > MAX_NAME
                || (events ? !isName(clientName) : !clientName.isEmpty() && !isName(clientName))
                || (resumeAfter < 0 && resumeAfter != HelloDecoder.resumeAfterNullValue())) {
            refusal = ErrorCode.INVALID_FIELD;
            return null;
        }
        return new Hello(
                tenant,
                SecretHash.of(token),
                clientName,
                events,
                eventWindow,
                resumeAfter == HelloDecoder.resumeAfterNullValue() ? EventStreams.FROM_STORED_CURSOR : resumeAfter);
    }

    /** Letters, digits, {@code . _ -}: names with a colon are the gateway's own, say {@code smpp:system_id}. */
    private static boolean isName(final String name) {
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            final boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= MAX_NAME;
    }
}
