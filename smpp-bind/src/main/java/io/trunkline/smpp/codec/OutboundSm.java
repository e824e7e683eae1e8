package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * The parameters of one submit_sm, deliver_sm or data_sm to be written by {@link PduEncoder}; one object is reused for all.
 * Short fields are copied in; the message is only referred to and must stay where it is until it is encoded.
 *
 * <p>Strict: what the specification does not allow on the wire is a programmer's error and throws
 * {@link IllegalArgumentException}. Validate what comes from users before.
 */
public final class OutboundSm {
    /** Longest service_type, without NUL (SMPP 3.4 §5.2.11). */
    public static final int SERVICE_TYPE_MAX = 5;
    /** Longest address of submit_sm and deliver_sm, without NUL (SMPP 3.4 §5.2.8). */
    public static final int ADDRESS_MAX = 20;
    /** Longest address of data_sm, without NUL (SMPP 3.4 §4.7.1). */
    public static final int DATA_ADDRESS_MAX = 64;
    /** Octets of a schedule or validity that is not empty, without NUL (SMPP 3.4 §7.1.1). */
    public static final int TIME_LENGTH = 16;
    /** Longest short_message that 3.4 knows; a longer message goes into message_payload. */
    public static final int SHORT_MESSAGE_MAX = 254;
    /** Longest message: the TLV message_payload has a length of 16 bits. */
    public static final int MESSAGE_MAX = 0xFFFF;

    final byte[] serviceType = new byte[SERVICE_TYPE_MAX];
    final byte[] source = new byte[DATA_ADDRESS_MAX];
    final byte[] destination = new byte[DATA_ADDRESS_MAX];
    final byte[] schedule = new byte[TIME_LENGTH];
    final byte[] validity = new byte[TIME_LENGTH];
    final byte[] header = new byte[0xFF];
    final OutboundTlvs tlvs = new OutboundTlvs();
    int serviceTypeLength;
    int sourceTon;
    int sourceNpi;
    int sourceLength;
    int destinationTon;
    int destinationNpi;
    int destinationLength;
    int scheduleLength;
    int validityLength;
    int headerLength;
    int esmClass;
    int protocolId;
    int priority;
    int registeredDelivery;
    int replaceIfPresent;
    int dataCoding;
    int defaultMessageId;
    boolean messagePayload;
    private byte[] messageArray;
    private ByteBuf messageBuf;
    private DirectBuffer messageBuffer;
    private int messageOffset;
    private int messageLength;

    /** Everything empty or zero. */
    public OutboundSm reset() {
        serviceTypeLength = 0;
        sourceTon = 0;
        sourceNpi = 0;
        sourceLength = 0;
        destinationTon = 0;
        destinationNpi = 0;
        destinationLength = 0;
        scheduleLength = 0;
        validityLength = 0;
        headerLength = 0;
        tlvs.reset();
        esmClass = 0;
        protocolId = 0;
        priority = 0;
        registeredDelivery = 0;
        replaceIfPresent = 0;
        dataCoding = 0;
        defaultMessageId = 0;
        messagePayload = false;
        return noMessage();
    }

    /** US-ASCII, at most {@link #SERVICE_TYPE_MAX} characters. */
    public OutboundSm serviceType(final CharSequence value) {
        serviceTypeLength = ascii("service_type", value, serviceType);
        return this;
    }

    /** Source address as ISO-8859-1 characters, at most {@link #ADDRESS_MAX} of them ({@link #DATA_ADDRESS_MAX} in data_sm). */
    public OutboundSm source(final int ton, final int npi, final CharSequence address) {
        sourceLength = ascii("source_addr", address, source);
        return sourceType(ton, npi);
    }

    public OutboundSm source(
            final int ton, final int npi, final DirectBuffer buffer, final int offset, final int length) {
        sourceLength = checkField("source_addr", length, source.length);
        buffer.getBytes(offset, source, 0, length);
        checkNoNul("source_addr", source, length);
        return sourceType(ton, npi);
    }

    public OutboundSm source(final int ton, final int npi, final ByteBuf buffer, final int offset, final int length) {
        sourceLength = checkField("source_addr", length, source.length);
        buffer.getBytes(offset, source, 0, length);
        checkNoNul("source_addr", source, length);
        return sourceType(ton, npi);
    }

