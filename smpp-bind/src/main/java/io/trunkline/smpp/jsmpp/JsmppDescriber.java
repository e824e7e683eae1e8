package io.trunkline.smpp.jsmpp;

import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.trace.DescriptionBuilder;
import io.trunkline.smpp.trace.Disclosure;
import io.trunkline.smpp.trace.PduDescriber;
import io.trunkline.smpp.trace.PduReading;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jsmpp.InvalidNumberOfDestinationsException;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.AbstractSmCommand;
import org.jsmpp.bean.AbstractSmRespCommand;
import org.jsmpp.bean.Address;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.Bind;
import org.jsmpp.bean.BindResp;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DestinationAddress;
import org.jsmpp.bean.DistributionList;
import org.jsmpp.bean.MessageRequest;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.Outbind;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.QuerySmResp;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitMultiResp;
import org.jsmpp.bean.UnsuccessDelivery;
import org.jsmpp.util.DefaultDecomposer;
import org.jsmpp.util.PDUDecomposer;

/**
 * Describes PDUs by jSMPP's decomposer. jSMPP trusts the octets that it is given: it reads past the end, takes TLV lengths as
 * signed, and limits strings on receipt. So lengths are checked before and whatever it throws becomes a refusal.
 */
public final class JsmppDescriber implements PduDescriber {
    private static final int HEADER_LENGTH = 16;
    private static final int MAX_LENGTH = 0x7FFF;

    private final PDUDecomposer decomposer = new DefaultDecomposer();

    @Override
    public PduReading describe(final byte[] pdu, final Disclosure disclosure) {
        if (pdu.length < HEADER_LENGTH || pdu.length > MAX_LENGTH) {
            return new PduReading.Refused(pdu.length + " octets are not for jSMPP");
        }
        final ByteBuffer header = ByteBuffer.wrap(pdu);
        if (header.getInt(0) != pdu.length) {
            return new PduReading.Refused("command_length " + header.getInt(0) + " of " + pdu.length + " octets");
        }
        final int commandId = header.getInt(4);
        final String command = CommandId.name(commandId);
        if (command == null) {
            return new PduReading.Refused("unknown command_id 0x" + Integer.toHexString(commandId));
        }
        final DescriptionBuilder out = new DescriptionBuilder(disclosure);
        try {
            describeBody(commandId, pdu.clone(), out);
        } catch (final PDUStringException | InvalidNumberOfDestinationsException | RuntimeException e) {
            return new PduReading.Refused(command + ": jSMPP threw " + e);
        }
        return out.build(command, header.getInt(8), header.getInt(12));
    }

