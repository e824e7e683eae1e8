package io.trunkline.smpp.codec;

/**
 * Tags of the TLVs (SMPP 3.4 §5.3.2, SMPP 5.0 §4.8.1). Trunkline interprets few of them; the rest, and every tag that is not
 * here, pass through as raw bytes.
 */
public final class TlvTag {
    public static final int DEST_ADDR_SUBUNIT = 0x0005;
    public static final int DEST_NETWORK_TYPE = 0x0006;
    public static final int DEST_BEARER_TYPE = 0x0007;
    public static final int DEST_TELEMATICS_ID = 0x0008;
    public static final int SOURCE_ADDR_SUBUNIT = 0x000D;
    public static final int SOURCE_NETWORK_TYPE = 0x000E;
    public static final int SOURCE_BEARER_TYPE = 0x000F;
    public static final int SOURCE_TELEMATICS_ID = 0x0010;
    public static final int QOS_TIME_TO_LIVE = 0x0017;
    public static final int PAYLOAD_TYPE = 0x0019;
    public static final int ADDITIONAL_STATUS_INFO_TEXT = 0x001D;
    public static final int RECEIPTED_MESSAGE_ID = 0x001E;
    public static final int MS_MSG_WAIT_FACILITIES = 0x0030;
    public static final int PRIVACY_INDICATOR = 0x0201;
    public static final int SOURCE_SUBADDRESS = 0x0202;
    public static final int DEST_SUBADDRESS = 0x0203;
    public static final int USER_MESSAGE_REFERENCE = 0x0204;
    public static final int USER_RESPONSE_CODE = 0x0205;
    public static final int SOURCE_PORT = 0x020A;
    public static final int DESTINATION_PORT = 0x020B;
    public static final int SAR_MSG_REF_NUM = 0x020C;
    public static final int LANGUAGE_INDICATOR = 0x020D;
    public static final int SAR_TOTAL_SEGMENTS = 0x020E;
    public static final int SAR_SEGMENT_SEQNUM = 0x020F;
    public static final int SC_INTERFACE_VERSION = 0x0210;
    public static final int CALLBACK_NUM_PRES_IND = 0x0302;
    public static final int CALLBACK_NUM_ATAG = 0x0303;
    public static final int NUMBER_OF_MESSAGES = 0x0304;
    public static final int CALLBACK_NUM = 0x0381;
    public static final int DPF_RESULT = 0x0420;
    public static final int SET_DPF = 0x0421;
    public static final int MS_AVAILABILITY_STATUS = 0x0422;
    public static final int NETWORK_ERROR_CODE = 0x0423;
    public static final int MESSAGE_PAYLOAD = 0x0424;
    public static final int DELIVERY_FAILURE_REASON = 0x0425;
    public static final int MORE_MESSAGES_TO_SEND = 0x0426;
    public static final int MESSAGE_STATE = 0x0427;
    public static final int CONGESTION_STATE = 0x0428;
    public static final int USSD_SERVICE_OP = 0x0501;
    public static final int BROADCAST_CHANNEL_INDICATOR = 0x0600;
    public static final int BROADCAST_CONTENT_TYPE = 0x0601;
    public static final int BROADCAST_CONTENT_TYPE_INFO = 0x0602;
    public static final int BROADCAST_MESSAGE_CLASS = 0x0603;
    public static final int BROADCAST_REP_NUM = 0x0604;
    public static final int BROADCAST_FREQUENCY_INTERVAL = 0x0605;
    public static final int BROADCAST_AREA_IDENTIFIER = 0x0606;
    public static final int BROADCAST_ERROR_STATUS = 0x0607;
    public static final int BROADCAST_AREA_SUCCESS = 0x0608;
    public static final int BROADCAST_END_TIME = 0x0609;
    public static final int BROADCAST_SERVICE_GROUP = 0x060A;
    public static final int BILLING_IDENTIFICATION = 0x060B;
    public static final int SOURCE_NETWORK_ID = 0x060D;
    public static final int DEST_NETWORK_ID = 0x060E;
    public static final int SOURCE_NODE_ID = 0x060F;
    public static final int DEST_NODE_ID = 0x0610;
    public static final int DEST_ADDR_NP_RESOLUTION = 0x0611;
    public static final int DEST_ADDR_NP_INFORMATION = 0x0612;
    public static final int DEST_ADDR_NP_COUNTRY = 0x0613;
    public static final int DISPLAY_TIME = 0x1201;
    public static final int SMS_SIGNAL = 0x1203;
    public static final int MS_VALIDITY = 0x1204;
    public static final int ALERT_ON_MESSAGE_DELIVERY = 0x130C;
    public static final int ITS_REPLY_TYPE = 0x1380;
    public static final int ITS_SESSION_INFO = 0x1383;

    /** First and last tag that the specification leaves to the vendor of a message centre. */
    public static final int VENDOR_FIRST = 0x1400;