    private OutboundSm sourceType(final int ton, final int npi) {
        sourceTon = octet("source_addr_ton", ton);
        sourceNpi = octet("source_addr_npi", npi);
        return this;
    }

    /** Destination address, as {@link #source(int, int, CharSequence)}. */
    public OutboundSm destination(final int ton, final int npi, final CharSequence address) {
        destinationLength = ascii("destination_addr", address, destination);
        return destinationType(ton, npi);
    }

    public OutboundSm destination(
            final int ton, final int npi, final DirectBuffer buffer, final int offset, final int length) {
        destinationLength = checkField("destination_addr", length, destination.length);
        buffer.getBytes(offset, destination, 0, length);
        checkNoNul("destination_addr", destination, length);
        return destinationType(ton, npi);
    }

    public OutboundSm destination(
            final int ton, final int npi, final ByteBuf buffer, final int offset, final int length) {
        destinationLength = checkField("destination_addr", length, destination.length);
        buffer.getBytes(offset, destination, 0, length);
        checkNoNul("destination_addr", destination, length);
        return destinationType(ton, npi);
    }

    private OutboundSm destinationType(final int ton, final int npi) {
        destinationTon = octet("dest_addr_ton", ton);
        destinationNpi = octet("dest_addr_npi", npi);
        return this;
    }

    /** See {@link EsmClass}. */
    public OutboundSm esmClass(final int value) {
        esmClass = octet("esm_class", value);
        return this;
    }

    public OutboundSm protocolId(final int value) {
        protocolId = octet("protocol_id", value);
        return this;
    }

    public OutboundSm priority(final int value) {
        priority = octet("priority_flag", value);
        return this;
    }

    /** Empty, or {@link #TIME_LENGTH} characters {@code YYMMDDhhmmsstnnp}; of deliver_sm always empty. */
    public OutboundSm schedule(final CharSequence value) {
        scheduleLength = time("schedule_delivery_time", value, schedule);
        return this;
    }

    /** Empty, or {@link #TIME_LENGTH} characters {@code YYMMDDhhmmsstnnp}; of deliver_sm always empty. */
    public OutboundSm validity(final CharSequence value) {
        validityLength = time("validity_period", value, validity);
        return this;
    }

    /** As {@link #validity(CharSequence)}, from {@code length} octets of a buffer. */
    public OutboundSm validity(final DirectBuffer buffer, final int offset, final int length) {
        checkTime("validity_period", length);
        buffer.getBytes(offset, validity, 0, length);
        checkNoNul("validity_period", validity, length);
        validityLength = length;
        return this;
    }

    /** See {@link RegisteredDelivery}. */
    public OutboundSm registeredDelivery(final int value) {
        registeredDelivery = octet("registered_delivery", value);
        return this;
    }

    public OutboundSm replaceIfPresent(final boolean value) {
        replaceIfPresent = value ? 1 : 0;
        return this;
    }

    /** See {@link DataCoding}. */
    public OutboundSm dataCoding(final int value) {
        dataCoding = octet("data_coding", value);
        return this;
    }

    /** sm_default_msg_id. */
    public OutboundSm defaultMessageId(final int value) {
        defaultMessageId = octet("sm_default_msg_id", value);
        return this;
    }

    /**
     * A user data header to stand before the message, with its length octet. The UDHI bit of esm_class is the caller's.
     */
    public OutboundSm userDataHeader(final byte[] array, final int offset, final int length) {
        headerLength = checkField("user data header", length, header.length);
        System.arraycopy(array, offset, header, 0, length);
        return this;
    }

    public OutboundSm message(final byte[] array, final int offset, final int length) {
        if (offset < 0 || length < 0 || offset > array.length - length) {
            throw new IllegalArgumentException("message at " + offset + "+" + length + " is outside of its array");
        }
        noMessage();
        messageArray = array;
        return messageRange(offset, length);
    }

    public OutboundSm message(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        noMessage();
        messageBuffer = buffer;
        return messageRange(offset, length);
    }

    /** Octets of a Netty buffer by index; its reader index does not count and does not move. */
    public OutboundSm message(final ByteBuf buffer, final int offset, final int length) {
        if (offset < 0 || length < 0 || offset > buffer.capacity() - length) {
            throw new IllegalArgumentException("message at " + offset + "+" + length + " is outside of its buffer");
        }
        noMessage();
        messageBuf = buffer;
        return messageRange(offset, length);
    }

