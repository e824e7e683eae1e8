package io.trunkline.smpp.codec;

/**
 * query_sm (SMPP 3.4 §4.8.1) and query_broadcast_sm (SMPP 5.0 §4.6.1.1): the state of a message is asked for. The second may
 * have TLVs.
 */
public final class QueryDecoder extends PduDecoder {
    private int messageIdOffset;
    private int messageIdLength;
    private int sourceTon;
    private int sourceNpi;
    private int sourceOffset;
    private int sourceLength;

    @Override
    int decode(final PduCursor body) {
        body.cString();
        messageIdOffset = body.start();
        messageIdLength = body.length();
        sourceTon = body.uint8();
        sourceNpi = body.uint8();
        body.lastCString();
        sourceOffset = body.start();
        sourceLength = body.length();
        takeTlvs(body);
        return statusOf(body);
    }

    public int messageIdOffset() {
        return messageIdOffset;
    }

    public int messageIdLength() {
        return messageIdLength;
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
}
