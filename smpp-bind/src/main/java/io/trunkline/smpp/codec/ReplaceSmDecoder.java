package io.trunkline.smpp.codec;

/**
 * replace_sm (SMPP 3.4 §4.10.1). In 5.0 the new message may stand in message_payload; the rule for both is that of
 * {@link SmDecoder}.
 */
public final class ReplaceSmDecoder extends OneMessageDecoder {
    private final MessageField message = new MessageField();
    private int scheduleOffset;
    private int scheduleLength;
    private int validityOffset;
    private int validityLength;
    private int registeredDelivery;
    private int defaultMessageId;

    @Override
    int decode(final PduCursor body) {
        readMessage(body, false);
        body.cString();
        scheduleOffset = body.start();
        scheduleLength = body.length();
        body.cString();
        validityOffset = body.start();
        validityLength = body.length();
        registeredDelivery = body.uint8();
        defaultMessageId = body.uint8();
        final int status = message.readShortMessage(body);
        if (status == CommandStatus.ESME_ROK) {
            takeTlvs(body);
            message.readPayload(tlvs());
        }
        return status;
    }

    /** schedule_delivery_time; empty: as it was. */
    public int scheduleOffset() {
        return scheduleOffset;
    }

    public int scheduleLength() {
        return scheduleLength;
    }

    /** validity_period; empty: as it was. */
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

    /** sm_default_msg_id. */
    public int defaultMessageId() {
        return defaultMessageId;
    }

    /** Where the new message begins. */
    public int messageOffset() {
        return message.offset();
    }

    public int messageLength() {
        return message.length();
    }

    /** True where the message was taken from the TLV message_payload. */
    public boolean messageInPayload() {
        return message.inPayload();
    }
}
