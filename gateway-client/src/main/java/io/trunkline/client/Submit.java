package io.trunkline.client;

import io.trunkline.upstream.codec.MessageClass;
import io.trunkline.upstream.codec.ReceiptWish;
import io.trunkline.upstream.codec.SenderType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * One message to send, as values: for {@link TrunklineClient#submit}. Whoever sends many thousands a second fills a
 * {@link SubmitBuilder} instead.
 *
 * <pre>{@code
 * Submit.of(ClientReference.of(orderId)).from("+4915112345").to("+306912345678").text("Καλημέρα").build();
 * }</pre>
 */
public final class Submit {
    private final Builder values;
    private final ClientReference reference;

    private Submit(final Builder values) {
        this.values = values;
        this.reference = values.reference;
    }

    /** Starts a transactional text message of which the final status is to be told. */
    public static Builder of(final ClientReference reference) {
        return new Builder(reference);
    }

    public ClientReference reference() {
        return reference;
    }

    /** Fills in all of it. */
    SubmitBuilder fill(final SubmitBuilder message) {
        message.clear()
                .reference(reference.hi(), reference.lo())
                .messageClass(values.messageClass)
                .receiptWish(values.receiptWish)
                .from(values.senderType, values.from)
                .to(values.to)
                .smartEncoding(values.smartEncoding)
                .campaign(values.campaign)
                .tags(values.tags);
        if (values.binary) {
            message.binary(values.dataCoding, values.userDataHeader, values.body);
        } else {
            message.text(values.body);
        }
        if (values.validity != null) {
            message.validityMs(values.validity.toMillis());
        }
        if (values.scheduledAt != null) {
            message.scheduledAtMs(values.scheduledAt.toEpochMilli());
        }
        if (values.priceCapMicros != null) {
            message.priceCapMicros(values.priceCapMicros);
        }
        return message;
    }

    /** Gathers the fields of a {@link Submit}; to be used once. */
    public static final class Builder {
        private final ClientReference reference;
        private SenderType senderType = SenderType.NUMBER;
        private byte[] from = {};
        private byte[] to = {};
        private byte[] body = {};
        private byte[] campaign = {};
        private byte[] tags = {};
        private boolean binary;
        private int dataCoding;
        private boolean userDataHeader;
        private boolean smartEncoding;
        private MessageClass messageClass = MessageClass.TRANSACTIONAL;
        private ReceiptWish receiptWish = ReceiptWish.FINAL;
        private Duration validity;
        private Instant scheduledAt;
        private Long priceCapMicros;

        private Builder(final ClientReference reference) {
            this.reference = Objects.requireNonNull(reference, "reference");
        }

        /** A number that the tenant may send from. */
        public Builder from(final String number) {
            return from(SenderType.NUMBER, number);
        }

        public Builder from(final SenderType type, final String sender) {
            senderType = Objects.requireNonNull(type, "sender type");
            from = utf8(sender);
            return this;
        }

        /** The destination, E.164 with or without {@code +}. */
        public Builder to(final String number) {
            to = utf8(number);
            return this;
        }

        /** A text body; the gateway chooses the encoding. */
        public Builder text(final String text) {
            body = utf8(text);
            binary = false;
            return this;
        }

        /**
         * A binary body.
         *
         * @param coding SMPP data_coding, 0..254
         * @param withHeader the bytes start with a user data header
         */
        public Builder binary(final int coding, final boolean withHeader, final byte[] bytes) {
            body = bytes.clone();
            dataCoding = coding;
            userDataHeader = withHeader;
            binary = true;
            return this;
        }

        /** The gateway may replace look-alike characters to save segments. */
        public Builder smartEncoding() {
            smartEncoding = true;
            return this;
        }

        public Builder messageClass(final MessageClass priority) {
            messageClass = Objects.requireNonNull(priority, "class");
            return this;
        }

        public Builder receiptWish(final ReceiptWish wish) {
            receiptWish = Objects.requireNonNull(wish, "receipt wish");
            return this;
        }

        /** How long from acceptance the message is of use. Without: the tenant's default. */
        public Builder validity(final Duration duration) {
            validity = duration;
            return this;
        }

        /** Not to be sent before. Without: at once. */
        public Builder scheduledAt(final Instant time) {
            scheduledAt = time;
            return this;
        }

        /** The most that the message may cost, millionths of the tenant's currency. */
        public Builder priceCapMicros(final long micros) {
            priceCapMicros = micros;
            return this;
        }

        public Builder campaign(final String id) {
            campaign = utf8(id);
            return this;
        }

        /** Free text that is handed through to billing. */
        public Builder tags(final String text) {
            tags = utf8(text);
            return this;
        }

        public Submit build() {
            return new Submit(this);
        }

        private static byte[] utf8(final String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
