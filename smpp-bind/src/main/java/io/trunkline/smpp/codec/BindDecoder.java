package io.trunkline.smpp.codec;

/**
 * bind_transmitter, bind_receiver and bind_transceiver (SMPP 3.4 §4.1.1, §4.1.3, §4.1.5): one layout, told apart by their
 * command_id. Longer passwords and system ids than the specification's are taken: carriers hand them out.
 */
public final class BindDecoder extends PduDecoder {
    private int systemIdOffset;
    private int systemIdLength;
    private int passwordOffset;
    private int passwordLength;
    private int systemTypeOffset;
    private int systemTypeLength;
    private int interfaceVersion;
    private int addressTon;
    private int addressNpi;
    private int addressRangeOffset;
    private int addressRangeLength;

    @Override
    int decode(final PduCursor body) {
        body.cString();
        systemIdOffset = body.start();
        systemIdLength = body.length();
        body.cString();
        passwordOffset = body.start();
        passwordLength = body.length();
        body.cString();
        systemTypeOffset = body.start();
        systemTypeLength = body.length();
        interfaceVersion = body.uint8();
        addressTon = body.uint8();
        addressNpi = body.uint8();
        body.lastCString();
        addressRangeOffset = body.start();
        addressRangeLength = body.length();
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

    public int systemTypeOffset() {
        return systemTypeOffset;
    }

    public int systemTypeLength() {
        return systemTypeLength;
    }

    /** See {@link InterfaceVersion}. */
    public int interfaceVersion() {
        return interfaceVersion;
    }

    public int addressTon() {
        return addressTon;
    }

    public int addressNpi() {
        return addressNpi;
    }

    public int addressRangeOffset() {
        return addressRangeOffset;
    }

    public int addressRangeLength() {
        return addressRangeLength;
    }
}
