package io.trunkline.smpp.codec;

/**
 * cancel_sm (SMPP 3.4 §4.9.1) and cancel_broadcast_sm (SMPP 5.0 §4.6.2.1). The second has no destination, which then reads as
 * empty, but may have TLVs.
 */
public final class CancelDecoder extends OneMessageDecoder {
    private int serviceTypeOffset;
    private int serviceTypeLength;
    private int destinationTon;
    private int destinationNpi;
    private int destinationOffset;
    private int destinationLength;

    @Override
    int decode(final PduCursor body) {
        body.cString();
        serviceTypeOffset = body.start();
        serviceTypeLength = body.length();
        final boolean isBroadcast = commandId() == CommandId.CANCEL_BROADCAST_SM;
        readMessage(body, isBroadcast);
        if (isBroadcast) {
            destinationTon = 0;
            destinationNpi = 0;
            destinationOffset = body.position();
            destinationLength = 0;
        } else {
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
