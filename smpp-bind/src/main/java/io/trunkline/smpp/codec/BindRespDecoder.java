package io.trunkline.smpp.codec;

/**
 * bind_transmitter_resp, bind_receiver_resp and bind_transceiver_resp (SMPP 3.4 §4.1.2). A refusal has no body; a success
 * without one is taken too.
 */
public final class BindRespDecoder extends PduDecoder {
    /** {@link #scInterfaceVersion()} of a message centre that does not say: 3.4 or older. */
    public static final int VERSION_ABSENT = -1;

    private int systemIdOffset;
    private int systemIdLength;
    private int scInterfaceVersion;

    @Override
    int decode(final PduCursor body) {
        body.cString();
        systemIdOffset = body.start();
        systemIdLength = body.length();
        takeTlvs(body);
        scInterfaceVersion = VERSION_ABSENT;
        final TlvIterator tlvs = tlvs();
        if (tlvs.find(TlvTag.SC_INTERFACE_VERSION)) {
            scInterfaceVersion = (int) tlvs.unsignedValue(VERSION_ABSENT);
        }
        tlvs.rewind();
        return CommandStatus.ESME_ROK;
    }

    public int systemIdOffset() {
        return systemIdOffset;
    }

    public int systemIdLength() {
        return systemIdLength;
    }

    /** The TLV sc_interface_version, see {@link InterfaceVersion}, or {@link #VERSION_ABSENT}. */
    public int scInterfaceVersion() {
        return scInterfaceVersion;
    }
}
