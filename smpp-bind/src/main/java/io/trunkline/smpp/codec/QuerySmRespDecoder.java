package io.trunkline.smpp.codec;

/**
 * query_sm_resp (SMPP 3.4 §4.8.2). A refusal may have no body at all; then every field is empty or zero.
 */
public final class QuerySmRespDecoder extends PduDecoder {
    private int messageIdOffset;
    private int messageIdLength;
    private int finalDateOffset;
    private int finalDateLength;
    private int messageState;
    private int errorCode;

    @Override
    int decode(final PduCursor body) {
        body.cString();
        messageIdOffset = body.start();
        messageIdLength = body.length();
        body.cString();
        finalDateOffset = body.start();
        finalDateLength = body.length();
        messageState = body.uint8();
        errorCode = body.uint8();
        takeTlvs(body);
        return commandStatus() == CommandStatus.ESME_ROK ? statusOf(body) : CommandStatus.ESME_ROK;
    }

    public int messageIdOffset() {
        return messageIdOffset;
    }

    public int messageIdLength() {
        return messageIdLength;
    }

    /** Empty while the message is not in a final state. */
    public int finalDateOffset() {
        return finalDateOffset;
    }

    public int finalDateLength() {
        return finalDateLength;
    }

    /** See {@link MessageState}. */
    public int messageState() {
        return messageState;
    }

    /** By the carrier's own list. */
    public int errorCode() {
        return errorCode;
    }
}
