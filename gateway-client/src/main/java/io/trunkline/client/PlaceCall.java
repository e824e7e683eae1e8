package io.trunkline.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trunkline.upstream.codec.MessageHeaderEncoder;
import io.trunkline.upstream.codec.PlaceCallEncoder;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Objects;
import org.agrona.MutableDirectBuffer;

/**
 * One call to place, as values: for {@link TrunklineClient#placeCall}. The gateway first calls the tenant's own platform, takes
 * its media offer to the number, and joins both (RFC 3725 §4.1, flow I).
 *
 * <pre>{@code
 * PlaceCall.of(ClientReference.of(orderId)).from("+4915112345").to("+306912345678").media("sip:ivr@media.example").build();
 * }</pre>
 */
public final class PlaceCall implements Outgoing {
    private static final int MAX_TEXT = 65_534;
    private static final long MAX_MS = 0xFFFF_FFFEL;

    private final ClientReference reference;
    private final byte[] from;
    private final byte[] to;
    private final byte[] media;
    private final long ringTimeoutMs;
    private final long maxDurationMs;

    private PlaceCall(final Builder values) {
        reference = values.reference;
        from = values.from;
        to = values.to;
        media = values.media;
        ringTimeoutMs = values.ringTimeoutMs;
        maxDurationMs = values.maxDurationMs;
    }

    /** Starts a call with the times that the gateway is configured with. */
    public static Builder of(final ClientReference reference) {
        return new Builder(reference);
    }

    public ClientReference reference() {
        return reference;
    }

    @Override
    public long referenceHi() {
        return reference.hi();
    }

    @Override
    public long referenceLo() {
        return reference.lo();
    }

    @Override
    public int frameLength() {
        return FrameValidator.OVERHEAD
                + PlaceCallEncoder.BLOCK_LENGTH
                + 3 * Short.BYTES
                + from.length
                + to.length
                + media.length;
    }

    @Override
    public void encode(final MutableDirectBuffer buffer, final int offset) {
        buffer.putInt(offset, frameLength() - FrameValidator.PREFIX_LENGTH, ByteOrder.LITTLE_ENDIAN);
        new PlaceCallEncoder()
                .wrapAndApplyHeader(buffer, offset + FrameValidator.PREFIX_LENGTH, new MessageHeaderEncoder())
                .referenceHi(reference.hi())
                .referenceLo(reference.lo())
                .ringTimeoutMs(ringTimeoutMs)
                .maxDurationMs(maxDurationMs)
                .putFrom(from, 0, from.length)
                .putTo(to, 0, to.length)
                .putMedia(media, 0, media.length);
    }

    /** Gathers the fields of a {@link PlaceCall}; to be used once. */
    public static final class Builder {
        private final ClientReference reference;
        private byte[] from = {};
        private byte[] to = {};
        private byte[] media = {};
        private long ringTimeoutMs;
        private long maxDurationMs;

        private Builder(final ClientReference reference) {
            this.reference = Objects.requireNonNull(reference, "reference");
        }

        /** The number that the callee is to see. */
        public Builder from(final String number) {
            from = text(number);
            return this;
        }

        /** Whom to call, E.164 with or without {@code +}. */
        public Builder to(final String number) {
            to = text(number);
            return this;
        }

        /** SIP URI at the tenant's platform that is called first, as its media server's. Without: {@code from} there. */
        public Builder media(final String sipUri) {
            media = text(sipUri);
            return this;
        }

        /** How long both sides together may take to answer. */
        public Builder ringTimeout(final Duration time) {
            ringTimeoutMs = ms(time);
            return this;
        }

        /** How long the answered call may last. */
        public Builder maxDuration(final Duration time) {
            maxDurationMs = ms(time);
            return this;
        }

        public PlaceCall build() {
            return new PlaceCall(this);
        }

        private static byte[] text(final String text) {
            final byte[] octets = text.getBytes(UTF_8);
            if (octets.length > MAX_TEXT) {
                throw new IllegalArgumentException("field of " + octets.length + " bytes, at most " + MAX_TEXT);
            }
            return octets;
        }

        private static long ms(final Duration time) {
            final long ms = time.toMillis();
            if (ms < 1 || ms > MAX_MS) {
                throw new IllegalArgumentException(time + " is not between 1 ms and " + MAX_MS + " ms");
            }
            return ms;
        }
    }
}