    public static final int VENDOR_LAST = 0x3FFF;

    private TlvTag() {}

    /** The name as the specification writes it, or null where the tag is not one of the specification. */
    public static String name(final int tag) {
        return switch (tag) {
            case DEST_ADDR_SUBUNIT -> "dest_addr_subunit";
            case DEST_NETWORK_TYPE -> "dest_network_type";
            case DEST_BEARER_TYPE -> "dest_bearer_type";
            case DEST_TELEMATICS_ID -> "dest_telematics_id";
            case SOURCE_ADDR_SUBUNIT -> "source_addr_subunit";
            case SOURCE_NETWORK_TYPE -> "source_network_type";
            case SOURCE_BEARER_TYPE -> "source_bearer_type";
            case SOURCE_TELEMATICS_ID -> "source_telematics_id";
            case QOS_TIME_TO_LIVE -> "qos_time_to_live";
            case PAYLOAD_TYPE -> "payload_type";
            case ADDITIONAL_STATUS_INFO_TEXT -> "additional_status_info_text";
            case RECEIPTED_MESSAGE_ID -> "receipted_message_id";
            case MS_MSG_WAIT_FACILITIES -> "ms_msg_wait_facilities";
            case PRIVACY_INDICATOR -> "privacy_indicator";
            case SOURCE_SUBADDRESS -> "source_subaddress";
            case DEST_SUBADDRESS -> "dest_subaddress";
            case USER_MESSAGE_REFERENCE -> "user_message_reference";
            case USER_RESPONSE_CODE -> "user_response_code";
            case SOURCE_PORT -> "source_port";
            case DESTINATION_PORT -> "destination_port";
            case SAR_MSG_REF_NUM -> "sar_msg_ref_num";
            case LANGUAGE_INDICATOR -> "language_indicator";
            case SAR_TOTAL_SEGMENTS -> "sar_total_segments";
            case SAR_SEGMENT_SEQNUM -> "sar_segment_seqnum";
            case SC_INTERFACE_VERSION -> "sc_interface_version";
            case CALLBACK_NUM_PRES_IND -> "callback_num_pres_ind";
            case CALLBACK_NUM_ATAG -> "callback_num_atag";
            case NUMBER_OF_MESSAGES -> "number_of_messages";
            case CALLBACK_NUM -> "callback_num";
            case DPF_RESULT -> "dpf_result";
            case SET_DPF -> "set_dpf";
            case MS_AVAILABILITY_STATUS -> "ms_availability_status";
            case NETWORK_ERROR_CODE -> "network_error_code";
            case MESSAGE_PAYLOAD -> "message_payload";
            case DELIVERY_FAILURE_REASON -> "delivery_failure_reason";
            case MORE_MESSAGES_TO_SEND -> "more_messages_to_send";
            case MESSAGE_STATE -> "message_state";
            case CONGESTION_STATE -> "congestion_state";
            case USSD_SERVICE_OP -> "ussd_service_op";
            case BROADCAST_CHANNEL_INDICATOR -> "broadcast_channel_indicator";
            case BROADCAST_CONTENT_TYPE -> "broadcast_content_type";
            case BROADCAST_CONTENT_TYPE_INFO -> "broadcast_content_type_info";
            case BROADCAST_MESSAGE_CLASS -> "broadcast_message_class";
            case BROADCAST_REP_NUM -> "broadcast_rep_num";
            case BROADCAST_FREQUENCY_INTERVAL -> "broadcast_frequency_interval";
            case BROADCAST_AREA_IDENTIFIER -> "broadcast_area_identifier";
            case BROADCAST_ERROR_STATUS -> "broadcast_error_status";
            case BROADCAST_AREA_SUCCESS -> "broadcast_area_success";
            case BROADCAST_END_TIME -> "broadcast_end_time";
            case BROADCAST_SERVICE_GROUP -> "broadcast_service_group";
            case BILLING_IDENTIFICATION -> "billing_identification";
            case SOURCE_NETWORK_ID -> "source_network_id";
            case DEST_NETWORK_ID -> "dest_network_id";
            case SOURCE_NODE_ID -> "source_node_id";
            case DEST_NODE_ID -> "dest_node_id";
            case DEST_ADDR_NP_RESOLUTION -> "dest_addr_np_resolution";
            case DEST_ADDR_NP_INFORMATION -> "dest_addr_np_information";
            case DEST_ADDR_NP_COUNTRY -> "dest_addr_np_country";
            case DISPLAY_TIME -> "display_time";
            case SMS_SIGNAL -> "sms_signal";
            case MS_VALIDITY -> "ms_validity";
            case ALERT_ON_MESSAGE_DELIVERY -> "alert_on_message_delivery";
            case ITS_REPLY_TYPE -> "its_reply_type";
            case ITS_SESSION_INFO -> "its_session_info";
            default -> null;
        };
    }
}