    private OutboundSm messageRange(final int offset, final int length) {
        messageOffset = offset;
        messageLength = checkField("message", length, MESSAGE_MAX);
        return this;
    }

    private OutboundSm noMessage() {
        messageArray = null;
        messageBuf = null;
        messageBuffer = null;
        messageOffset = 0;
        messageLength = 0;
        return this;
    }

    /** True: the message goes into the TLV message_payload and short_message stays empty; data_sm always does so. */
    public OutboundSm messagePayload(final boolean value) {
        messagePayload = value;
        return this;
    }

    /** Appends a TLV with one octet. */
    public OutboundSm tlvInt8(final int tag, final int value) {
        tlvs.addInt8(tag, value);
        return this;
    }

    /** Appends a TLV with two octets. */
    public OutboundSm tlvInt16(final int tag, final int value) {
        tlvs.addInt16(tag, value);
        return this;
    }

    /** Appends a TLV with these octets as its value. */
    public OutboundSm tlv(final int tag, final byte[] value, final int offset, final int length) {
        tlvs.add(tag, value, offset, length);
        return this;
    }

    /** Appends a TLV with these octets as its value. */
    public OutboundSm tlv(final int tag, final DirectBuffer value, final int offset, final int length) {
        tlvs.add(tag, value, offset, length);
        return this;
    }

    /** Appends TLVs that are encoded already, headers and all; their framing is checked. */
    public OutboundSm tlvs(final DirectBuffer buffer, final int offset, final int length) {
        tlvs.addEncoded(buffer, offset, length);
        return this;
    }

    /** As {@link #tlvs(DirectBuffer, int, int)}. */
    public OutboundSm tlvs(final ByteBuf buffer, final int offset, final int length) {
        tlvs.addEncoded(buffer, offset, length);
        return this;
    }

    /** Octets of the message with its user data header. */
    int totalMessageLength() {
        return headerLength + messageLength;
    }

    void writeMessage(final ByteBuf out) {
        out.writeBytes(header, 0, headerLength);
        if (messageArray != null) {
            out.writeBytes(messageArray, messageOffset, messageLength);
        } else if (messageBuf != null) {
            out.writeBytes(messageBuf, messageOffset, messageLength);
        } else if (messageBuffer != null) {
            WireBytes.append(out, messageBuffer, messageOffset, messageLength);
        }
    }

    private static int ascii(final String field, final CharSequence value, final byte[] target) {
        final int length = checkField(field, value.length(), target.length);
        for (int i = 0; i < length; i++) {
            final char c = value.charAt(i);
            if (c == 0 || c > 0xFF) {
                throw new IllegalArgumentException(field + " has a character that no octet stands for");
            }
            target[i] = (byte) c;
        }
        return length;
    }

    private static int time(final String field, final CharSequence value, final byte[] target) {
        checkTime(field, value.length());
        return ascii(field, value, target);
    }

    private static void checkTime(final String field, final int length) {
        if (length != 0 && length != TIME_LENGTH) {
            throw new IllegalArgumentException(field + " has " + length + " characters, not 0 or " + TIME_LENGTH);
        }
    }

    private static int checkField(final String field, final int length, final int max) {
        if (length < 0 || length > max) {
            throw new IllegalArgumentException(field + " of " + length + " octets, at most " + max + " are allowed");
        }
        return length;
    }

    private static void checkNoNul(final String field, final byte[] octets, final int length) {
        for (int i = 0; i < length; i++) {
            if (octets[i] == 0) {
                throw new IllegalArgumentException(field + " has a NUL within");
            }
        }
    }

    private static int octet(final String field, final int value) {
        if ((value & ~0xFF) != 0) {
            throw new IllegalArgumentException(field + " " + value + " is not within 0..255");
        }
        return value;
    }

    @Override
    public String toString() {
        // No message: what people write to each other is not for logs.
        return "OutboundSm{"
                + new String(source, 0, sourceLength, StandardCharsets.ISO_8859_1)
                + " -> "
                + new String(destination, 0, destinationLength, StandardCharsets.ISO_8859_1)
                + ", " + totalMessageLength() + " octets}";
    }
}
