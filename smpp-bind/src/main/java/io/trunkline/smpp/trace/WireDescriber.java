package io.trunkline.smpp.trace;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.trunkline.smpp.codec.AlertNotificationDecoder;
import io.trunkline.smpp.codec.BindDecoder;
import io.trunkline.smpp.codec.BindRespDecoder;
import io.trunkline.smpp.codec.BroadcastSmDecoder;
import io.trunkline.smpp.codec.CancelDecoder;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.OutbindDecoder;
import io.trunkline.smpp.codec.PduDecoder;
import io.trunkline.smpp.codec.PduHeader;
import io.trunkline.smpp.codec.QueryDecoder;
import io.trunkline.smpp.codec.QuerySmRespDecoder;
import io.trunkline.smpp.codec.ReplaceSmDecoder;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.SmRespDecoder;
import io.trunkline.smpp.codec.SourcedDecoder;
import io.trunkline.smpp.codec.SubmitMultiDecoder;
import io.trunkline.smpp.codec.SubmitMultiRespDecoder;
import io.trunkline.smpp.codec.TlvIterator;
import io.trunkline.smpp.codec.WireBytes;

/** Describes PDUs by the decoders that the daemon itself uses. */
public final class WireDescriber implements PduDescriber {
    @Override
    public PduReading describe(final byte[] pdu, final Disclosure disclosure) {
        if (pdu.length < PduHeader.LENGTH) {
            return new PduReading.Refused(pdu.length + " octets are no PDU");
        }
        final ByteBuf buf = Unpooled.wrappedBuffer(pdu);
        if (PduHeader.length(buf, 0) != pdu.length) {
            return new PduReading.Refused(
                    "command_length " + PduHeader.length(buf, 0) + " of " + pdu.length + " octets");
        }
        final int commandId = PduHeader.commandId(buf, 0);
        final String command = CommandId.name(commandId);
        if (command == null) {
            return new PduReading.Refused("unknown command_id 0x" + Integer.toHexString(commandId));
        }
        final DescriptionBuilder out = new DescriptionBuilder(disclosure);
        final int refusal = describeBody(commandId, buf, out);
        if (refusal != CommandStatus.ESME_ROK) {
            return new PduReading.Refused(command + ": " + CommandStatus.name(refusal));
        }
        return out.build(command, PduHeader.commandStatus(buf, 0), PduHeader.sequence(buf, 0));
    }

    private static int describeBody(final int commandId, final ByteBuf buf, final DescriptionBuilder out) {
        return switch (commandId) {
            case CommandId.BIND_RECEIVER, CommandId.BIND_TRANSMITTER, CommandId.BIND_TRANSCEIVER -> bind(buf, out);
            case CommandId.BIND_RECEIVER_RESP, CommandId.BIND_TRANSMITTER_RESP, CommandId.BIND_TRANSCEIVER_RESP ->
                bindResp(buf, out);
            case CommandId.OUTBIND -> outbind(buf, out);
            case CommandId.SUBMIT_SM, CommandId.DELIVER_SM, CommandId.DATA_SM -> sm(buf, out);
            case CommandId.SUBMIT_MULTI -> submitMulti(buf, out);
            case CommandId.SUBMIT_MULTI_RESP -> submitMultiResp(buf, out);
            case CommandId.SUBMIT_SM_RESP,
                    CommandId.DELIVER_SM_RESP,
                    CommandId.DATA_SM_RESP,
                    CommandId.BROADCAST_SM_RESP,
                    CommandId.QUERY_BROADCAST_SM_RESP -> smResp(buf, out);
            case CommandId.QUERY_SM, CommandId.QUERY_BROADCAST_SM -> query(buf, out);
            case CommandId.QUERY_SM_RESP -> querySmResp(buf, out);
            case CommandId.CANCEL_SM, CommandId.CANCEL_BROADCAST_SM -> cancel(buf, out);
            case CommandId.REPLACE_SM -> replaceSm(buf, out);
            case CommandId.ALERT_NOTIFICATION -> alertNotification(buf, out);
            case CommandId.BROADCAST_SM -> broadcastSm(buf, out);
            default -> CommandStatus.ESME_ROK;
        };
    }

    private static int wrap(final PduDecoder pdu, final ByteBuf buf) {
        return pdu.wrap(buf, 0, buf.readableBytes());
    }

    private static int bind(final ByteBuf buf, final DescriptionBuilder out) {
        final BindDecoder pdu = new BindDecoder();
        final int status = wrap(pdu, buf);
        out.text("system_id", text(buf, pdu.systemIdOffset(), pdu.systemIdLength()))
                .secret("password", text(buf, pdu.passwordOffset(), pdu.passwordLength()))
                .text("system_type", text(buf, pdu.systemTypeOffset(), pdu.systemTypeLength()))
                .number("interface_version", pdu.interfaceVersion())
                .address(
                        "address_range",
                        "addr",
                        pdu.addressTon(),
                        pdu.addressNpi(),
                        text(buf, pdu.addressRangeOffset(), pdu.addressRangeLength()));
        return status;
    }

