package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Appends the PDUs that are rare: query, cancel, replace, submit_multi, alert_notification and the broadcast operations of
 * 5.0, with their responses; by the rules of {@link PduEncoder}, but from objects. Their refusals are
 * {@link PduEncoder#refusal}.
 */
public final class AncillaryEncoder {
    /** Most destinations of a submit_multi (SMPP 3.4 §4.5.1). */
    public static final int DESTINATIONS_MAX = 254;

    private AncillaryEncoder() {}

    /** query_sm (SMPP 3.4 §4.8.1). */
    public static void querySm(
            final ByteBuf out, final int sequence, final CharSequence messageId, final SmeAddress source) {
        query(out, CommandId.QUERY_SM, sequence, messageId, source);
    }

    /**
     * query_sm_resp (SMPP 3.4 §4.8.2).
     *
     * @param finalDate empty while the message is not in a final state, or {@link OutboundSm#TIME_LENGTH} characters
     * @param messageState see {@link MessageState}
     */
    public static void querySmResp(
            final ByteBuf out,
            final int sequence,
            final CharSequence messageId,
            final CharSequence finalDate,
            final int messageState,
            final int errorCode) {
        PduWriter.check("message_id", messageId, PduEncoder.MESSAGE_ID_MAX);
        PduWriter.checkTime("final_date", finalDate);
        PduWriter.checkOctet("message_state", messageState);
        PduWriter.checkOctet("error_code", errorCode);
        final int start = PduWriter.begin(out, CommandId.QUERY_SM_RESP, CommandStatus.ESME_ROK, sequence);
        PduWriter.cString(out, messageId);
        PduWriter.cString(out, finalDate);
        out.writeByte(messageState);
        out.writeByte(errorCode);
        PduWriter.end(out, start);
    }

    /** cancel_sm (SMPP 3.4 §4.9.1); an empty message id cancels all of this source, destination and service type. */
    public static void cancelSm(
            final ByteBuf out,
            final int sequence,
            final CharSequence serviceType,
            final CharSequence messageId,
            final SmeAddress source,
            final SmeAddress destination) {
        PduWriter.check("destination_addr", destination.address(), OutboundSm.ADDRESS_MAX);
        final int start = beginCancel(out, CommandId.CANCEL_SM, sequence, serviceType, messageId, source);
        PduWriter.address(out, destination);
        PduWriter.end(out, start);
    }

    public static void cancelSmResp(final ByteBuf out, final int status, final int sequence) {
        PduWriter.headerOnly(out, CommandId.CANCEL_SM_RESP, status, sequence);
    }

    /** replace_sm (SMPP 3.4 §4.10.1) with what of the message it can replace: the rest of {@code sm} is not written. */
    public static void replaceSm(
            final ByteBuf out, final int sequence, final CharSequence messageId, final OutboundSm sm) {
        PduWriter.checkRequestSequence(sequence);
        PduWriter.check("message_id", messageId, PduEncoder.MESSAGE_ID_MAX);
        PduWriter.checkLength("source_addr", sm.sourceLength, OutboundSm.ADDRESS_MAX);
        PduWriter.checkLength("short_message", sm.totalMessageLength(), OutboundSm.SHORT_MESSAGE_MAX);
        final int start = PduWriter.begin(out, CommandId.REPLACE_SM, CommandStatus.ESME_ROK, sequence);
        PduWriter.cString(out, messageId);
        out.writeByte(sm.sourceTon);
        out.writeByte(sm.sourceNpi);
        PduWriter.cString(out, sm.source, sm.sourceLength);
        PduWriter.cString(out, sm.schedule, sm.scheduleLength);
        PduWriter.cString(out, sm.validity, sm.validityLength);
        out.writeByte(sm.registeredDelivery);
        out.writeByte(sm.defaultMessageId);
        out.writeByte(sm.totalMessageLength());
        sm.writeMessage(out);
        PduWriter.end(out, start);
    }

    public static void replaceSmResp(final ByteBuf out, final int status, final int sequence) {
        PduWriter.headerOnly(out, CommandId.REPLACE_SM_RESP, status, sequence);
    }

    /** submit_multi (SMPP 3.4 §4.5.1); the destination of {@code sm} is not written. */
    public static void submitMulti(
            final ByteBuf out, final int sequence, final OutboundSm sm, final List<MultiDestination> destinations) {
        PduWriter.checkRequestSequence(sequence);
        if (destinations.isEmpty() || destinations.size() > DESTINATIONS_MAX) {
            throw new IllegalArgumentException(
                    destinations.size() + " destinations, 1.." + DESTINATIONS_MAX + " are allowed");
        }
        for (final MultiDestination destination : destinations) {
            if (destination instanceof SmeAddress address) {
                PduWriter.check("destination_addr", address.address(), OutboundSm.ADDRESS_MAX);
            }
        }
        PduWriter.checkSm(sm);
        final int start = PduWriter.begin(out, CommandId.SUBMIT_MULTI, CommandStatus.ESME_ROK, sequence);
        PduWriter.smSource(out, sm);
        out.writeByte(destinations.size());
        for (final MultiDestination destination : destinations) {
            if (destination instanceof SmeAddress address) {
                out.writeByte(SubmitMultiDecoder.FLAG_ADDRESS);
                PduWriter.address(out, address);
            } else if (destination instanceof DistributionList list) {
                out.writeByte(SubmitMultiDecoder.FLAG_DISTRIBUTION_LIST);
                PduWriter.cString(out, list.name());
            }
        }
        PduWriter.smTail(out, sm);
        PduWriter.end(out, start);
    }

    /** submit_multi_resp (SMPP 3.4 §4.5.2). */
    public static void submitMultiResp(
            final ByteBuf out,
            final int sequence,
            final CharSequence messageId,
            final List<RefusedDestination> refused) {
        PduWriter.check("message_id", messageId, PduEncoder.MESSAGE_ID_MAX);
        PduWriter.checkOctet("no_unsuccess", refused.size());
        for (final RefusedDestination each : refused) {
            PduWriter.check("destination_addr", each.destination().address(), OutboundSm.ADDRESS_MAX);
        }
        final int start = PduWriter.begin(out, CommandId.SUBMIT_MULTI_RESP, CommandStatus.ESME_ROK, sequence);
        PduWriter.cString(out, messageId);
        out.writeByte(refused.size());
        for (final RefusedDestination each : refused) {
            PduWriter.address(out, each.destination());
            out.writeInt(each.status());
        }
        PduWriter.end(out, start);
    }

    /** alert_notification (SMPP 3.4 §4.12.1). */
    public static void alertNotification(
            final ByteBuf out,
            final int sequence,
            final SmeAddress source,
            final SmeAddress esme,
            final OutboundTlvs tlvs) {
        PduWriter.checkRequestSequence(sequence);
        final int start = PduWriter.begin(out, CommandId.ALERT_NOTIFICATION, CommandStatus.ESME_ROK, sequence);
        PduWriter.address(out, source);
        PduWriter.address(out, esme);
        tlvs.write(out);
        PduWriter.end(out, start);
    }

    /** broadcast_sm (SMPP 5.0 §4.4.1.1). */
    public static void broadcastSm(
            final ByteBuf out, final int sequence, final BroadcastRequest request, final OutboundTlvs tlvs) {
        PduWriter.checkRequestSequence(sequence);
        final int start = PduWriter.begin(out, CommandId.BROADCAST_SM, CommandStatus.ESME_ROK, sequence);
        PduWriter.cString(out, request.serviceType());
        PduWriter.address(out, request.source());
        PduWriter.cString(out, request.messageId());
        out.writeByte(request.priority());
        PduWriter.cString(out, request.schedule());
        PduWriter.cString(out, request.validity());
        out.writeByte(request.replaceIfPresent() ? 1 : 0);
        out.writeByte(request.dataCoding());
        out.writeByte(request.defaultMessageId());
        tlvs.write(out);
        PduWriter.end(out, start);
    }

    /** broadcast_sm_resp (SMPP 5.0 §4.4.1.2). */
    public static void broadcastSmResp(
            final ByteBuf out, final int sequence, final CharSequence messageId, final OutboundTlvs tlvs) {
        messageIdAndTlvs(out, CommandId.BROADCAST_SM_RESP, sequence, messageId, tlvs);
    }

    /** query_broadcast_sm (SMPP 5.0 §4.6.1.1). */
    public static void queryBroadcastSm(
            final ByteBuf out, final int sequence, final CharSequence messageId, final SmeAddress source) {
        query(out, CommandId.QUERY_BROADCAST_SM, sequence, messageId, source);
    }

    /** query_broadcast_sm_resp (SMPP 5.0 §4.6.1.3). */
    public static void queryBroadcastSmResp(
            final ByteBuf out, final int sequence, final CharSequence messageId, final OutboundTlvs tlvs) {
        messageIdAndTlvs(out, CommandId.QUERY_BROADCAST_SM_RESP, sequence, messageId, tlvs);
    }

    /** cancel_broadcast_sm (SMPP 5.0 §4.6.2.1). */
    public static void cancelBroadcastSm(
            final ByteBuf out,
            final int sequence,
            final CharSequence serviceType,
            final CharSequence messageId,
            final SmeAddress source) {
        final int start = beginCancel(out, CommandId.CANCEL_BROADCAST_SM, sequence, serviceType, messageId, source);
        PduWriter.end(out, start);
    }

    public static void cancelBroadcastSmResp(final ByteBuf out, final int status, final int sequence) {
        PduWriter.headerOnly(out, CommandId.CANCEL_BROADCAST_SM_RESP, status, sequence);
    }

    private static void query(
            final ByteBuf out,
            final int commandId,
            final int sequence,
            final CharSequence messageId,
            final SmeAddress source) {
        PduWriter.checkRequestSequence(sequence);
        PduWriter.check("message_id", messageId, PduEncoder.MESSAGE_ID_MAX);
        PduWriter.check("source_addr", source.address(), OutboundSm.ADDRESS_MAX);
        final int start = PduWriter.begin(out, commandId, CommandStatus.ESME_ROK, sequence);
        PduWriter.cString(out, messageId);
        PduWriter.address(out, source);
        PduWriter.end(out, start);
    }

    private static int beginCancel(
            final ByteBuf out,
            final int commandId,
            final int sequence,
            final CharSequence serviceType,
            final CharSequence messageId,
            final SmeAddress source) {
        PduWriter.checkRequestSequence(sequence);
        PduWriter.check("service_type", serviceType, OutboundSm.SERVICE_TYPE_MAX);
        PduWriter.check("message_id", messageId, PduEncoder.MESSAGE_ID_MAX);
        PduWriter.check("source_addr", source.address(), OutboundSm.ADDRESS_MAX);
        final int start = PduWriter.begin(out, commandId, CommandStatus.ESME_ROK, sequence);
        PduWriter.cString(out, serviceType);
        PduWriter.cString(out, messageId);
        PduWriter.address(out, source);
        return start;
    }

    private static void messageIdAndTlvs(
            final ByteBuf out,
            final int commandId,
            final int sequence,
            final CharSequence messageId,
            final OutboundTlvs tlvs) {
        PduWriter.check("message_id", messageId, PduEncoder.MESSAGE_ID_MAX);
        final int start = PduWriter.begin(out, commandId, CommandStatus.ESME_ROK, sequence);
        PduWriter.cString(out, messageId);
        tlvs.write(out);
        PduWriter.end(out, start);
    }
}