    private void describeBody(final int commandId, final byte[] pdu, final DescriptionBuilder out)
            throws PDUStringException, InvalidNumberOfDestinationsException {
        switch (commandId) {
            case CommandId.BIND_RECEIVER, CommandId.BIND_TRANSMITTER, CommandId.BIND_TRANSCEIVER ->
                bind(decomposer.bind(pdu), out);
            case CommandId.BIND_RECEIVER_RESP, CommandId.BIND_TRANSMITTER_RESP, CommandId.BIND_TRANSCEIVER_RESP ->
                bindResp(decomposer.bindResp(pdu), out);
            case CommandId.OUTBIND -> outbind(decomposer.outbind(pdu), out);
            case CommandId.SUBMIT_SM -> sm(decomposer.submitSm(pdu), out);
            case CommandId.DELIVER_SM -> sm(decomposer.deliverSm(pdu), out);
            case CommandId.DATA_SM -> dataSm(decomposer.dataSm(pdu), out);
            case CommandId.SUBMIT_MULTI -> submitMulti(decomposer.submitMulti(pdu), out);
            case CommandId.SUBMIT_MULTI_RESP -> submitMultiResp(decomposer.submitMultiResp(pdu), out);
            case CommandId.SUBMIT_SM_RESP -> smResp(decomposer.submitSmResp(pdu), out);
            case CommandId.DATA_SM_RESP -> smResp(decomposer.dataSmResp(pdu), out);
            case CommandId.DELIVER_SM_RESP ->
                out.text("message_id", decomposer.deliverSmResp(pdu).getMessageId());
            case CommandId.QUERY_SM -> querySm(decomposer.querySm(pdu), out);
            case CommandId.QUERY_SM_RESP -> querySmResp(decomposer.querySmResp(pdu), out);
            case CommandId.CANCEL_SM -> cancelSm(decomposer.cancelSm(pdu), out);
            case CommandId.REPLACE_SM -> replaceSm(decomposer.replaceSm(pdu), out);
            case CommandId.ALERT_NOTIFICATION -> alertNotification(decomposer.alertNotification(pdu), out);
            case CommandId.BROADCAST_SM -> broadcastSm(decomposer.broadcastSm(pdu), out);
            case CommandId.BROADCAST_SM_RESP -> {
                final var resp = decomposer.broadcastSmResp(pdu);
                out.text("message_id", resp.getMessageId());
                tlvs(resp.getOptionalParameters(), out);
            }
            case CommandId.QUERY_BROADCAST_SM -> queryBroadcastSm(decomposer.queryBroadcastSm(pdu), out);
            case CommandId.QUERY_BROADCAST_SM_RESP -> {
                final var resp = decomposer.queryBroadcastSmResp(pdu);
                out.text("message_id", resp.getMessageId());
                tlvs(resp.getOptionalParameters(), out);
            }
            case CommandId.CANCEL_BROADCAST_SM -> cancelBroadcastSm(decomposer.cancelBroadcastSm(pdu), out);
            default -> decomposer.header(pdu);
        }
    }

    private static void bind(final Bind pdu, final DescriptionBuilder out) {
        out.text("system_id", pdu.getSystemId())
                .secret("password", pdu.getPassword())
                .text("system_type", pdu.getSystemType())
                .number("interface_version", pdu.getInterfaceVersion() & 0xFF)
                .address("address_range", "addr", pdu.getAddrTon(), pdu.getAddrNpi(), pdu.getAddressRange());
    }

    private static void bindResp(final BindResp pdu, final DescriptionBuilder out) {
        out.text("system_id", pdu.getSystemId());
        tlvs(pdu.getOptionalParameters(), out);
    }

    private static void outbind(final Outbind pdu, final DescriptionBuilder out) {
        out.text("system_id", pdu.getSystemId()).secret("password", pdu.getPassword());
    }

    private static void addresses(final AbstractSmCommand pdu, final DescriptionBuilder out) {
        out.text("service_type", pdu.getServiceType())
                .address(
                        "source_addr",
                        "source_addr",
                        pdu.getSourceAddrTon(),
                        pdu.getSourceAddrNpi(),
                        pdu.getSourceAddr())
                .address(
                        "destination_addr",
                        "dest_addr",
                        pdu.getDestAddrTon(),
                        pdu.getDestAddrNpi(),
                        pdu.getDestAddress());
    }

    private static void sm(final MessageRequest pdu, final DescriptionBuilder out) {
        addresses(pdu, out);
        out.number("esm_class", pdu.getEsmClass() & 0xFF)
                .number("protocol_id", pdu.getProtocolId() & 0xFF)
                .number("priority_flag", pdu.getPriorityFlag() & 0xFF)
                .text("schedule_delivery_time", pdu.getScheduleDeliveryTime())
                .text("validity_period", pdu.getValidityPeriod())
                .number("registered_delivery", pdu.getRegisteredDelivery() & 0xFF)
                .number("replace_if_present_flag", pdu.getReplaceIfPresent() & 0xFF)
                .number("data_coding", pdu.getDataCoding() & 0xFF)
                .number("sm_default_msg_id", pdu.getSmDefaultMsgId() & 0xFF)
                .message("short_message", pdu.getShortMessage());
        tlvs(pdu.getOptionalParameters(), out);
    }

