package io.trunkline.smpp.codec;

/**
 * cancel_sm (SMPP 3.4 §4.9.1) and cancel_broadcast_sm (SMPP 5.0 §4.6.2.1). The second has no destination, which then reads as
 * empty, but may have TLVs.
 */
public final class CancelDecoder extends PduDecoder {
    private int serviceTypeOffset;
    private int serviceTypeLength;
    private int messageIdOffset;
    private int messageIdLength;
    private int sourceTon;
    private int sourceNpi;
    private int sourceOffset;
    private int sourceLength;
    private int destinationTon;
    private int destinationNpi;
    private int destinationOffset;
    private int destinationLength;

    @Override
    int decode(final PduCursor body) {
        body.cString();
        serviceTypeOffset = body.start();
        serviceTypeLength = body.length();
        body.cString();
        messageIdOffset = body.start();
        messageIdLength = body.length();
        sourceTon = body.uint8();
        sourceNpi = body.uint8();
        if (commandId() == CommandId.CANCEL_BROADCAST_SM) {
            body.lastCString();
            sourceOffset = body.start();
            sourceLength = body.length();
            destinationTon = 0;
            destinationNpi = 0;
            destinationOffset = body.position();
            destinationLength = 0;
        } else {
            body.cString();
            sourceOffset = body.start();
            sourceLength = body.length();
            destinationTon = body.uint8();
            destinationNpi = body.uint8();
            body.lastCString();
            destinationOffset = body.start();
            destinationLength = body.length();
        }
        takeTlvs(body);
        return statusOf(body);
    }

    public int serviceTypeOffset() {
        return serviceTypeOffset;
    }

    public int serviceTypeLength() {
        return serviceTypeLength;
    }

    public int messageIdOffset() {
        return messageIdOffset;
    }

    /** Octets of the message_id; empty means: all messages of this source, destination and service type. */
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
}
