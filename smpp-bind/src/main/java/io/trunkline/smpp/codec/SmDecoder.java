package io.trunkline.smpp.codec;

/**
 * The PDUs that carry a message: submit_sm (SMPP 3.4 §4.4.1), deliver_sm (§4.6.1) and data_sm (§4.7.1). The first two have
 * the same fields; data_sm has fewer, and those that it lacks read as zero or empty, its message being the message_payload.
 *
 * <p>Where a message stands both in short_message and in message_payload, which the specification forbids, short_message
 * counts unless it is empty, as it does elsewhere in the field.
 */
public final class SmDecoder extends PduDecoder {
    private int serviceTypeOffset;
    private int serviceTypeLength;
    private int sourceTon;
    private int sourceNpi;
    private int sourceOffset;
    private int sourceLength;
    private int destinationTon;
    private int destinationNpi;
    private int destinationOffset;
    private int destinationLength;
    private int esmClass;
    private int protocolId;
    private int priority;
    private int scheduleOffset;
    private int scheduleLength;
    private int validityOffset;
    private int validityLength;
    private int registeredDelivery;
    private int replaceIfPresent;
    private int dataCoding;
    private int defaultMessageId;
    private int messageOffset;
    private int messageLength;
    private boolean payload;
    private boolean both;

    @Override
    int decode(final PduCursor body) {
        body.cString();
        serviceTypeOffset = body.start();
        serviceTypeLength = body.length();
        sourceTon = body.uint8();
        sourceNpi = body.uint8();
        body.cString();
        sourceOffset = body.start();
        sourceLength = body.length();
        destinationTon = body.uint8();
        destinationNpi = body.uint8();
        body.cString();
        destinationOffset = body.start();
        destinationLength = body.length();
        esmClass = body.uint8();
        return commandId() == CommandId.DATA_SM ? decodeData(body) : decodeSm(body);
    }

    private int decodeSm(final PduCursor body) {
        protocolId = body.uint8();
        priority = body.uint8();
        body.cString();
        scheduleOffset = body.start();
        scheduleLength = body.length();
        body.cString();
        validityOffset = body.start();
        validityLength = body.length();
        registeredDelivery = body.uint8();
        replaceIfPresent = body.uint8();
        dataCoding = body.uint8();
        defaultMessageId = body.uint8();
        final int smLength = body.uint8();
        final boolean cut = body.exhausted();
        body.octets(smLength);
        messageOffset = body.start();
        messageLength = body.length();
        payload = false;
        both = false;
        if (body.exhausted()) {
            return cut ? CommandStatus.ESME_RINVCMDLEN : CommandStatus.ESME_RINVMSGLEN;
        }
        takeTlvs(body);
        takePayload();
        return CommandStatus.ESME_ROK;
    }

    private int decodeData(final PduCursor body) {
        registeredDelivery = body.uint8();
        dataCoding = body.uint8();
        protocolId = 0;
        priority = 0;
        scheduleOffset = body.position();
        scheduleLength = 0;
        validityOffset = body.position();
        validityLength = 0;
        replaceIfPresent = 0;
        defaultMessageId = 0;
        messageOffset = body.position();
        messageLength = 0;
        payload = false;
        both = false;
        if (body.exhausted()) {
            return CommandStatus.ESME_RINVCMDLEN;
        }
        takeTlvs(body);
        takePayload();
        return CommandStatus.ESME_ROK;
    }

    private void takePayload() {
        final TlvIterator tlvs = tlvs();
        if (tlvs.length() == 0) {
            return;
        }
        if (tlvs.find(TlvTag.MESSAGE_PAYLOAD)) {
            if (messageLength == 0) {
                messageOffset = tlvs.valueOffset();
                messageLength = tlvs.valueLength();
                payload = true;
            } else {
                both = true;
            }
        }
        tlvs.rewind();
    }

    public int serviceTypeOffset() {
        return serviceTypeOffset;
    }

    public int serviceTypeLength() {
        return serviceTypeLength;
    }

    /** See {@link Ton}. */
    public int sourceTon() {
        return sourceTon;
    }

    /** See {@link Npi}. */
    public int sourceNpi() {
        return sourceNpi;
    }

    public int sourceOffset() {
        return sourceOffset;
    }

    public int sourceLength() {
        return sourceLength;
    }

    public int destinationTon() {
        return destinationTon;
    }

    public int destinationNpi() {
        return destinationNpi;
    }

    public int destinationOffset() {
        return destinationOffset;
    }

    public int destinationLength() {
        return destinationLength;
    }

    /** See {@link EsmClass}. */
    public int esmClass() {
        return esmClass;
    }

    public int protocolId() {
        return protocolId;
    }

    /** priority_flag. */
    public int priority() {
        return priority;
    }

    /** schedule_delivery_time: empty, or a time by SMPP 3.4 §7.1.1, which nobody has checked yet. */
    public int scheduleOffset() {
        return scheduleOffset;
    }

    public int scheduleLength() {
        return scheduleLength;
    }

    /** validity_period: empty, or a time by SMPP 3.4 §7.1.1, which nobody has checked yet. */
    public int validityOffset() {
        return validityOffset;
    }

    public int validityLength() {
        return validityLength;
    }

    /** See {@link RegisteredDelivery}. */
    public int registeredDelivery() {
        return registeredDelivery;
    }

    public int replaceIfPresent() {
        return replaceIfPresent;
    }

    /** See {@link DataCoding}. */
    public int dataCoding() {
        return dataCoding;
    }

    /** sm_default_msg_id. */
    public int defaultMessageId() {
        return defaultMessageId;
    }

    /** Where the message begins, in short_message or in message_payload, with its user data header if it has one. */
    public int messageOffset() {
        return messageOffset;
    }

    public int messageLength() {
        return messageLength;
    }

    /** True where the message was taken from the TLV message_payload. */
    public boolean messageInPayload() {
        return payload;
    }

    /** True where short_message and message_payload both held a message. */
    public boolean messageTwice() {
        return both;
    }
}
