package io.trunkline.smpp.codec;

/**
 * The PDUs that carry a message to one destination: submit_sm (SMPP 3.4 §4.4.1), deliver_sm (§4.6.1) and data_sm (§4.7.1).
 * The first two have the same fields; data_sm has fewer, and those that it lacks read as zero or empty, its message being the
 * message_payload.
 *
 * <p>Where a message stands both in short_message and in message_payload, which the specification forbids, short_message
 * counts unless it is empty, as it does elsewhere in the field.
 */
public sealed class SmDecoder extends SourcedDecoder permits SubmitMultiDecoder {
    private final MessageField message = new MessageField();
    private int serviceTypeOffset;
    private int serviceTypeLength;
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

    @Override
    final int decode(final PduCursor body) {
        body.cString();
        serviceTypeOffset = body.start();
        serviceTypeLength = body.length();
        readSource(body, false);
        final int status = decodeDestination(body);
        esmClass = body.uint8();
        final int tailStatus = commandId() == CommandId.DATA_SM ? decodeDataTail(body) : decodeSmTail(body);
        return status == CommandStatus.ESME_ROK ? tailStatus : status;
    }

    /** Reads what stands between the source address and esm_class; returns the command_status for it. */
    int decodeDestination(final PduCursor body) {
        destinationTon = body.uint8();
        destinationNpi = body.uint8();
        body.cString();
        destinationOffset = body.start();
        destinationLength = body.length();
        return CommandStatus.ESME_ROK;
    }

    /** For submit_multi: the current destination is the name of a distribution list. */
    final void takeListName(final PduCursor body) {
        body.cString();
        destinationTon = 0;
        destinationNpi = 0;
        destinationOffset = body.start();
        destinationLength = body.length();
    }

    /** For submit_multi: there is no current destination. */
    final void takeNoDestination(final int at) {
        destinationTon = 0;
        destinationNpi = 0;
        destinationOffset = at;
        destinationLength = 0;
    }

    private int decodeSmTail(final PduCursor body) {
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
        final int status = message.readShortMessage(body);
        if (status == CommandStatus.ESME_ROK) {
            takeTlvs(body);
            message.readPayload(tlvs());
        }
        return status;
    }

    private int decodeDataTail(final PduCursor body) {
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
        message.none(body);
        if (body.exhausted()) {
            return CommandStatus.ESME_RINVCMDLEN;
        }
        takeTlvs(body);
        message.readPayload(tlvs());
        return CommandStatus.ESME_ROK;
    }

    public final int serviceTypeOffset() {
        return serviceTypeOffset;
    }

    public final int serviceTypeLength() {
        return serviceTypeLength;
    }

    public final int destinationTon() {
        return destinationTon;
    }

    public final int destinationNpi() {
        return destinationNpi;
    }

    public final int destinationOffset() {
        return destinationOffset;
    }

    public final int destinationLength() {
        return destinationLength;
    }

    /** See {@link EsmClass}. */
    public final int esmClass() {
        return esmClass;
    }

    public final int protocolId() {
        return protocolId;
    }

    /** priority_flag. */
    public final int priority() {
        return priority;
    }

    /** schedule_delivery_time: empty, or a time by SMPP 3.4 §7.1.1, which nobody has checked yet. */
    public final int scheduleOffset() {
        return scheduleOffset;
    }

    public final int scheduleLength() {
        return scheduleLength;
    }

    /** validity_period: empty, or a time by SMPP 3.4 §7.1.1, which nobody has checked yet. */
    public final int validityOffset() {
        return validityOffset;
    }

    public final int validityLength() {
        return validityLength;
    }

    /** See {@link RegisteredDelivery}. */
    public final int registeredDelivery() {
        return registeredDelivery;
    }

    public final int replaceIfPresent() {
        return replaceIfPresent;
    }

    /** See {@link DataCoding}. */
    public final int dataCoding() {
        return dataCoding;
    }

    /** sm_default_msg_id. */
    public final int defaultMessageId() {
        return defaultMessageId;
    }

    /** Where the message begins, in short_message or in message_payload, with its user data header if it has one. */
    public final int messageOffset() {
        return message.offset();
    }

    public final int messageLength() {
        return message.length();
    }

    /** True where the message was taken from the TLV message_payload. */
    public final boolean messageInPayload() {
        return message.inPayload();
    }

    /** True where short_message and message_payload both held a message. */
    public final boolean messageTwice() {
        return message.twice();
    }
}
