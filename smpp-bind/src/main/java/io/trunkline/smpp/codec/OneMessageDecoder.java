package io.trunkline.smpp.codec;

/** What PDUs share that ask for something of a message that was submitted: its id, and the source that it came from. */
public abstract class OneMessageDecoder extends SourcedDecoder {
    private int messageIdOffset;
    private int messageIdLength;

    OneMessageDecoder() {}

    /** @param isLast whether the source is the last field */
    final void readMessage(final PduCursor body, final boolean isLast) {
        body.cString();
        messageIdOffset = body.start();
        messageIdLength = body.length();
        readSource(body, isLast);
    }

    public final int messageIdOffset() {
        return messageIdOffset;
    }

    /** Octets of the message_id; empty in a cancel_sm means: all messages of this source, destination and service type. */
    public final int messageIdLength() {
        return messageIdLength;
    }
}
