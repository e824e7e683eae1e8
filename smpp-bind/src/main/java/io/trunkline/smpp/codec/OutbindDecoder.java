package io.trunkline.smpp.codec;

/**
 * outbind (SMPP 3.4 §4.1.7.1): a message centre asks to be bound to.
 */
public final class OutbindDecoder extends PduDecoder {
    private int systemIdOffset;
    private int systemIdLength;
    private int passwordOffset;
    private int passwordLength;

    @Override
    int decode(final PduCursor body) {
        body.cString();
        systemIdOffset = body.start();
        systemIdLength = body.length();
        body.lastCString();
        passwordOffset = body.start();
        passwordLength = body.length();
        return statusOf(body);
    }

    public int systemIdOffset() {
        return systemIdOffset;
    }

    public int systemIdLength() {
        return systemIdLength;
    }

    public int passwordOffset() {
        return passwordOffset;
    }

    public int passwordLength() {
        return passwordLength;
    }
}