    private static int bindResp(final ByteBuf buf, final DescriptionBuilder out) {
        final BindRespDecoder pdu = new BindRespDecoder();
        final int status = wrap(pdu, buf);
        out.text("system_id", text(buf, pdu.systemIdOffset(), pdu.systemIdLength()));
        tlvs(pdu, out);
        return status;
    }

    private static int outbind(final ByteBuf buf, final DescriptionBuilder out) {
        final OutbindDecoder pdu = new OutbindDecoder();
        final int status = wrap(pdu, buf);
        out.text("system_id", text(buf, pdu.systemIdOffset(), pdu.systemIdLength()))
                .secret("password", text(buf, pdu.passwordOffset(), pdu.passwordLength()));
        return status;
    }

    private static int sm(final ByteBuf buf, final DescriptionBuilder out) {
        final SmDecoder pdu = new SmDecoder();
        final int status = wrap(pdu, buf);
        smSource(pdu, out);
        out.address(
                "destination_addr",
                "dest_addr",
                pdu.destinationTon(),
                pdu.destinationNpi(),
                text(buf, pdu.destinationOffset(), pdu.destinationLength()));
        smTail(pdu, out);
        return status;
    }

    private static int submitMulti(final ByteBuf buf, final DescriptionBuilder out) {
        final SubmitMultiDecoder pdu = new SubmitMultiDecoder();
        final int status = wrap(pdu, buf);
        smSource(pdu, out);
        out.number("number_of_dests", pdu.destinationCount());
        for (int i = 1; pdu.nextDestination(); i++) {
            final String value = text(buf, pdu.destinationOffset(), pdu.destinationLength());
            if (pdu.destinationFlag() == SubmitMultiDecoder.FLAG_ADDRESS) {
                out.address("destination_addr" + i, "dest_addr" + i, pdu.destinationTon(), pdu.destinationNpi(), value);
            } else {
                out.text("dl_name" + i, value);
            }
        }
        smTail(pdu, out);
        return status;
    }

    private static void smSource(final SmDecoder pdu, final DescriptionBuilder out) {
        final ByteBuf buf = pdu.buffer();
        out.text("service_type", text(buf, pdu.serviceTypeOffset(), pdu.serviceTypeLength()));
        source(pdu, out);
    }

    private static DescriptionBuilder source(final SourcedDecoder pdu, final DescriptionBuilder out) {
        return out.address(
                "source_addr",
                "source_addr",
                pdu.sourceTon(),
                pdu.sourceNpi(),
                text(pdu.buffer(), pdu.sourceOffset(), pdu.sourceLength()));
    }

    private static void smTail(final SmDecoder pdu, final DescriptionBuilder out) {
        final ByteBuf buf = pdu.buffer();
        out.number("esm_class", pdu.esmClass());
        if (pdu.commandId() != CommandId.DATA_SM) {
            out.number("protocol_id", pdu.protocolId())
                    .number("priority_flag", pdu.priority())
                    .text("schedule_delivery_time", text(buf, pdu.scheduleOffset(), pdu.scheduleLength()))
                    .text("validity_period", text(buf, pdu.validityOffset(), pdu.validityLength()));
        }
        out.number("registered_delivery", pdu.registeredDelivery());
        if (pdu.commandId() != CommandId.DATA_SM) {
            out.number("replace_if_present_flag", pdu.replaceIfPresent());
        }
        out.number("data_coding", pdu.dataCoding());
        if (pdu.commandId() != CommandId.DATA_SM) {
            final int length = pdu.messageInPayload() ? 0 : pdu.messageLength();
            out.number("sm_default_msg_id", pdu.defaultMessageId())
                    .message("short_message", octets(buf, pdu.messageOffset(), length));
        }
        tlvs(pdu, out);
    }

    private static int submitMultiResp(final ByteBuf buf, final DescriptionBuilder out) {
        final SubmitMultiRespDecoder pdu = new SubmitMultiRespDecoder();
        final int status = wrap(pdu, buf);
        out.text("message_id", text(buf, pdu.messageIdOffset(), pdu.messageIdLength()))
                .number("no_unsuccess", pdu.refusedCount());
        for (int i = 1; pdu.nextRefused(); i++) {
            out.address(
                            "destination_addr" + i,
                            "dest_addr" + i,
                            pdu.refusedTon(),
                            pdu.refusedNpi(),
                            text(buf, pdu.refusedAddressOffset(), pdu.refusedAddressLength()))
                    .number("error_status_code" + i, pdu.refusedStatus());
        }
        tlvs(pdu, out);
        return status;
    }

