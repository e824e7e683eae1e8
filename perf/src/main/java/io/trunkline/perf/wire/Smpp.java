package io.trunkline.perf.wire;

/** The numbers of SMPP 3.4 that the harness speaks with (§5.1.2.1, §5.1.3, §5.3.2). */
public final class Smpp {
    public static final int HEADER = 16;
    /** Longest PDU taken; a longer command_length ends the connection. */
    public static final int MAX_PDU = 72 * 1024;

    public static final int RESPONSE = 0x80000000;
    public static final int GENERIC_NACK = 0x80000000;
    public static final int BIND_RECEIVER = 0x01;
    public static final int BIND_TRANSMITTER = 0x02;
    public static final int SUBMIT_SM = 0x04;
    public static final int DELIVER_SM = 0x05;
    public static final int UNBIND = 0x06;
    public static final int BIND_TRANSCEIVER = 0x09;
    public static final int ENQUIRE_LINK = 0x15;
    public static final int DATA_SM = 0x103;

    public static final int OK = 0x00;
    public static final int INVALID_MESSAGE_LENGTH = 0x01;
    public static final int INVALID_COMMAND_LENGTH = 0x02;
    public static final int INVALID_COMMAND_ID = 0x03;
    public static final int INVALID_BIND_STATUS = 0x04;
    public static final int ALREADY_BOUND = 0x05;
    public static final int BIND_FAILED = 0x0D;
    public static final int INVALID_PASSWORD = 0x0E;
    public static final int INVALID_SYSTEM_ID = 0x0F;
    public static final int THROTTLED = 0x58;

    public static final int TAG_RECEIPTED_MESSAGE_ID = 0x001E;
    public static final int TAG_SAR_REFERENCE = 0x020C;
    public static final int TAG_SAR_TOTAL = 0x020E;
    public static final int TAG_SAR_PART = 0x020F;
    public static final int TAG_SC_INTERFACE_VERSION = 0x0210;
    public static final int TAG_NETWORK_ERROR_CODE = 0x0423;
    public static final int TAG_MESSAGE_PAYLOAD = 0x0424;
    public static final int TAG_MESSAGE_STATE = 0x0427;

    private Smpp() {}
}