    private static void dataSm(final AbstractSmCommand pdu, final DescriptionBuilder out) {
        addresses(pdu, out);
        out.number("esm_class", pdu.getEsmClass() & 0xFF)
                .number("registered_delivery", pdu.getRegisteredDelivery() & 0xFF)
                .number("data_coding", pdu.getDataCoding() & 0xFF);
        tlvs(pdu.getOptionalParameters(), out);
    }

    private static void submitMulti(final SubmitMulti pdu, final DescriptionBuilder out) {
        out.text("service_type", pdu.getServiceType())
                .address(
                        "source_addr",
                        "source_addr",
                        pdu.getSourceAddrTon(),
                        pdu.getSourceAddrNpi(),
                        pdu.getSourceAddr())
                .number("number_of_dests", pdu.getDestAddresses().length);
        int i = 1;
        for (final DestinationAddress destination : pdu.getDestAddresses()) {
            if (destination instanceof Address address) {
                out.address(
                        "destination_addr" + i,
                        "dest_addr" + i,
                        address.getTon(),
                        address.getNpi(),
                        address.getAddress());
            } else if (destination instanceof DistributionList list) {
                out.text("dl_name" + i, list.getName());
            }
            i++;
        }
        out.number("esm_class", pdu.getEsmClass() & 0xFF)
                .number("protocol_id", pdu.getProtocolId() & 0xFF)
                .number("priority_flag", pdu.getPriorityFlag() & 0xFF)
                .text("schedule_delivery_time", pdu.getScheduleDeliveryTime())
                .text("validity_period", pdu.getValidityPeriod())
                .number("registered_delivery", pdu.getRegisteredDelivery() & 0xFF)
                .number("replace_if_present_flag", pdu.getReplaceIfPresentFlag() & 0xFF)
                .number("data_coding", pdu.getDataCoding() & 0xFF)
                .number("sm_default_msg_id", pdu.getSmDefaultMsgId() & 0xFF)
                .message("short_message", pdu.getShortMessage());
        tlvs(pdu.getOptionalParameters(), out);
    }

    private static void submitMultiResp(final SubmitMultiResp pdu, final DescriptionBuilder out) {
        out.text("message_id", pdu.getMessageId()).number("no_unsuccess", pdu.getUnsuccessSmes().length);
        int i = 1;
        for (final UnsuccessDelivery refused : pdu.getUnsuccessSmes()) {
            final Address address = refused.getDestinationAddress();
            out.address(
                            "destination_addr" + i,
                            "dest_addr" + i,
                            address.getTon(),
                            address.getNpi(),
                            address.getAddress())
                    .number("error_status_code" + i, refused.getErrorStatusCode());
            i++;
        }
        tlvs(pdu.getOptionalParameters(), out);
    }

    private static void smResp(final AbstractSmRespCommand pdu, final DescriptionBuilder out) {
        out.text("message_id", pdu.getMessageId());
        tlvs(pdu.getOptionalParameters(), out);
    }

    private static void querySm(final QuerySm pdu, final DescriptionBuilder out) {
        out.text("message_id", pdu.getMessageId())
                .address(
                        "source_addr",
                        "source_addr",
                        pdu.getSourceAddrTon(),
                        pdu.getSourceAddrNpi(),
                        pdu.getSourceAddr());
    }

    private static void queryBroadcastSm(final QueryBroadcastSm pdu, final DescriptionBuilder out) {
        out.text("message_id", pdu.getMessageId())
                .address(
                        "source_addr",
                        "source_addr",
                        pdu.getSourceAddrTon(),
                        pdu.getSourceAddrNpi(),
                        pdu.getSourceAddr());
        tlvs(pdu.getOptionalParameters(), out);
    }