    private static int smResp(final ByteBuf buf, final DescriptionBuilder out) {
        final SmRespDecoder pdu = new SmRespDecoder();
        final int status = wrap(pdu, buf);
        out.text("message_id", text(buf, pdu.messageIdOffset(), pdu.messageIdLength()));
        tlvs(pdu, out);
        return status;
    }

    private static int query(final ByteBuf buf, final DescriptionBuilder out) {
        final QueryDecoder pdu = new QueryDecoder();
        final int status = wrap(pdu, buf);
        out.text("message_id", text(buf, pdu.messageIdOffset(), pdu.messageIdLength()));
        source(pdu, out);
        tlvs(pdu, out);
        return status;
    }

    private static int querySmResp(final ByteBuf buf, final DescriptionBuilder out) {
        final QuerySmRespDecoder pdu = new QuerySmRespDecoder();
        final int status = wrap(pdu, buf);
        out.text("message_id", text(buf, pdu.messageIdOffset(), pdu.messageIdLength()))
                .text("final_date", text(buf, pdu.finalDateOffset(), pdu.finalDateLength()))
                .number("message_state", pdu.messageState())
                .number("error_code", pdu.errorCode());
        tlvs(pdu, out);
        return status;
    }

    private static int cancel(final ByteBuf buf, final DescriptionBuilder out) {
        final CancelDecoder pdu = new CancelDecoder();
        final int status = wrap(pdu, buf);
        out.text("service_type", text(buf, pdu.serviceTypeOffset(), pdu.serviceTypeLength()))
                .text("message_id", text(buf, pdu.messageIdOffset(), pdu.messageIdLength()));
        source(pdu, out);
        if (pdu.commandId() == CommandId.CANCEL_SM) {
            out.address(
                    "destination_addr",
                    "dest_addr",
                    pdu.destinationTon(),
                    pdu.destinationNpi(),
                    text(buf, pdu.destinationOffset(), pdu.destinationLength()));
        }
        tlvs(pdu, out);
        return status;
    }

    private static int replaceSm(final ByteBuf buf, final DescriptionBuilder out) {
        final ReplaceSmDecoder pdu = new ReplaceSmDecoder();
        final int status = wrap(pdu, buf);
        final int length = pdu.messageInPayload() ? 0 : pdu.messageLength();
        out.text("message_id", text(buf, pdu.messageIdOffset(), pdu.messageIdLength()));
        source(pdu, out)
                .text("schedule_delivery_time", text(buf, pdu.scheduleOffset(), pdu.scheduleLength()))
                .text("validity_period", text(buf, pdu.validityOffset(), pdu.validityLength()))
                .number("registered_delivery", pdu.registeredDelivery())
                .number("sm_default_msg_id", pdu.defaultMessageId())
                .message("short_message", octets(buf, pdu.messageOffset(), length));
        tlvs(pdu, out);
        return status;
    }

    private static int alertNotification(final ByteBuf buf, final DescriptionBuilder out) {
        final AlertNotificationDecoder pdu = new AlertNotificationDecoder();
        final int status = wrap(pdu, buf);
        source(pdu, out)
                .address(
                        "esme_addr",
                        "esme_addr",
                        pdu.esmeTon(),
                        pdu.esmeNpi(),
                        text(buf, pdu.esmeOffset(), pdu.esmeLength()));
        tlvs(pdu, out);
        return status;
    }

    private static int broadcastSm(final ByteBuf buf, final DescriptionBuilder out) {
        final BroadcastSmDecoder pdu = new BroadcastSmDecoder();
        final int status = wrap(pdu, buf);
        out.text("service_type", text(buf, pdu.serviceTypeOffset(), pdu.serviceTypeLength()));
        source(pdu, out)
                .text("message_id", text(buf, pdu.messageIdOffset(), pdu.messageIdLength()))
                .number("priority_flag", pdu.priority())
                .text("schedule_delivery_time", text(buf, pdu.scheduleOffset(), pdu.scheduleLength()))
                .text("validity_period", text(buf, pdu.validityOffset(), pdu.validityLength()))
                .number("replace_if_present_flag", pdu.replaceIfPresent())
                .number("data_coding", pdu.dataCoding())
                .number("sm_default_msg_id", pdu.defaultMessageId());
        tlvs(pdu, out);
        return status;
    }

    private static void tlvs(final PduDecoder pdu, final DescriptionBuilder out) {
        final TlvIterator tlvs = pdu.tlvs().rewind();
        while (tlvs.next()) {
            out.tlv(tlvs.tag(), octets(tlvs.buffer(), tlvs.valueOffset(), tlvs.valueLength()));
        }
    }

    private static String text(final ByteBuf buf, final int offset, final int length) {
        return WireBytes.latin1(buf, offset, length);
    }

    private static byte[] octets(final ByteBuf buf, final int offset, final int length) {
        final byte[] octets = new byte[length];
        buf.getBytes(offset, octets);
        return octets;
    }
}
