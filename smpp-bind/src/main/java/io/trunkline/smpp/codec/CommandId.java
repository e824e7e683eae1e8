package io.trunkline.smpp.codec;

/** Values of command_id (SMPP 3.4 §5.1.2.1, SMPP 5.0 §4.7.5). A response is its request with the top bit set. */
public final class CommandId {
    /** The bit that makes a response of a request. */
    public static final int RESPONSE_BIT = 0x8000_0000;

    public static final int GENERIC_NACK = 0x8000_0000;
    public static final int BIND_RECEIVER = 0x0000_0001;
    public static final int BIND_RECEIVER_RESP = 0x8000_0001;
    public static final int BIND_TRANSMITTER = 0x0000_0002;
    public static final int BIND_TRANSMITTER_RESP = 0x8000_0002;
    public static final int QUERY_SM = 0x0000_0003;
    public static final int QUERY_SM_RESP = 0x8000_0003;
    public static final int SUBMIT_SM = 0x0000_0004;
    public static final int SUBMIT_SM_RESP = 0x8000_0004;
    public static final int DELIVER_SM = 0x0000_0005;
    public static final int DELIVER_SM_RESP = 0x8000_0005;
    public static final int UNBIND = 0x0000_0006;
    public static final int UNBIND_RESP = 0x8000_0006;
    public static final int REPLACE_SM = 0x0000_0007;
    public static final int REPLACE_SM_RESP = 0x8000_0007;
    public static final int CANCEL_SM = 0x0000_0008;
    public static final int CANCEL_SM_RESP = 0x8000_0008;
    public static final int BIND_TRANSCEIVER = 0x0000_0009;
    public static final int BIND_TRANSCEIVER_RESP = 0x8000_0009;
    public static final int OUTBIND = 0x0000_000B;
    public static final int ENQUIRE_LINK = 0x0000_0015;
    public static final int ENQUIRE_LINK_RESP = 0x8000_0015;
    public static final int SUBMIT_MULTI = 0x0000_0021;
    public static final int SUBMIT_MULTI_RESP = 0x8000_0021;
    public static final int ALERT_NOTIFICATION = 0x0000_0102;
    public static final int DATA_SM = 0x0000_0103;
    public static final int DATA_SM_RESP = 0x8000_0103;
    public static final int BROADCAST_SM = 0x0000_0111;
    public static final int BROADCAST_SM_RESP = 0x8000_0111;
    public static final int QUERY_BROADCAST_SM = 0x0000_0112;
    public static final int QUERY_BROADCAST_SM_RESP = 0x8000_0112;
    public static final int CANCEL_BROADCAST_SM = 0x0000_0113;
    public static final int CANCEL_BROADCAST_SM_RESP = 0x8000_0113;

    private CommandId() {}

    /** True for every response, {@link #GENERIC_NACK} among them. */
    public static boolean isResponse(final int commandId) {
        return (commandId & RESPONSE_BIT) != 0;
    }

    /** The command_id that answers a request; of a response it is the response itself. */
    public static int responseOf(final int commandId) {
        return commandId | RESPONSE_BIT;
    }

    /** True for requests that the protocol answers: outbind and alert_notification are not (SMPP 3.4 §4.1.7, §4.12). */
    public static boolean isAnswered(final int commandId) {
        return !isResponse(commandId) && commandId != OUTBIND && commandId != ALERT_NOTIFICATION;
    }

    public static boolean isKnown(final int commandId) {
        return name(commandId) != null;
    }

    /** The name as the specification writes it, or null where the value is not one of the specification. */
    public static String name(final int commandId) {
        return switch (commandId) {
            case GENERIC_NACK -> "generic_nack";
            case BIND_RECEIVER -> "bind_receiver";
            case BIND_RECEIVER_RESP -> "bind_receiver_resp";
            case BIND_TRANSMITTER -> "bind_transmitter";
            case BIND_TRANSMITTER_RESP -> "bind_transmitter_resp";
            case QUERY_SM -> "query_sm";
            case QUERY_SM_RESP -> "query_sm_resp";
            case SUBMIT_SM -> "submit_sm";
            case SUBMIT_SM_RESP -> "submit_sm_resp";
            case DELIVER_SM -> "deliver_sm";
            case DELIVER_SM_RESP -> "deliver_sm_resp";
            case UNBIND -> "unbind";
            case UNBIND_RESP -> "unbind_resp";
            case REPLACE_SM -> "replace_sm";
            case REPLACE_SM_RESP -> "replace_sm_resp";
            case CANCEL_SM -> "cancel_sm";
            case CANCEL_SM_RESP -> "cancel_sm_resp";
            case BIND_TRANSCEIVER -> "bind_transceiver";
            case BIND_TRANSCEIVER_RESP -> "bind_transceiver_resp";
            case OUTBIND -> "outbind";
            case ENQUIRE_LINK -> "enquire_link";
            case ENQUIRE_LINK_RESP -> "enquire_link_resp";
            case SUBMIT_MULTI -> "submit_multi";
            case SUBMIT_MULTI_RESP -> "submit_multi_resp";
            case ALERT_NOTIFICATION -> "alert_notification";
            case DATA_SM -> "data_sm";
            case DATA_SM_RESP -> "data_sm_resp";
            case BROADCAST_SM -> "broadcast_sm";
            case BROADCAST_SM_RESP -> "broadcast_sm_resp";
            case QUERY_BROADCAST_SM -> "query_broadcast_sm";
            case QUERY_BROADCAST_SM_RESP -> "query_broadcast_sm_resp";
            case CANCEL_BROADCAST_SM -> "cancel_broadcast_sm";
            case CANCEL_BROADCAST_SM_RESP -> "cancel_broadcast_sm_resp";
            default -> null;
        };
    }
}
