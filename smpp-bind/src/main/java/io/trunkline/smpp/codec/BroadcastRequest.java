package io.trunkline.smpp.codec;

/**
 * The parameters of a broadcast_sm (SMPP 5.0 §4.4.1.1) without its TLVs, four of which are mandatory: broadcast_area_identifier,
 * broadcast_content_type, broadcast_rep_num and broadcast_frequency_interval.
 *
 * @param serviceType at most {@link OutboundSm#SERVICE_TYPE_MAX} characters
 * @param messageId of the message to be replaced, or empty
 * @param schedule empty or {@link OutboundSm#TIME_LENGTH} characters
 * @param validity empty or {@link OutboundSm#TIME_LENGTH} characters
 * @param dataCoding see {@link DataCoding}
 */
public record BroadcastRequest(
        String serviceType,
        SmeAddress source,
        String messageId,
        int priority,
        String schedule,
        String validity,
        boolean replaceIfPresent,
        int dataCoding,
        int defaultMessageId) {
    public BroadcastRequest {
        PduWriter.check("service_type", serviceType, OutboundSm.SERVICE_TYPE_MAX);
        PduWriter.check("source_addr", source.address(), OutboundSm.ADDRESS_MAX);
        PduWriter.check("message_id", messageId, PduEncoder.MESSAGE_ID_MAX);
        PduWriter.checkOctet("priority_flag", priority);
        PduWriter.checkTime("schedule_delivery_time", schedule);
        PduWriter.checkTime("validity_period", validity);
        PduWriter.checkOctet("data_coding", dataCoding);
        PduWriter.checkOctet("sm_default_msg_id", defaultMessageId);
    }
}
