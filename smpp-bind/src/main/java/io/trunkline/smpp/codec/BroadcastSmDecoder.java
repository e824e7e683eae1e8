package io.trunkline.smpp.codec;

/**
 * broadcast_sm (SMPP 5.0 §4.4.1.1): cell broadcast. Trunkline does not offer it and refuses it by its own response, for which it has
 * to be read.
 */
public final class BroadcastSmDecoder extends SourcedDecoder {
    private int serviceTypeOffset;
    private int serviceTypeLength;
    private int messageIdOffset;
    private int messageIdLength;
    private int priority;
    private int scheduleOffset;
    private int scheduleLength;
    private int validityOffset;
    private int validityLength;
    private int replaceIfPresent;
    private int dataCoding;
    private int defaultMessageId;

    @Override
    int decode(final PduCursor body) {
        body.cString();
        serviceTypeOffset = body.start();
        serviceTypeLength = body.length();
        readSource(body, false);
        body.cString();
        messageIdOffset = body.start();
        messageIdLength = body.length();
        priority = body.uint8();
        body.cString();
        scheduleOffset = body.start();
        scheduleLength = body.length();
        body.cString();
        validityOffset = body.start();
        validityLength = body.length();
        replaceIfPresent = body.uint8();
        dataCoding = body.uint8();
        defaultMessageId = body.uint8();
        if (body.exhausted()) {
            return CommandStatus.ESME_RINVCMDLEN;
        }
        takeTlvs(body);
        final boolean complete = tlvs().find(TlvTag.BROADCAST_AREA_IDENTIFIER)
                && tlvs().find(TlvTag.BROADCAST_CONTENT_TYPE)
                && tlvs().find(TlvTag.BROADCAST_REP_NUM)
                && tlvs().find(TlvTag.BROADCAST_FREQUENCY_INTERVAL);
        tlvs().rewind();
        return complete ? CommandStatus.ESME_ROK : CommandStatus.ESME_RMISSINGTLV;
    }

    public int serviceTypeOffset() {
        return serviceTypeOffset;
    }

    public int serviceTypeLength() {
        return serviceTypeLength;
    }

    /** Of the message to be replaced, or empty. */
    public int messageIdOffset() {
        return messageIdOffset;
    }

    public int messageIdLength() {
        return messageIdLength;
    }

    public int priority() {
        return priority;
    }

    public int scheduleOffset() {
        return scheduleOffset;
    }

    public int scheduleLength() {
        return scheduleLength;
    }

    public int validityOffset() {
        return validityOffset;
    }

    public int validityLength() {
        return validityLength;
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
}