    private static void querySmResp(final QuerySmResp pdu, final DescriptionBuilder out) {
        out.text("message_id", pdu.getMessageId())
                .text("final_date", pdu.getFinalDate())
                .number(
                        "message_state",
                        pdu.getMessageState() == null
                                ? 0
                                : pdu.getMessageState().value())
                .number("error_code", pdu.getErrorCode() & 0xFF);
    }

    private static void cancelSm(final CancelSm pdu, final DescriptionBuilder out) {
        out.text("service_type", pdu.getServiceType())
                .text("message_id", pdu.getMessageId())
                .address(
                        "source_addr",
                        "source_addr",
                        pdu.getSourceAddrTon(),
                        pdu.getSourceAddrNpi(),
                        pdu.getSourceAddr())
                .address(
                        "destination_addr",
                        "dest_addr",
                        pdu.getDestAddrTon(),
                        pdu.getDestAddrNpi(),
                        pdu.getDestinationAddress());
    }

    private static void cancelBroadcastSm(final CancelBroadcastSm pdu, final DescriptionBuilder out) {
        out.text("service_type", pdu.getServiceType())
                .text("message_id", pdu.getMessageId())
                .address(
                        "source_addr",
                        "source_addr",
                        pdu.getSourceAddrTon(),
                        pdu.getSourceAddrNpi(),
                        pdu.getSourceAddr());
        tlvs(pdu.getOptionalParameters(), out);
    }

    private static void replaceSm(final ReplaceSm pdu, final DescriptionBuilder out) {
        out.text("message_id", pdu.getMessageId())
                .address(
                        "source_addr",
                        "source_addr",
                        pdu.getSourceAddrTon(),
                        pdu.getSourceAddrNpi(),
                        pdu.getSourceAddr())
                .text("schedule_delivery_time", pdu.getScheduleDeliveryTime())
                .text("validity_period", pdu.getValidityPeriod())
                .number("registered_delivery", pdu.getRegisteredDelivery() & 0xFF)
                .number("sm_default_msg_id", pdu.getSmDefaultMsgId() & 0xFF)
                .message("short_message", pdu.getShortMessage());
    }

    private static void alertNotification(final AlertNotification pdu, final DescriptionBuilder out) {
        out.address("source_addr", "source_addr", pdu.getSourceAddrTon(), pdu.getSourceAddrNpi(), pdu.getSourceAddr())
                .address("esme_addr", "esme_addr", pdu.getEsmeAddrTon(), pdu.getEsmeAddrNpi(), pdu.getEsmeAddr());
        tlvs(pdu.getOptionalParameters(), out);
    }

    private static void broadcastSm(final BroadcastSm pdu, final DescriptionBuilder out) {
        out.text("service_type", pdu.getServiceType())
                .address(
                        "source_addr",
                        "source_addr",
                        pdu.getSourceAddrTon(),
                        pdu.getSourceAddrNpi(),
                        pdu.getSourceAddr())
                .text("message_id", pdu.getMessageId())
                .number("priority_flag", pdu.getPriorityFlag() & 0xFF)
                .text("schedule_delivery_time", pdu.getScheduleDeliveryTime())
                .text("validity_period", pdu.getValidityPeriod())
                .number("replace_if_present_flag", pdu.getReplaceIfPresentFlag() & 0xFF)
                .number("data_coding", pdu.getDataCoding() & 0xFF)
                .number("sm_default_msg_id", pdu.getSmDefaultMsgId() & 0xFF);
        tlvs(pdu.getOptionalParameters(), out);
    }

    private static void tlvs(final OptionalParameter[] parameters, final DescriptionBuilder out) {
        if (parameters == null) {
            return;
        }
        for (final OptionalParameter parameter : parameters) {
            final byte[] tlv = parameter.serialize();
            out.tlv(parameter.tag & 0xFFFF, Arrays.copyOfRange(tlv, 4, tlv.length));
        }
    }
}
