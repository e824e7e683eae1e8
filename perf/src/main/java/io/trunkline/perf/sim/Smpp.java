package io.trunkline.perf.sim;

/** The numbers of SMPP 3.4 that the simulator speaks with (§5.1.2.1, §5.1.3, §5.3.2). */
final class Smpp {
    static final int HEADER = 16;
    /** Longest PDU taken; a longer command_length ends the connection. */
    static final int MAX_PDU = 72 * 1024;

    static final int RESPONSE = 0x80000000;
    static final int GENERIC_NACK = 0x80000000;
    static final int BIND_RECEIVER = 0x01;
    static final int BIND_TRANSMITTER = 0x02;
    static final int SUBMIT_SM = 0x04;
    static final int DELIVER_SM = 0x05;
    static final int UNBIND = 0x06;
    static final int BIND_TRANSCEIVER = 0x09;
    static final int ENQUIRE_LINK = 0x15;
    static final int DATA_SM = 0x103;

    static final int OK = 0x00;
    static final int INVALID_MESSAGE_LENGTH = 0x01;
    static final int INVALID_COMMAND_LENGTH = 0x02;
    static final int INVALID_COMMAND_ID = 0x03;
    static final int INVALID_BIND_STATUS = 0x04;
    static final int ALREADY_BOUND = 0x05;
    static final int BIND_FAILED = 0x0D;
    static final int INVALID_PASSWORD = 0x0E;
    static final int INVALID_SYSTEM_ID = 0x0F;
    static final int THROTTLED = 0x58;

    static final int TAG_RECEIPTED_MESSAGE_ID = 0x001E;
    static final int TAG_SAR_REFERENCE = 0x020C;
    static final int TAG_SAR_TOTAL = 0x020E;
    static final int TAG_SAR_PART = 0x020F;
    static final int TAG_SC_INTERFACE_VERSION = 0x0210;
    static final int TAG_NETWORK_ERROR_CODE = 0x0423;
    static final int TAG_MESSAGE_PAYLOAD = 0x0424;
    static final int TAG_MESSAGE_STATE = 0x0427;

    private Smpp() {}
}
