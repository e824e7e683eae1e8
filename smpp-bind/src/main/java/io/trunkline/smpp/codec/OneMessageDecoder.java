package io.trunkline.smpp.codec;

/** What PDUs share that ask for something of a message that was submitted: its id, and the source that it came from. */
public abstract class OneMessageDecoder extends PduDecoder {
    private int messageIdOffset;
    private int messageIdLength;
    private int sourceTon;
    private int sourceNpi;
    private int sourceOffset;
    private int sourceLength;

    OneMessageDecoder() {}

    /** @param isLast whether the source is the last field */
    final void readMessage(final PduCursor body, final boolean isLast) {
        body.cString();
        messageIdOffset = body.start();
        messageIdLength = body.length();
        sourceTon = body.uint8();
        sourceNpi = body.uint8();
        if (isLast) {
            body.lastCString();
        } else {
            body.cString();
        }
        sourceOffset = body.start();
        sourceLength = body.length();
    }

    public final int messageIdOffset() {
        return messageIdOffset;
    }

    /** Octets of the message_id; empty in a cancel_sm means: all messages of this source, destination and service type. */
    public final int messageIdLength() {
        return messageIdLength;
    }

    /** See {@link Ton}. */
    public final int sourceTon() {
        return sourceTon;
    }

    /** See {@link Npi}. */
    public final int sourceNpi() {
        return sourceNpi;
    }

    public final int sourceOffset() {
        return sourceOffset;
    }

    public final int sourceLength() {
        return sourceLength;
    }
}
